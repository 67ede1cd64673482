from django.urls import path

from evaluations.views import fading_rule

urlpatterns = [
    path("board/fading/rules/", fading_rule.FadingRuleListView.as_view(), name="fading-rule-list"),
    path("board/fading/rules/<str:code>/", fading_rule.FadingRuleUpdateView.as_view(), name="fading-rule-update"),
]
