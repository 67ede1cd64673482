"""社工督导: a supervisor and social workers; the nine contents and seven methods that practice knows (domain.md 4)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.registries import ActivityKind, activity_kinds, day, long_answer, short_answer

# What it was about: as in the records of practice, in their order.
CONTENTS = [
    ("skills", _("guidance in practical skills")),  # 实务技巧指导
    ("theory", _("discussion of theory")),  # 探讨理论知识
    ("values", _("reflection on social work values")),  # 社工价值观反思
    ("clients", _("understanding the needs and behaviour of those served")),  # 了解服务对象需要及行为
    ("resources", _("community resources that could be used")),  # 探讨可运用社区资源
    ("employer", _("cooperation and coordination with the employer")),  # 讨论与用人单位合作及协调
    ("support", _("emotional support")),  # 给予情绪支持
    ("progress", _("monitoring the progress of work")),  # 监察工作进展
    ("growth", _("plan of personal growth")),  # 商讨个人成长方案
]
METHODS = [
    ("individual", _("individual supervision")),  # 个别督导
    ("group", _("group supervision")),  # 小组督导
    ("on_site", _("supervision on the spot")),  # 现场督导
    ("study", _("study of theory")),  # 研习理论
    ("drill", _("practice of skills")),  # 技巧演练
    ("coordination", _("coordination with employer or agency")),  # 与用人单位/机构合作协调
    ("meeting", _("taking part in the agency's meetings")),  # 参与机构会议
]


class SupervisionDetailsForm(forms.Form):
    contents = forms.MultipleChoiceField(
        label=_("Contents of the supervision"), choices=CONTENTS, widget=forms.CheckboxSelectMultiple
    )
    methods = forms.MultipleChoiceField(
        label=_("Methods of the supervision"), choices=METHODS, widget=forms.CheckboxSelectMultiple
    )
    reflection = long_answer(_("Supervisor's reflection"))
    issues = long_answer(_("Problems raised"))
    suggestions = long_answer(_("Suggestions"))
    action = long_answer(_("What is to be done"))
    action_person = short_answer(_("Who does it"))
    action_on = day(_("Until when"))
    feedback = long_answer(_("Feedback of the supervised"))
    next_on = day(_("Next time"))


@activity_kinds.register
class Supervision(ActivityKind):
    code = "supervision"
    label = _("supervision of social workers")
    icon = "chat-dots"
    order = 40
    default_minutes = 90
    details_form = SupervisionDetailsForm
    template = "projects/activity_kinds/supervision.html"
    paper = "projects/papers/supervision.docx"
    required_questions = ("summary",)
    supervises = "workers"
    repeated_details = ("methods",)
    labels = {"summary": _("Explanation"), "organization": _("Organization that it was about")}
