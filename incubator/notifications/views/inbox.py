from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse, reverse_lazy
from django.utils.cache import patch_cache_control
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from incubator.base.policies import public
from incubator.base.views import DetailPage, FormPage, ListPage, PolicyMixin, QrPictureView, TransitionView, View
from incubator.notifications import policies, services
from incubator.notifications.forms import PreferenceEditForm
from incubator.notifications.models import Notification, NotificationPreference, NotificationRhythm
from incubator.notifications.registries import kinds

BADGE_SECONDS = 50  # several open tabs ask the server once


class NotificationListView(ListPage):
    policy = staticmethod(policies.check_list_notifications)
    model = Notification
    template_name = "notifications/notification_list.html"
    per_page = 30
    sorts = {"newest": (_("newest first"), ("-created_at", "-pk"))}

    def get_queryset(self):
        return super().get_queryset().inbox()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(unread=services.unread_count(self.request.user), **kwargs)
        for notification in context["page"]:
            notification.title = services.title(notification)
        return context


class NotificationOpenView(TransitionView):
    """Marks one notice as read and leads to what it is about."""

    policy = staticmethod(policies.check_open_notification)
    model = Notification

    def post(self, request, *args, **kwargs):
        services.mark_read(notification_id=self.object.pk, actor=request.user)
        return HttpResponseRedirect(self.object.get_absolute_url())


class NotificationShareView(DetailPage):
    """复制群通知 of one notice: its words and its page, for the chat group."""

    policy = staticmethod(policies.check_share_notification)
    model = Notification
    template_name = "notifications/notification_share.html"

    def get_context_data(self, **kwargs):
        notification = self.object
        address = self.request.build_absolute_uri(notification.get_absolute_url())
        return super().get_context_data(
            title=services.title(notification),
            notice=services.group_text(notification, address),
            qr_url=reverse("notifications:notification-qr", args=[notification.uuid]),
            **kwargs,
        )


class NotificationQrView(QrPictureView):
    policy = staticmethod(policies.check_share_notification)
    model = Notification

    def get_title(self):
        return services.title(self.object)


class NotificationReadAllView(PolicyMixin, View):
    policy = staticmethod(policies.check_list_notifications)
    http_method_names = ["post", "options"]

    def post(self, request):
        number = services.mark_all_read(actor=request.user)
        text = ngettext("%(number)s notice marked as read.", "%(number)s notices marked as read.", number)
        messages.success(request, text % {"number": number})
        return HttpResponseRedirect(reverse_lazy("notifications:notification-list"))


@method_decorator(login_not_required, name="dispatch")
class NotificationBadgeView(PolicyMixin, View):
    """The number on the bell, asked by the page itself. Whoever was signed out meanwhile gets an empty answer: being led to
    the sign-in page by a page in the background would cost them what they are writing."""

    policy = staticmethod(public)
    http_method_names = ["get", "options"]

    def get(self, request):
        if not request.user.is_authenticated:
            return HttpResponse(status=204)
        response = render(request, "components/bell_count.html")
        patch_cache_control(response, private=True, max_age=BADGE_SECONDS)
        return response


class PreferenceEditView(FormPage):
    policy = staticmethod(policies.check_edit_preferences)
    form_class = PreferenceEditForm
    template_name = "notifications/preference_edit.html"
    success_url = reverse_lazy("notifications:preference-edit")
    success_message = _("Your choices are kept.")

    def get_form_kwargs(self):
        user = self.request.user
        known = {row.kind: row for row in NotificationPreference.objects.visible_to(user)}
        chosen = {kind.code: known.get(kind.code) or NotificationPreference(kind=kind.code) for kind in kinds}
        rhythm = NotificationRhythm.objects.visible_to(user).first() or NotificationRhythm()
        return super().get_form_kwargs() | {"chosen": chosen, "rhythm": rhythm}

    def get_context_data(self, **kwargs):
        return super().get_context_data(has_email=bool(self.request.user.email), **kwargs)

    def perform(self, form):
        services.set_preferences(actor=self.request.user, chosen=form.chosen(), rhythm=form.rhythm())
