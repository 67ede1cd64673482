from django.urls import path

from linkage.views import relation

urlpatterns = [path("relations/", relation.RelationBoardView.as_view(), name="relation-board")]
