"""The growth board, the moves between stages, and what fades."""

from urllib.parse import urlencode

from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from evaluations.filters.board import BoardFilterSet, FadingFilterSet, MoveFilterSet
from evaluations.models import FadingRule, GrowthReview, StageDecision
from evaluations.policies import board as policies
from evaluations.policies.fading_rule import check_list_fading_rules
from evaluations.services import board as services
from evaluations.services.fading import fading_of, reasons_of, rules_for
from evaluations.services.flow import flow_of
from evaluations.views.flow_picture import flow_picture
from incubator.base.policies import verdict
from incubator.base.views import ListPage, PageView
from organizations.filters import EXISTING, UNRATED
from organizations.models import SocialOrganization
from projects.policies.activity import check_log_activity


class BoardGrowthView(PageView):
    policy = staticmethod(policies.check_view_board)
    template_name = "evaluations/board_growth.html"

    def get_context_data(self, **kwargs):
        user, today = self.request.user, timezone.localdate()
        filterset = BoardFilterSet(self.request.GET, queryset=services.existing_for(user), request=self.request)
        organizations, listed = filterset.qs, reverse("organizations:organization-list")
        query = {name: self.request.GET[name] for name in filterset.filters if self.request.GET.get(name)}
        columns = services.board_of(organizations, user, today=today)
        for column in columns:
            asked = query | {"stage": column.stage or UNRATED, "state": EXISTING}
            column.url = f"{listed}?{urlencode(asked)}"
        return super().get_context_data(
            filterset=filterset,
            is_filtered=bool(query),
            columns=columns,
            number=sum(column.number for column in columns),
            picture=flow_picture(flow_of(organizations, today=today), query),
            may_fading=bool(verdict(policies.check_list_fading, user)),
            **kwargs,
        )


class BoardMovesView(ListPage):
    """The decisions behind a number of the flow. Their reasons stand in the reviews, for those who read these."""

    policy = staticmethod(policies.check_list_moves)
    model = StageDecision
    filterset_class = MoveFilterSet
    template_name = "evaluations/board_moves.html"
    sorts = {"recent": (_("newest first"), ("-decided_at", "-pk"))}

    def get_queryset(self):
        moves = StageDecision.objects.moves_visible_to(self.request.user).exclude(from_stage=F("to_stage"))
        return moves.select_related("organization__community__parent", "review")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        shown = [decision.review_id for decision in context["page"]]
        read = GrowthReview.objects.visible_to(self.request.user).filter(pk__in=shown)
        return context | {"read": set(read.order_by().values_list("pk", flat=True))}


class BoardFadingView(ListPage):
    policy = staticmethod(policies.check_list_fading)
    model = SocialOrganization
    filterset_class = FadingFilterSet
    template_name = "evaluations/board_fading.html"
    sorts = {"code": (_("by place"), ("community__code", "pk"))}

    @cached_property
    def rules(self):
        return rules_for(self.request.user)

    def get_queryset(self):
        why = self.request.GET.get("why", "")
        found = fading_of(self.request.user, today=timezone.localdate(), rules=self.rules, why=why)
        return found.select_related("community__parent", "type")

    def get_context_data(self, **kwargs):
        user, context = self.request.user, super().get_context_data(**kwargs)
        rows = reasons_of(context["page"], today=timezone.localdate())
        for row in rows:
            row.may_log = bool(verdict(check_log_activity, user, row.organization))
        return context | {
            "rows": rows,
            "usual": FadingRule(),
            "rules_differ": bool(self.rules),
            "may_rules": bool(verdict(check_list_fading_rules, user)),
        }
