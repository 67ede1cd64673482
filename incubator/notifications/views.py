from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from incubator.base.views import FormPage, ListPage, PolicyMixin, TransitionView, View
from incubator.notifications import policies, services
from incubator.notifications.forms import PreferenceEditForm
from incubator.notifications.models import Notification, NotificationPreference
from incubator.notifications.registries import kinds


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


class NotificationReadAllView(PolicyMixin, View):
    policy = staticmethod(policies.check_list_notifications)
    http_method_names = ["post", "options"]

    def post(self, request):
        number = services.mark_all_read(actor=request.user)
        text = ngettext("%(number)s notice marked as read.", "%(number)s notices marked as read.", number)
        messages.success(request, text % {"number": number})
        return HttpResponseRedirect(reverse_lazy("notifications:notification-list"))


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
        return super().get_form_kwargs() | {"chosen": chosen}

    def perform(self, form):
        services.set_preferences(actor=self.request.user, chosen=form.chosen())
