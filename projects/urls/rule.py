from django.urls import path

from projects.views import rule

urlpatterns = [
    path("rules/", rule.RuleListView.as_view(), name="rule-list"),
    path("rules/<slug:code>/", rule.RuleDetailView.as_view(), name="rule-detail"),
    path("rules/<slug:code>/edit/", rule.RuleUpdateView.as_view(), name="rule-update"),
    path("rules/<slug:code>/months/<slug:month>/close/", rule.MonthLockView.as_view(), name="month-lock"),
]
