"""组织一对一督导: one organization and the person who accompanies it work on how the organization works."""

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.registries import ActivityKind, activity_kinds, day, long_answer, short_answer

CONTENTS = [
    ("structure", _("structure and division of tasks")),  # 组织架构与分工
    ("rules", _("rules and regulations")),  # 规章制度
    ("core", _("raising core members")),  # 骨干培养
    ("planning", _("planning activities")),  # 活动策划
    ("money", _("money and materials")),  # 财务物资
    ("team", _("relations in the team")),  # 团队关系
    ("resources", _("linking resources")),  # 资源链接
    ("outside", _("communication with others")),  # 对外沟通
    ("proposals", _("applying for projects")),  # 项目申报
]


class OrgSupervisionDetailsForm(forms.Form):
    contents = forms.MultipleChoiceField(
        label=_("What it was about"), choices=CONTENTS, widget=forms.CheckboxSelectMultiple
    )
    met = short_answer(_("Who took part"), 200)
    problems = long_answer(_("Problems found"))
    suggestions = long_answer(_("Suggestions"))
    action = long_answer(_("What is to be done"))
    action_person = short_answer(_("Who does it"))
    action_on = day(_("Until when"))
    feedback = long_answer(_("Feedback of the organization"))
    next_on = day(_("Next time"))


@activity_kinds.register
class OrgSupervision(ActivityKind):
    code = "org_supervision"
    label = _("one-to-one supervision of an organization")
    icon = "diagram-3"
    order = 15
    default_minutes = 60
    details_form = OrgSupervisionDetailsForm
    template = "projects/activity_kinds/org_supervision.html"
    paper = "projects/papers/org_supervision.docx"
    required_questions = ("summary",)
    supervises = "organization"
    labels = {"summary": _("What was worked on")}
