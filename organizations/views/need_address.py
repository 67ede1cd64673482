"""The page for needs of a community: its code, its text for the chat group, opening and closing it. Kinds of needs."""

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from incubator.base.policies import verdict
from incubator.base.sharing import group_notice, qr_inline
from incubator.base.views import CreateOncePage, DetailPage, ListPage, QrPictureView, TransitionView
from incubator.divisions.models import Division
from organizations.forms.need import NeedCategoryAddForm
from organizations.models import NeedAddress, NeedCategory
from organizations.policies import need as policies
from organizations.querysets import communities_visible_to
from organizations.services import need_address as services


class _CommunityMixin:
    """By the community's code, of those that the person works with."""

    model = Division
    slug_field = slug_url_kwarg = "code"
    context_object_name = "community"

    def get_queryset(self):
        return communities_visible_to(self.request.user).select_related("parent")

    def get_success_url(self):
        return reverse("organizations:need-address", args=[self.object.code])

    def address(self):
        found = NeedAddress.objects.visible_to(self.request.user).in_force().filter(community=self.object)
        return found.select_related("created_by").first()

    def url_of(self, address):
        return self.request.build_absolute_uri(reverse("need:need-tell", args=[address.token]))

    def title_of(self, community):
        return _("What does our community need? %(community)s") % {"community": community.name}


class NeedAddressView(_CommunityMixin, DetailPage):
    policy = staticmethod(policies.check_share_need_address)
    template_name = "organizations/need_address.html"

    def get_context_data(self, **kwargs):
        address, shared = self.address(), {}
        if address is not None:
            url = self.url_of(address)
            shared = {
                "url": url,
                "picture": qr_inline(url),
                "notice": group_notice(
                    what=self.title_of(self.object),
                    when=_("Tell us in a minute, no name needed. Complaints and emergencies: 12345 / 110."),
                    where="",
                    url=url,
                ),
            }
        may_make = verdict(policies.check_make_need_address, self.request.user, self.object)
        return super().get_context_data(address=address, may_make=may_make, **shared, **kwargs)


class NeedAddressQrView(_CommunityMixin, QrPictureView):
    policy = staticmethod(policies.check_share_need_address)

    def get_title(self):
        return self.title_of(self.object)

    def get_address(self):
        address = self.address()
        if address is None:
            raise Http404
        return self.url_of(address)


class NeedAddressMakeView(_CommunityMixin, TransitionView):
    policy = staticmethod(policies.check_make_need_address)
    success_message = gettext_lazy("The page is open. Hang up the code, or send it to the groups.")

    def run(self):
        services.make_need_address(community=self.object, actor=self.request.user)


class NeedAddressRevokeView(_CommunityMixin, TransitionView):
    policy = staticmethod(policies.check_make_need_address)
    success_message = gettext_lazy("The page is closed. Codes that hang somewhere lead nowhere now.")

    def run(self):
        services.revoke_need_address(community=self.object, actor=self.request.user)


# --- kinds of needs ---


class NeedCategoryListView(ListPage):
    policy = staticmethod(policies.check_list_need_categories)
    model = NeedCategory
    template_name = "organizations/need_category_list.html"
    sorts = {"order": (gettext_lazy("In order"), ("order", "code"))}

    def get_queryset(self):
        return super().get_queryset().select_related("division").prefetch_related("types")

    def get_context_data(self, **kwargs):
        user = self.request.user
        context = super().get_context_data(may_add=verdict(policies.check_add_need_category, user), **kwargs)
        rows = [
            {"category": one, "may_switch": verdict(policies.check_switch_need_category, user, one)}
            for one in context["page"].items
        ]
        return context | {"rows": rows}


class NeedCategoryAddView(CreateOncePage):
    policy = staticmethod(policies.check_add_need_category)
    model = NeedCategory
    form_class = NeedCategoryAddForm
    template_name = "organizations/need_category_add.html"
    success_message = gettext_lazy("The kind is on the list.")

    def get_form_kwargs(self):
        access = self.request.user.access
        divisions = Division.objects.current().within(access.divisions(*policies.CATEGORY_KEEPERS))
        return super().get_form_kwargs() | {
            "divisions": divisions.filter(level__range=(3, 4)).order_by("code"),
            "for_all": access.is_platform_admin,
        }

    def perform(self, form):
        policies.check_add_need_category(self.request.user, form.cleaned_data["division"])
        self.object = services.add_need_category(actor=self.request.user, **form.cleaned_data)


class NeedCategorySwitchView(TransitionView):
    policy = staticmethod(policies.check_switch_need_category)
    model = NeedCategory

    def run(self):
        services.switch_need_category(category_id=self.object.pk, actor=self.request.user)
