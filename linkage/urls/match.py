"""Addresses of matches, of the links of needs, of uses of resources, and of the three lists."""

from django.urls import path, re_path

from linkage.views import lists, match

urlpatterns = [
    path("lists/", lists.ThreeListsView.as_view(), name="three-lists"),
    re_path(r"^lists/gaps\.(?P<extension>csv|xlsx)$", lists.GapExportView.as_view(), name="gap-export"),
    path("needs/<uuid:uuid>/propose/", match.MatchProposeView.as_view(), name="match-propose"),
    path("needs/<uuid:uuid>/meet/", match.NeedMeetByView.as_view(), name="need-meet"),
    path("needs/<uuid:uuid>/agenda/", match.NeedAgendaView.as_view(), name="need-agenda"),
    path("visits/<uuid:uuid>/need/", match.NeedVisitRaiseView.as_view(), name="need-visit-raise"),
    path("matches/<uuid:uuid>/", match.MatchDetailView.as_view(), name="match-detail"),
    path("matches/<uuid:uuid>/accept/", match.MatchAcceptView.as_view(), name="match-accept"),
    path("matches/<uuid:uuid>/decline/", match.MatchDeclineView.as_view(), name="match-decline"),
    path("matches/<uuid:uuid>/withdraw/", match.MatchWithdrawView.as_view(), name="match-withdraw"),
    path("resources/<uuid:uuid>/use/", match.ResourceUseView.as_view(), name="resource-use"),
    path("uses/<uuid:uuid>/withdraw/", match.UseWithdrawView.as_view(), name="use-withdraw"),
]
