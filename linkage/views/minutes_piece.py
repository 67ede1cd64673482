"""The pieces of minutes: each is sent by itself and kept at once. Asked for by the page's script the page comes back and the
script takes the piece out of it; without the script one is led back to that place of the page."""

from django.db import IntegrityError, transaction
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from incubator.base.errors import DomainError, RuleViolation, StaleEdition
from incubator.base.forms import differences
from incubator.base.models import UNSAVED
from incubator.base.transitions import TransitionNotAllowed, refusal
from incubator.base.views import CONFLICT, SPENT, UNPROCESSABLE, DetailPage
from linkage.choices import ActionStatus, Party
from linkage.forms import minutes as forms
from linkage.models import ActionItem, AgendaItem, JointMeeting, MeetingAttendance, Resolution, SeriesMember
from linkage.policies.minutes import check_record_meeting
from linkage.services import attendance, look, opinion, resolution
from linkage.views.record_page import Piece, choices_of, page_of


class OfMeetingMixin:
    model = JointMeeting
    context_object_name = "meeting"

    def get_queryset(self):
        return super().get_queryset().with_names()


class PieceView(OfMeetingMixin, DetailPage):
    """``key`` is the place of the piece on the page; ``record`` what it changes, None while there is nothing."""

    policy = staticmethod(check_record_meeting)
    template_name = "linkage/minutes_record.html"
    http_method_names = ["post", "options"]
    form_class = None
    record = None
    anchor = ""  # where one is led without the script, when that is not the piece itself

    def load(self):
        """Find what the address names; 404 when it is not of this meeting."""

    def get_initial(self):
        """The values that are kept now."""
        return {}

    def get_options(self):
        return {}

    def make_form(self, data=None):
        edition = self.record.edition if self.record is not None else UNSAVED
        return self.form_class(
            data, initial={**self.get_initial(), "edition": edition}, auto_id=f"{self.key}-%s", **self.get_options()
        )

    def post(self, request, *args, **kwargs):
        self.load()
        form = self.make_form(request.POST)
        rows = []
        try:
            if form.is_valid():
                self.keep(form)
        except StaleEdition as error:
            self.load()
            fresh = self.make_form()
            rows = differences(form, fresh)
            form.data = form.data.copy()
            form.data[form.add_prefix("seen")] = fresh["edition"].value()
            form.add_error(None, str(error))
        except TransitionNotAllowed as error:
            form.add_error(None, refusal(error))
        except DomainError as error:
            form.add_error(None, str(error))
        return self.answer(form, rows)

    def keep(self, form):
        with transaction.atomic():
            self.perform(form)

    def perform(self, form):
        raise NotImplementedError

    def answer(self, form, rows):
        meeting = self.get_queryset().get(pk=self.object.pk)  # as it is by now
        url = reverse("linkage:minutes-record", args=[meeting.uuid])
        by_script = bool(self.request.headers.get("HX-Request"))
        if form.errors:
            bound = Piece(self.key, self.request.path, form, rows)
            status = 200 if by_script else (CONFLICT if rows else UNPROCESSABLE)
            return self.render_to_response(
                self.get_context_data(meeting=meeting, **page_of(self.request.user, meeting, bound=bound)),
                status=status,
            )
        if not by_script:
            return HttpResponseRedirect(f"{url}#{self.anchor or self.key}")
        return self.render_to_response(
            self.get_context_data(meeting=meeting, **page_of(self.request.user, meeting, saved=self.key))
        )


class AttendanceView(PieceView):
    form_class = forms.AttendanceForm

    def load(self):
        self.member = get_object_or_404(SeriesMember, uuid=self.kwargs["member"], series=self.object.series_id)
        self.record = self.object.attendances.filter(member=self.member).first()
        self.key = f"member-{self.member.uuid}"

    def get_initial(self):
        row = self.record
        return {"presence": row.presence, "proxy_name": row.proxy_name, "excuse": row.excuse} if row else {}

    def perform(self, form):
        attendance.take_attendance(
            meeting_id=self.object.pk, member_id=self.member.pk, actor=self.request.user, **form.values
        )


