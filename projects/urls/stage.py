from django.urls import path

from projects.views import exit_step, stage

urlpatterns = [
    path("stage-requests/", stage.StageRequestListView.as_view(), name="stage-request-list"),
    path("stage-requests/<uuid:uuid>/", stage.StageRequestDetailView.as_view(), name="stage-request-detail"),
    path("stage-requests/<uuid:uuid>/withdraw/", stage.StageWithdrawView.as_view(), name="stage-withdraw"),
    path("stage-requests/<uuid:uuid>/pass/", stage.StagePassView.as_view(), name="stage-pass"),
    path("stage-requests/<uuid:uuid>/hold/", stage.StageHoldView.as_view(), name="stage-hold"),
    path("stage-rules/", stage.StageRuleListView.as_view(), name="stage-rule-list"),
    path("stage-rules/<str:code>/", stage.StageRuleUpdateView.as_view(), name="stage-rule-update"),
    path("<uuid:uuid>/stage/request/", stage.StageRequestView.as_view(), name="stage-request"),
    path("<uuid:uuid>/exit-steps/add/", exit_step.ExitStepAddView.as_view(), name="exit-step-add"),
    path("exit-steps/<uuid:uuid>/edit/", exit_step.ExitStepUpdateView.as_view(), name="exit-step-update"),
    path("exit-steps/<uuid:uuid>/finish/", exit_step.ExitStepFinishView.as_view(), name="exit-step-finish"),
    path("exit-steps/<uuid:uuid>/reopen/", exit_step.ExitStepReopenView.as_view(), name="exit-step-reopen"),
    path("exit-steps/<uuid:uuid>/remove/", exit_step.ExitStepRemoveView.as_view(), name="exit-step-remove"),
]
