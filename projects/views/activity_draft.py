"""What the entry form asks for while somebody types: keep the draft, find an organization."""

import json

from django.http import Http404, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import View

from incubator.base.errors import Conflict, DomainError
from incubator.base.views import PolicyMixin
from projects.forms.activity import OFFERED, SUGGESTED, ActivityForm
from projects.forms.activity_offers import chosen_organizations
from projects.models import Activity, ActivityPlan
from projects.policies import activity as policies
from projects.querysets import organizations_to_log
from projects.registries import printable
from projects.services.activity_draft import save_draft
from projects.services.kind import get_kind


class ActivityDraftView(PolicyMixin, View):
    """POST the form as it is (as a form or as JSON); the answer says which version the server holds now."""

    policy = staticmethod(policies.check_log_activity)
    http_method_names = ["post", "options"]

    def dispatch(self, request, *args, **kwargs):
        """The identifier is minted in the browser; one that is somebody else's record is nobody's business here."""
        if Activity.objects.filter(uuid=kwargs["uuid"]).exclude(recorded_by=request.user).exists():
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def post(self, request, uuid):
        sent = self._sent()
        if not isinstance(sent, dict) or get_kind(str(sent.get("kind"))) is None:
            return JsonResponse({"state": "refused", "detail": _("Please open the form again.")}, status=400)
        try:
            activity = save_draft(
                uuid=uuid, kind=str(sent["kind"]), payload=sent, version=self._version(sent), actor=request.user,
                tab=str(sent.get("tab") or ""),
            )  # fmt: skip
        except Conflict as error:
            return JsonResponse({"state": "conflict", "detail": str(error)}, status=409)
        except DomainError as error:
            return JsonResponse({"state": "refused", "detail": str(error)}, status=400)
        return JsonResponse({
            "state": "saved",
            "version": activity.version,
            "at": timezone.localtime(activity.updated_at).strftime("%H:%M"),
            "url": reverse("projects:activity-update", args=[activity.uuid]),
        })  # fmt: skip

    def _sent(self):
        if self.request.content_type != "application/json":
            sent = self.request.POST
            return {name: sent.getlist(name) if len(sent.getlist(name)) > 1 else sent[name] for name in sent}
        try:
            return json.loads(self.request.body)
        except ValueError:
            return None

    @staticmethod
    def _version(sent):
        text = str(sent.get("version") or 0)
        return int(text) if text.isdecimal() and len(text) < 10 else 0


class ActivityOrganizationsView(PolicyMixin, View):
    """At most 20 organizations that one may record activities of, by part of the name."""

    policy = staticmethod(policies.check_log_activity)
    http_method_names = ["get", "head", "options"]

    def get(self, request):
        found = (
            organizations_to_log(request.user)
            .search(printable(request.GET.get("q", "")[:60]))
            .select_related("community")
        )
        found = found.order_by("pinyin", "pk")[:SUGGESTED]
        return JsonResponse({
            "results": [{"uuid": str(item.uuid), "label": f"{item.name} · {item.community}"} for item in found]
        })  # fmt: skip


class ActivityOffersView(PolicyMixin, View):
    """What belongs to the organizations chosen so far: plans, objectives, places, colleagues, records to discuss."""

    policy = staticmethod(policies.check_log_activity)
    http_method_names = ["get", "head", "options"]

    def get(self, request):
        query = request.GET
        kind = get_kind(query.get("kind", ""))
        if kind is None:
            return JsonResponse({"detail": _("Please open the form again.")}, status=400)
        chosen = chosen_organizations(request.user, query.get("organization", ""))
        if not chosen:
            return JsonResponse({name: [] for name in OFFERED})
        initial = {"organization": chosen[0].uuid, "others": query.getlist("others")}
        form = ActivityForm(kind=kind, user=request.user, initial=initial)
        return JsonResponse({name: self._choices(form.fields[name]) for name in OFFERED if name in form.fields})

    @staticmethod
    def _choices(field):
        found = []
        for item in field.queryset:
            choice = {"value": str(item.uuid), "label": str(field.label_from_instance(item))}
            if isinstance(item, ActivityPlan):
                choice |= {"title": item.title, "place_text": item.place_text}
            found.append(choice)
        return found
