from django.urls import path

from evaluations.views import board, fading_rule

urlpatterns = [
    path("board/", board.BoardGrowthView.as_view(), name="board-growth"),
    path("board/moves/", board.BoardMovesView.as_view(), name="board-moves"),
    path("board/fading/", board.BoardFadingView.as_view(), name="board-fading"),
    path("board/fading/rules/", fading_rule.FadingRuleListView.as_view(), name="fading-rule-list"),
    path("board/fading/rules/<str:code>/", fading_rule.FadingRuleUpdateView.as_view(), name="fading-rule-update"),
]
