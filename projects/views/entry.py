"""Other ways in: a week at the desk, a text from a chat, the organization's own word."""

import datetime

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from incubator.base.errors import DomainError
from incubator.base.views import CreateOncePage, FormPage, PageView
from projects.forms.activity import ActivityForm
from projects.forms.entry import ChatForm, OursForm
from projects.forms.week import ROWS, WeekRowForm, organization_names
from projects.models import Activity
from projects.policies import activity as policies
from projects.querysets import organizations_to_log
from projects.services import activity as services
from projects.services.activity_draft import save_draft, unfinished_drafts
from projects.services.chat_text import read_chat
from projects.services.evidence import add_evidence
from projects.services.kind import choices_to_log, get_kind, kinds_to_log
from projects.views.activity import MINUTE_BUTTONS

UNPROCESSABLE = 422
MOST_NAMES = 5000
WEEK_TAB = "week"  # the grid as a writer of drafts: sent again it finds its own
OURS = ("service", "other")  # the kinds of what an organization does by itself, the first there is
# Words by which people name a kind in a chat, besides its own name.
SPOKEN = {
    "visit": ("走访", "入户", "拜访", "探访", "家访", "上门"),
    "training": ("培训", "课程", "讲座", "授课"),
    "workshop": ("工作坊",),
    "salon": ("沙龙", "茶话会"),
    "supervision": ("督导",),
    "org_supervision": ("一对一督导", "组织督导"),
    "liaison": ("联络会",),
    "joint_meeting": ("联席会",),
    "internal_meeting": ("骨干会", "内部会议", "例会", "队务会"),
    "admin_assist": ("行政协助", "协助社区"),
    "service": ("志愿服务", "义诊", "义剪", "便民", "慰问", "巡逻", "演出"),
    "resource_link": ("资源链接", "链接资源", "对接"),
}


class ActivityPasteView(FormPage):
    """A text from a chat is read; what it seems to tell stands in the form. Nothing is kept until the person hands it in."""

    policy = staticmethod(policies.check_log_activity)
    form_class = ChatForm
    template_name = "projects/entry_paste.html"

    def form_valid(self, form):
        text, user = form.cleaned_data["text"], self.request.user
        names = organizations_to_log(user).order_by("pk").values_list("uuid", "name")[:MOST_NAMES]
        found = read_chat(text, today=timezone.localdate(), names=list(names), kinds=_spoken_kinds())
        kind = get_kind(form.cleaned_data["kind"] or found.kind)
        if kind is None:
            form.add_error("kind", _("The text does not say what kind it was. Please choose."))
            return self.form_invalid(form)
        return render(self.request, "projects/activity_create.html", {
            "form": ActivityForm(kind=kind, user=user, initial=_proposed(found)), "kind": kind, "proposal": found,
            "minute_buttons": MINUTE_BUTTONS, "is_more_open": len(found.organizations) > 1,
            "form_action": reverse("projects:activity-create", args=[kind.code]),
        })  # fmt: skip


def _spoken_kinds():
    with translation.override("zh-hans"):
        return [(kind.code, (*SPOKEN.get(kind.code, ()), str(kind.label))) for kind in kinds_to_log()]


def _proposed(found):
    """The form's start; what the text does not tell is left to the form."""
    organizations = list(found.organizations)
    start = {
        "summary": found.text, "place_text": found.place, "participants": found.participants, "minutes": found.minutes,
        "organization": organizations[0] if organizations else None, "others": organizations[1:],
    }  # fmt: skip
    if found.day:
        begin = found.begin or datetime.time(9)
        start["starts_at"] = datetime.datetime.combine(found.day, begin, timezone.get_current_timezone())
    return {name: value for name, value in start.items() if value not in (None, "", [])}


