from django.urls import path

from evaluations.views import rule

urlpatterns = [
    path("rules/", rule.GrowthRuleListView.as_view(), name="growth-rule-list"),
    path("rules/<str:code>/", rule.GrowthRuleUpdateView.as_view(), name="growth-rule-update"),
]
