"""Looking after people: who is there, which roles they hold, giving and ending roles, closing accounts."""

from django.db.models import Prefetch
from django.http import HttpResponseRedirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from incubator.accounts import policies, services
from incubator.accounts.choices import Role, Scope, scope_of
from incubator.accounts.filters import UserFilter
from incubator.accounts.forms import GrantCreateForm, GrantRevokeForm, UserDeactivateForm
from incubator.accounts.models import RoleGrant, User
from incubator.accounts.registries import body_of, label_places
from incubator.audit.timeline import timeline
from incubator.base.policies import verdict
from incubator.base.views import CreateOncePage, DetailPage, ListPage, ObjectFormPage, TransitionView, VisibleMixin


class UserListView(ListPage):
    policy = staticmethod(policies.check_list_users)
    model = User
    template_name = "accounts/user_list.html"
    filterset_class = UserFilter
    sorts = {
        "name": (_("by name"), ("name", "pk")),
        "newest": (_("newest first"), ("-date_joined", "-pk")),
    }

    def get_queryset(self):
        current = RoleGrant.objects.active().visible_to(self.request.user).select_related("division")
        return (
            super()
            .get_queryset()
            .prefetch_related(Prefetch("grants", current.order_by("pk"), to_attr="current_grants"))
        )

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        label_places(grant for person in context["page"] for grant in person.current_grants)
        return context


class UserDetailView(DetailPage):
    policy = staticmethod(policies.check_view_user)
    model = User
    context_object_name = "person"
    template_name = "accounts/user_detail.html"

    def get_context_data(self, **kwargs):
        user, today = self.request.user, timezone.localdate()
        grants = RoleGrant.objects.visible_to(user).filter(user=self.object)
        grants = label_places(
            grants.select_related("division", "granted_by", "revoked_by").order_by("-valid_from", "-pk")
        )
        for grant in grants:
            grant.user = self.object
            grant.may_revoke = verdict(policies.check_revoke_role, user, grant)
        return super().get_context_data(
            current_grants=[grant for grant in grants if grant.is_active_on(today)],
            coming_grants=[grant for grant in grants if grant.revoked_at is None and grant.valid_from > today],
            past_grants=[
                grant
                for grant in grants
                if not grant.is_active_on(today) and not (grant.revoked_at is None and grant.valid_from > today)
            ],
            may_list=verdict(policies.check_list_users, user),
            may_give=verdict(policies.check_give_roles_to, user, self.object),
            may_close=verdict(policies.check_deactivate_user, user, self.object),
            may_open=verdict(policies.check_reactivate_user, user, self.object),
            events=timeline(self.object, user, 20),
            **kwargs,
        )


class PlacedRoleMixin:
    """First the role, then what it is for, found by search; both stand in the address. Then the form."""

    @cached_property
    def role(self):
        wanted = self.request.GET.get("role", "")
        return wanted if wanted in policies.grantable_roles(self.request.user) else ""

    @property
    def text(self):
        return self.request.GET.get("q", "").strip()

    def get_form(self, form_class=None):
        return super().get_form(form_class) if self.role else None

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user, "role": self.role, "text": self.text}

    def get_context_data(self, **kwargs):
        body = body_of(scope_of(self.role)) if self.role else None
        return super().get_context_data(
            role=self.role,
            role_label=Role(self.role).label if self.role else "",
            roles=[(role.value, role.label) for role in policies.grantable_roles(self.request.user)],
            text=self.text,
            needs_place=bool(self.role) and scope_of(self.role) != Scope.PLATFORM,
            body_name=body.name if body else "",
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        if not self.role:
            return HttpResponseRedirect(request.path)
        return super().post(request, *args, **kwargs)


class GrantCreateView(VisibleMixin, PlacedRoleMixin, CreateOncePage):
    policy = staticmethod(policies.check_give_roles_to)
    model = User
    context_object_name = "person"
    form_class = GrantCreateForm
    template_name = "accounts/grant_create.html"
    success_message = _("The role is given.")

    def setup_object(self):
        self.person = self.get_object()

    def get_success_url(self):
        return self.person.get_absolute_url()

    def find_existing(self, form):
        return RoleGrant.objects.visible_to(self.request.user).filter(uuid=form.cleaned_data["uuid"]).first()

    def is_taken(self, form):
        return RoleGrant.objects.filter(uuid=form.cleaned_data["uuid"]).exists()

    def get_context_data(self, **kwargs):
        return super().get_context_data(person=self.person, **kwargs)

    def perform(self, form):
        wanted = RoleGrant(user=self.person, scope=form.scope, **form.target())
        policies.check_grant_role(self.request.user, wanted)
        services.grant_role(
            user_id=self.person.pk,
            actor=self.request.user,
            uuid=form.cleaned_data["uuid"],
            valid_from=form.cleaned_data["valid_from"],
            valid_until=form.cleaned_data["valid_until"],
            **form.target(),
        )


class GrantRevokeView(ObjectFormPage):
    policy = staticmethod(policies.check_revoke_role)
    model = RoleGrant
    context_object_name = "grant"
    form_class = GrantRevokeForm
    template_name = "accounts/grant_revoke.html"
    success_message = _("The role is ended.")

    def get_queryset(self):
        return super().get_queryset().select_related("user", "division")

    def get_success_url(self):
        return self.object.user.get_absolute_url()

    def perform(self, form):
        services.revoke_role(grant_id=self.object.pk, reason=form.cleaned_data["reason"], actor=self.request.user)


class UserDeactivateView(ObjectFormPage):
    policy = staticmethod(policies.check_deactivate_user)
    model = User
    context_object_name = "person"
    form_class = UserDeactivateForm
    template_name = "accounts/user_deactivate.html"
    success_message = _("The account is closed.")

    def perform(self, form):
        services.deactivate_user(user_id=self.object.pk, reason=form.cleaned_data["reason"], actor=self.request.user)


class UserReactivateView(TransitionView):
    policy = staticmethod(policies.check_reactivate_user)
    model = User
    success_message = _("The account is open again.")

    def run(self):
        services.reactivate_user(user_id=self.object.pk, actor=self.request.user)
