"""Invitations: who was invited, inviting, and the page behind the link."""

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from incubator.accounts import policies, services
from incubator.accounts.choices import InvitationStatus
from incubator.accounts.filters import InvitationFilter
from incubator.accounts.forms import InvitationAcceptForm, InvitationCreateForm
from incubator.accounts.models import Invitation
from incubator.accounts.registries import label_places
from incubator.accounts.views.people import PlacedRoleMixin
from incubator.base.policies import public, verdict
from incubator.base.views import CreateOncePage, FormPage, ListPage, TransitionView

GONE = 410


class InvitationListView(ListPage):
    policy = staticmethod(policies.check_invite_people)
    model = Invitation
    template_name = "accounts/invitation_list.html"
    filterset_class = InvitationFilter
    sorts = {"newest": (gettext_lazy("newest first"), ("-created_at", "-pk"))}

    def get_queryset(self):
        return super().get_queryset().select_related("division", "invited_by", "accepted_by")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        now = timezone.now()
        for invitation in label_places(context["page"]):
            invitation.has_expired = invitation.is_expired(now)
            if invitation.status == InvitationStatus.OPEN:
                invitation.may_withdraw = verdict(policies.check_withdraw_invitation, self.request.user, invitation)
        return context


@method_decorator(never_cache, name="dispatch")
class InvitationCreateView(PlacedRoleMixin, CreateOncePage):
    """The answer to the form shows the link; no other page does. A second click gets the same answer."""

    policy = staticmethod(policies.check_invite_people)
    model = Invitation
    form_class = InvitationCreateForm
    template_name = "accounts/invitation_create.html"

    def find_existing(self, form):
        own = Invitation.objects.filter(invited_by=self.request.user, status=InvitationStatus.OPEN)
        return own.filter(uuid=form.cleaned_data["uuid"]).first()

    def lead_on(self):
        return self.succeed()

    def perform(self, form):
        wanted = Invitation(scope=form.scope, **form.target())
        policies.check_invite_person(self.request.user, wanted)
        self.object = services.invite_person(
            name=form.cleaned_data["name"], uuid=form.cleaned_data["uuid"], actor=self.request.user, **form.target()
        )

    def succeed(self):
        path = reverse("accounts:invitation-accept", args=[services.invitation_token(self.object.uuid)])
        link = self.request.build_absolute_uri(path)
        context = {"invitation": self.object, "link": link}
        return render(self.request, "accounts/invitation_created.html", context)


class InvitationWithdrawView(TransitionView):
    policy = staticmethod(policies.check_withdraw_invitation)
    model = Invitation
    success_message = gettext_lazy("The invitation is withdrawn; its link no longer works.")

    def run(self):
        services.withdraw_invitation(invitation_id=self.object.pk, actor=self.request.user)


@method_decorator([login_not_required, never_cache, sensitive_post_parameters()], name="dispatch")
class InvitationAcceptView(FormPage):
    policy = staticmethod(public)
    form_class = InvitationAcceptForm
    template_name = "accounts/invitation_accept.html"

    def dispatch(self, request, *args, **kwargs):
        hashed = services.hash_token(kwargs["token"])
        known = Invitation.objects.select_related("division", "invited_by").filter(token_hash=hashed)
        self.invitation = known.first()
        if refusal := self.why_not():
            status, title = refusal
            return render(request, "accounts/invitation_gone.html", {"title": title}, status=status)
        if request.user.is_authenticated:
            return render(request, "accounts/invitation_signed_in.html", {"invitation": self.invitation}, status=409)
        return super().dispatch(request, *args, **kwargs)

    def why_not(self):
        """(status, sentence) where the link opens nothing."""
        invitation = self.invitation
        if invitation is None:
            return 404, _("This invitation link is not complete or does not exist.")
        if invitation.status == InvitationStatus.ACCEPTED:
            return GONE, _("This invitation was used already.")
        if invitation.status == InvitationStatus.WITHDRAWN:
            return GONE, _("This invitation was withdrawn.")
        if invitation.is_expired(timezone.now()):
            return GONE, _("This invitation has expired.")
        try:
            policies.check_invite_person(invitation.invited_by, invitation)
        except PermissionDenied:
            return GONE, _("This invitation is no longer valid.")
        return None

    def get_initial(self):
        return {"name": self.invitation.name}

    def get_context_data(self, **kwargs):
        return super().get_context_data(invitation=self.invitation, **kwargs)

    def perform(self, form):
        self.person = services.accept_invitation(
            invitation_id=self.invitation.pk,
            name=form.cleaned_data["name"],
            username=form.cleaned_data["username"],
            password=form.cleaned_data["password1"],
        )

    def succeed(self):
        login(self.request, self.person, backend="incubator.accounts.backends.AccountBackend")
        messages.success(self.request, _("Welcome, %(name)s! Your account is ready.") % {"name": self.person.name})
        return HttpResponseRedirect("/")
