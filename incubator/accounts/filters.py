import django_filters
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from incubator.accounts.choices import InvitationStatus, Role
from incubator.accounts.models import Invitation, RoleGrant, User
from incubator.base.forms import page_helper


class PageFilter(django_filters.FilterSet):
    @property
    def form(self):
        form = super().form
        form.helper = page_helper()
        return form


class UserFilter(PageFilter):
    q = django_filters.CharFilter(label=_("Name or user name"), method="filter_text")
    role = django_filters.ChoiceFilter(
        label=_("Role"), choices=Role.choices, method="filter_role", empty_label=_("any role")
    )
    is_active = django_filters.ChoiceFilter(
        label=_("Account"), choices=[("true", _("open")), ("false", _("closed"))], empty_label=_("open and closed"),
        method="filter_active",
    )

    class Meta:
        model = User
        fields = ()

    def filter_text(self, queryset, name, value):
        return queryset.filter(Q(name__icontains=value) | Q(username__icontains=value))

    def filter_role(self, queryset, name, value):
        holders = RoleGrant.objects.active().visible_to(self.request.user).filter(role=value).order_by()
        return queryset.filter(pk__in=holders.values("user_id"))

    def filter_active(self, queryset, name, value):
        return queryset.filter(is_active=value == "true")


class InvitationFilter(PageFilter):
    EXPIRED = "expired"

    q = django_filters.CharFilter(label=_("Name"), field_name="name", lookup_expr="icontains")
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[*InvitationStatus.choices, (EXPIRED, _("expired"))],
        method="filter_state",
        empty_label=_("any state"),
    )

    class Meta:
        model = Invitation
        fields = ()

    def filter_state(self, queryset, name, value):
        now = timezone.now()
        if value == InvitationStatus.OPEN:
            return queryset.open(now)
        if value == self.EXPIRED:
            return queryset.filter(status=InvitationStatus.OPEN, expires_at__lte=now)
        return queryset.filter(status=value)
