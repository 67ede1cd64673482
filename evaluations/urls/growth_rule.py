from django.urls import path

from evaluations.views import growth_rule

urlpatterns = [
    path("rules/", growth_rule.GrowthRuleListView.as_view(), name="growth-rule-list"),
    path("rules/<str:code>/", growth_rule.GrowthRuleUpdateView.as_view(), name="growth-rule-update"),
]
