"""Pages of communities: the list with its coverage, one community, and what is known of it."""

from django.db.models import Count, Q
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from incubator.base.policies import verdict
from incubator.base.views import EditionMixin, FormPage, ListPage, PageView
from incubator.divisions.choices import Setting
from incubator.divisions.models import Division
from organizations.choices import LegalStatus
from organizations.filters import CommunityFilterSet
from organizations.forms.community import CommunityUpdateForm
from organizations.models import CommunityProfile, Place, SocialOrganization
from organizations.policies import community as policies
from organizations.policies.organization import check_register_organization, masked_phone
from organizations.policies.place import check_add_place
from organizations.querysets import communities_visible_to
from organizations.services import community as services

# How many organizations a community should have on average (MCA 2017): 10 in towns, 5 in the country.
TARGETS = {Setting.URBAN: 10, Setting.RURAL: 5}
SHOWN = 20


def counts_by_community(community_ids):
    """{community's key: {"unfiled", "filed", "registered", "all"}} of organizations that exist, in one query."""
    by_status = {code: Count("pk", filter=Q(legal_status=code)) for code in LegalStatus.values}
    rows = (
        SocialOrganization.objects.existing()
        .filter(community__in=community_ids)
        .order_by()
        .values("community_id")
        .annotate(all=Count("pk"), **by_status)
    )
    none = dict.fromkeys((*LegalStatus.values, "all"), 0)
    return dict.fromkeys(community_ids, none) | {row["community_id"]: row for row in rows}


class CommunityListView(ListPage):
    model = Division
    policy = staticmethod(policies.check_list_communities)
    template_name = "organizations/community_list.html"
    filterset_class = CommunityFilterSet
    sorts = {"code": (gettext_lazy("by code"), ("code", "pk"))}

    def get_queryset(self):
        return communities_visible_to(self.request.user).select_related("parent")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        counts = counts_by_community([community.pk for community in context["page"]])
        context["rows"] = [
            {"community": community, "counts": counts[community.pk], "target": TARGETS.get(community.setting)}
            for community in context["page"]
        ]
        return context


class CommunityMixin:
    """For pages below ``/organizations/communities/<code>/``: the community from those that the person works with (else
    404), then the page's policy. Stands left of the page class."""

    policy_needs_object = True

    @cached_property
    def community(self):
        communities = communities_visible_to(self.request.user).select_related("parent__parent")
        found = communities.filter(code=self.kwargs["code"]).first()
        if found is None:
            raise Http404
        return found

    @cached_property
    def profile(self):
        found = CommunityProfile.objects.filter(community=self.community).first()
        return found or CommunityProfile(community=self.community)

    def dispatch(self, request, *args, **kwargs):
        self.policy(request.user, self.community)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(community=self.community, **kwargs)

    def get_success_url(self):
        return reverse("organizations:community-detail", args=[self.community.code])


class CommunityDetailView(CommunityMixin, PageView):
    policy = staticmethod(policies.check_view_community)
    template_name = "organizations/community_detail.html"

    def get_context_data(self, **kwargs):
        user, community, profile = self.request.user, self.community, self.profile
        organizations = SocialOrganization.objects.visible_to(user).existing().filter(community=community)
        found = list(organizations.select_related("type").order_by("pinyin", "pk")[: SHOWN + 1])
        may_update = verdict(policies.check_update_community, user, community)
        phone = profile.contact_phone
        return super().get_context_data(
            profile=profile,
            phone=phone if may_update else masked_phone(phone),
            counts=counts_by_community([community.pk])[community.pk],
            target=TARGETS.get(community.setting),
            organizations=found[:SHOWN],
            has_more=len(found) > SHOWN,
            places=list(Place.objects.filter(community=community).order_by("-is_active", "kind", "name", "pk")),
            may_update=may_update,
            may_register=verdict(check_register_organization, user, community),
            may_keep_places=verdict(check_add_place, user, community),
            **kwargs,
        )


class CommunityUpdateView(EditionMixin, CommunityMixin, FormPage):
    policy = staticmethod(policies.check_update_community)
    template_name = "organizations/community_update.html"
    form_class = CommunityUpdateForm
    success_message = gettext_lazy("Saved.")

    def get_edited(self):
        return self.profile

    def reload(self):
        del self.profile

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"profile": self.profile}

    def perform(self, form):
        services.update_community(
            community_id=self.community.pk,
            actor=self.request.user,
            edition=form.cleaned_data["edition"],
            **{name: form.cleaned_data[name] for name in services.EDITABLE},
        )
