from django.urls import path

from projects.views import plan

urlpatterns = [
    path("<uuid:uuid>/plan/", plan.ProjectPlanView.as_view(), name="project-plan"),
    path("<uuid:uuid>/plan/needs/add/", plan.NeedAddView.as_view(), name="need-add"),
    path("<uuid:uuid>/plan/objectives/add/", plan.ObjectiveAddView.as_view(), name="objective-add"),
    path("<uuid:uuid>/plan/activities/add/", plan.PlanAddView.as_view(), name="plan-add"),
    path("<uuid:uuid>/plan/activities/repeat/", plan.PlanRepeatView.as_view(), name="plan-repeat"),
    path("needs/<uuid:uuid>/edit/", plan.NeedUpdateView.as_view(), name="need-update"),
    path("needs/<uuid:uuid>/turn/", plan.NeedTurnView.as_view(), name="need-turn"),
    path("objectives/<uuid:uuid>/edit/", plan.ObjectiveUpdateView.as_view(), name="objective-update"),
    path("objectives/<uuid:uuid>/drop/", plan.ObjectiveDropView.as_view(), name="objective-drop"),
    path("objectives/<uuid:uuid>/indicators/add/", plan.IndicatorAddView.as_view(), name="indicator-add"),
    path("indicators/<uuid:uuid>/edit/", plan.IndicatorUpdateView.as_view(), name="indicator-update"),
    path("indicators/<uuid:uuid>/measure/", plan.IndicatorMeasureView.as_view(), name="indicator-measure"),
    path("plans/<uuid:uuid>/edit/", plan.PlanUpdateView.as_view(), name="plan-update"),
    path("plans/<uuid:uuid>/cancel/", plan.PlanCancelView.as_view(), name="plan-cancel"),
]
