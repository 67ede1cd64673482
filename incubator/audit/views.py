from django.utils.translation import gettext_lazy as _

from incubator.audit import policies
from incubator.audit.filters import AuditEventFilter
from incubator.audit.models import AuditEvent
from incubator.audit.timeline import actor_name, sentence
from incubator.base.views import ListPage


class EventListView(ListPage):
    policy = staticmethod(policies.check_list_events)
    model = AuditEvent
    template_name = "audit/event_list.html"
    filterset_class = AuditEventFilter
    sorts = {"newest": (_("newest first"), ("-pk",)), "oldest": (_("oldest first"), ("pk",))}

    def get_queryset(self):
        return super().get_queryset().select_related("actor")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        for event in context["page"]:
            event.sentence, event.actor_name = sentence(event), actor_name(event)
        return context