class AttendanceFillView(PieceView):
    form_class = forms.AttendanceFillForm

    def load(self):
        self.key = f"party-{self.request.POST.get('party', '')[:20]}"

    def make_form(self, data=None):
        return self.form_class(data)

    def perform(self, form):
        attendance.fill_attendance(meeting_id=self.object.pk, party=form.cleaned_data["party"], actor=self.request.user)


class _AddMixin:
    """Makes a record whose identifier the form carries: the second of two clicks finds what the first one made."""

    made = None

    def keep(self, form):
        if self.is_kept(form):
            return
        try:
            super().keep(form)
        except IntegrityError:  # the other of two simultaneous clicks
            if not self.is_kept(form):
                raise

    def is_kept(self, form):
        """RuleViolation when a record that this person does not see has the identifier: whose is not told."""
        wanted = {"uuid": form.cleaned_data["uuid"]}
        if self.made._default_manager.visible_to(self.request.user).filter(**wanted).exists():
            return True
        if self.made._base_manager.filter(**wanted).exists():
            raise RuleViolation(str(SPENT))
        return False


class GuestAddView(_AddMixin, PieceView):
    form_class = forms.GuestAddForm
    key, made = "guests", MeetingAttendance

    def make_form(self, data=None):
        return self.form_class(data, auto_id="guest-%s")

    def perform(self, form):
        attendance.add_guest(meeting_id=self.object.pk, actor=self.request.user, **form.cleaned_data)


class _RemoveView(PieceView):
    """Takes something out; there is nothing to fill in."""

    form_class = forms.PageForm

    def make_form(self, data=None):
        return self.form_class(data)


class GuestRemoveView(_RemoveView):
    key = "guests"

    def load(self):
        self.guest = self.object.attendances.filter(uuid=self.kwargs["guest"]).first()

    def perform(self, form):
        if self.guest is not None:
            attendance.remove_guest(meeting_id=self.object.pk, guest_id=self.guest.pk, actor=self.request.user)


class ItemRaiseView(_AddMixin, PieceView):
    form_class = forms.ItemRaiseForm
    key, made = "items-add", AgendaItem

    def make_form(self, data=None):
        return self.form_class(data, auto_id="raise-%s")

    def perform(self, form):
        opinion.raise_item(meeting_id=self.object.pk, actor=self.request.user, **form.cleaned_data)


class _OfItemView(PieceView):
    def load_item(self):
        self.item = get_object_or_404(AgendaItem, uuid=self.kwargs["item"], series=self.object.series_id)


class OpinionView(_OfItemView):
    form_class = forms.OpinionForm

    def load(self):
        self.load_item()
        self.party = self.kwargs["party"] if self.kwargs["party"] in Party.values else Party.OTHER
        self.record = self.object.opinions.filter(item=self.item, party=self.party).first()
        self.key = f"opinion-{self.item.uuid}-{self.party}"

    def get_initial(self):
        return {"text": self.record.text if self.record else ""}

    def perform(self, form):
        opinion.write_opinion(
            meeting_id=self.object.pk, item_id=self.item.pk, party=self.party, actor=self.request.user, **form.values
        )


class SummaryView(PieceView):
    form_class = forms.SummaryForm
    key = "summary"

    def load(self):
        self.record = JointMeeting.objects.get(pk=self.object.pk)

    def get_initial(self):
        return {"summary": self.record.summary}

    def perform(self, form):
        opinion.write_summary(meeting_id=self.object.pk, actor=self.request.user, **form.values)


class LookView(PieceView):
    form_class = forms.LookForm

    def load(self):
        self.action = get_object_or_404(
            ActionItem.objects.in_force(), uuid=self.kwargs["action"], series=self.object.series_id
        )
        self.record = self.object.action_reviews.filter(action=self.action).first()
        self.key = f"look-{self.action.uuid}"

    def get_initial(self):
        row = self.record
        if row is None:
            return {"after": self.action.status}
        return {"after": row.after, "note": row.note, "verified_party": row.verified_party}

    def get_options(self):
        words = dict(ActionStatus.choices)
        return {"states": [(code, words[code]) for code in look.LOOKS.get(self.action.status, ())]}

    def perform(self, form):
        look.look_at_action(meeting_id=self.object.pk, action_id=self.action.pk, actor=self.request.user, **form.values)


