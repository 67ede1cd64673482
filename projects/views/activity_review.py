"""Looking through records by exception: what waits, thanks, a comment."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from incubator.base.views import ListPage, ObjectFormPage, TransitionView
from incubator.divisions.models import Division
from projects.choices import ActivityStatus
from projects.forms.activity_review import ActivityCommentForm
from projects.models import Activity, ActivityNote
from projects.policies import activity_review as policies
from projects.services import activity_review as services
from projects.services.rule import rules_for

FROM_LIST = "review"  # in an address: where to go back to


class ReviewListView(ListPage):
    """Records of one's place that nobody has looked at yet, oldest first. All others are accepted by themselves."""

    policy = staticmethod(policies.check_list_review)
    model = Activity
    template_name = "projects/review_list.html"
    sorts = {"oldest": (_("oldest first"), ("submitted_at", "pk"))}
    per_page = 20

    def get_queryset(self):
        user = self.request.user
        places = Division.objects.within(policies.review_places(user)).values("pk")
        waiting = Activity.objects.filter(status=ActivityStatus.SUBMITTED, community__in=places)
        return waiting.exclude(recorded_by=user).select_related("organization", "community", "recorded_by")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        activities, user = list(context["page"]), self.request.user
        rules = rules_for({activity.community for activity in activities}) if activities else {}
        notes = {}
        for note in ActivityNote.objects.filter(activity__in=activities).select_related("author").order_by("pk"):
            notes.setdefault(note.activity_id, []).append(note)
        return context | {
            "rows": [
                {
                    "activity": activity,
                    "accepted_on": services.accepted_on(activity, rules[activity.community_id]),
                    "notes": [note for note in notes.get(activity.pk, []) if not note.is_thanks],
                    "is_thanked": any(
                        note.is_thanks and note.author_id == user.pk for note in notes.get(activity.pk, [])
                    ),
                    "form": ActivityCommentForm(auto_id=f"id_{activity.uuid}_%s"),
                }
                for activity in activities
            ]
        }


class BackMixin:
    """Done in the list, back to the list; done on the record's page, back to that."""

    def get_success_url(self):
        if self.request.GET.get("from") == FROM_LIST:
            return reverse("projects:review-list")
        return f"{self.object.get_absolute_url()}#activity-review"


class ActivityThankView(BackMixin, TransitionView):
    model = Activity
    policy = staticmethod(policies.check_thank_activity)
    success_message = _("Thanks said.")

    def run(self):
        services.thank_activity(activity_id=self.object.pk, actor=self.request.user)


class ActivityCommentView(BackMixin, ObjectFormPage):
    """The form stands on the record's page and in the list; an invalid one comes back on a page of its own."""

    model = Activity
    policy = staticmethod(policies.check_comment_activity)
    form_class = ActivityCommentForm
    template_name = "projects/activity_comment.html"
    success_message = _("Said.")

    def get_queryset(self):
        return super().get_queryset().with_names()

    def perform(self, form):
        services.comment_activity(activity_id=self.object.pk, actor=self.request.user, **form.cleaned_data)
