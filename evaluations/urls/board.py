from django.urls import path

from evaluations.views import board

urlpatterns = [
    path("board/", board.BoardGrowthView.as_view(), name="board-growth"),
    path("board/moves/", board.BoardMovesView.as_view(), name="board-moves"),
    path("board/fading/", board.BoardFadingView.as_view(), name="board-fading"),
]