class _ResolutionView(_OfItemView):
    form_class = forms.ResolutionForm

    def get_options(self):
        _owners, earlier = choices_of(self.object)
        if self.record is not None and self.record.supersedes:
            earlier = [*earlier, self.record.supersedes]
        return {"supersedable": earlier}


class ResolutionAddView(_AddMixin, _ResolutionView):
    made = Resolution

    def load(self):
        self.load_item()
        self.key, self.anchor = f"resolution-of-{self.item.uuid}", f"item-{self.item.uuid}"

    def perform(self, form):
        values = form.values
        values.pop("edition")
        resolution.add_resolution(
            meeting_id=self.object.pk, item_id=self.item.pk if self.item else None, actor=self.request.user, **values
        )


class ResolutionPlainView(ResolutionAddView):
    """About no item in particular."""

    key = "resolution-of-none"
    item = None
    anchor = "others"

    def load(self):
        pass


class _OfResolutionMixin:
    def load_resolution(self):
        found = self.object.resolutions.select_related("supersedes", "item")
        self.record = get_object_or_404(found, uuid=self.kwargs["resolution"])


class ResolutionUpdateView(_OfResolutionMixin, _ResolutionView):
    def load(self):
        self.load_resolution()
        self.key = f"resolution-{self.record.uuid}"

    def get_initial(self):
        row = self.record
        superseded = str(row.supersedes.uuid) if row.supersedes else ""
        return {"text": row.text, "result": row.result, "supersedes": superseded}

    def perform(self, form):
        values = form.values
        values.pop("uuid")
        resolution.update_resolution(resolution_id=self.record.pk, actor=self.request.user, **values)


class ResolutionRemoveView(_OfResolutionMixin, _RemoveView):
    def load(self):
        self.load_resolution()
        item = self.record.item
        self.key = f"item-{item.uuid}" if item else "others"

    def perform(self, form):
        resolution.remove_resolution(resolution_id=self.record.pk, actor=self.request.user)


class _ActionView(PieceView):
    form_class = forms.ActionForm

    def get_options(self):
        opened_on = timezone.localdate(self.object.starts_at)
        return {"owners": choices_of(self.object)[0], "opened_on": opened_on}

    @staticmethod
    def facts(form):
        return {name: form.cleaned_data[name] for name in ("title", "owner_party", "owner", "helpers", "due_on")}


class ActionAddView(_AddMixin, _ActionView):
    made = ActionItem

    def load(self):
        self.resolution = get_object_or_404(self.object.resolutions, uuid=self.kwargs["resolution"])
        self.key, self.anchor = f"action-of-{self.resolution.uuid}", f"resolution-{self.resolution.uuid}"

    def perform(self, form):
        resolution.add_action(
            resolution_id=self.resolution.pk, uuid=form.cleaned_data["uuid"], actor=self.request.user,
            **self.facts(form),
        )  # fmt: skip


class _OfActionMixin:
    def load_action(self):
        found = ActionItem.objects.filter(resolution__meeting=self.object).select_related("owner", "resolution")
        self.record = get_object_or_404(found, uuid=self.kwargs["action"])


class ActionUpdateView(_OfActionMixin, _ActionView):
    def load(self):
        self.load_action()
        self.key = f"action-{self.record.uuid}"

    def get_initial(self):
        row = self.record
        return {"title": row.title, "owner_party": row.owner_party, "helpers": row.helpers, "due_on": row.due_on,
                "owner": str(row.owner.uuid) if row.owner else ""}  # fmt: skip

    def perform(self, form):
        values = form.values
        resolution.update_action(
            action_id=self.record.pk, edition=values["edition"], actor=self.request.user, **self.facts(form)
        )


class ActionRemoveView(_OfActionMixin, _RemoveView):
    def load(self):
        self.load_action()
        self.key = f"resolution-{self.record.resolution.uuid}"

    def perform(self, form):
        resolution.remove_action(action_id=self.record.pk, actor=self.request.user)