class ActivityWeekView(PageView):
    """Ten rows; good ones are kept, the others stay with what is missing. What a kind asks of its own and cannot do without
    has no room in a row: such a row becomes a draft, and the page names what it still lacks. Sending it twice makes nothing
    twice."""

    policy = staticmethod(policies.check_log_activity)
    template_name = "projects/entry_week.html"

    def rows(self, data=None):
        kinds = [("", _("Kind")), *choices_to_log()]
        return [
            WeekRowForm(data, prefix=f"row-{number}", user=self.request.user, kinds=kinds) for number in range(ROWS)
        ]

    def get_context_data(self, **kwargs):
        kwargs.setdefault("rows", self.rows())
        names = organization_names(self.request.user)
        return super().get_context_data(
            names=names, is_done="done" in self.request.GET, unfinished=unfinished_drafts(self.request.user), **kwargs
        )

    def post(self, request):
        saved, left = [], []
        for row in self.rows(request.POST):
            if row.is_empty:
                continue
            activity = self._keep(row) if row.is_valid() else None
            (saved if activity else left).append(activity or row)
        drafts = sum(activity.is_draft for activity in saved)
        if number := len(saved) - drafts:
            sentence = ngettext("%(number)d record is kept.", "%(number)d records are kept.", number)
            messages.success(request, sentence % {"number": number})
        if drafts:
            sentence = ngettext(
                "%(number)d row is kept as a draft: its kind asks one thing more.",
                "%(number)d rows are kept as drafts: their kinds ask one thing more.",
                drafts,
            )
            messages.info(request, sentence % {"number": drafts})
        if not left and saved:
            return HttpResponseRedirect(f"{reverse('projects:activity-week')}?done=1")
        if not left:
            messages.info(request, _("Nothing was typed yet."))
        fresh = self.rows()[len(left) :]
        taken = {row.prefix for row in left}
        free = [f"row-{number}" for number in range(ROWS) if f"row-{number}" not in taken]
        for row, prefix in zip(fresh, free, strict=True):
            row.prefix = prefix
        context = self.get_context_data(rows=[*left, *fresh], left=len(left), is_bound=True)
        return self.render_to_response(context, status=UNPROCESSABLE if left else 200)

    def _keep(self, row):
        """The record, or its draft; None with the sentence in the row."""
        try:
            if row.lacks_answers:
                return save_draft(
                    uuid=row.cleaned_data["uuid"], kind=row.cleaned_data["kind"], payload=row.payload(), version=0,
                    tab=WEEK_TAB, actor=self.request.user,
                )  # fmt: skip
            return services.submit_activity(
                uuid=row.cleaned_data["uuid"], kind=row.cleaned_data["kind"], values=row.values(), version=0,
                actor=self.request.user,
            )  # fmt: skip
        except DomainError as error:
            row.add_error(None, str(error))
        return None


class ActivityOursView(CreateOncePage):
    """我们做了一次活动: the leader's one screen."""

    model = Activity
    policy = staticmethod(policies.check_log_ours)
    form_class = OursForm
    template_name = "projects/entry_ours.html"
    success_message = gettext_lazy("Recorded. It counts from now on. Thank you!")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_initial(self):
        organization = self.request.GET.get("organization")
        return {"organization": organization} if organization else {}

    def perform(self, form):
        cleaned, user = form.cleaned_data, self.request.user
        policies.check_log_activity(user, cleaned["organization"])
        kind = next(kind for code in OURS if (kind := get_kind(code)))
        what = cleaned["what"].strip()
        self.object = services.submit_activity(
            uuid=cleaned["uuid"], kind=kind.code, version=0, actor=user,
            values={
                "organization": cleaned["organization"], "starts_at": cleaned["starts_at"],
                "minutes": kind.default_minutes, "participants": cleaned["participants"], "summary": what,
                "title": what.splitlines()[0][:40], "led_by": "organization", "details": {},
            },
        )  # fmt: skip
        if cleaned.get("photo"):
            add_evidence(activity_id=self.object.pk, upload=cleaned["photo"], actor=user)
