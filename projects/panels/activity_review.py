"""What colleagues said to a record, where it was discussed, and when it is accepted by itself."""

from django.utils.translation import gettext_lazy as _

from incubator.base.panels import Panel, panels
from incubator.base.policies import verdict
from projects.choices import ActivityStatus
from projects.forms.activity_review import ActivityCommentForm
from projects.models import Activity, ActivityNote
from projects.policies.activity import check_view_activity
from projects.policies.activity_review import check_comment_activity, check_thank_activity
from projects.services.activity_review import accepted_on
from projects.services.month import is_late, lock_of
from projects.services.rule import rule_of

MOST = 50


@panels.register
class ActivityReview(Panel):
    code = "activity-review"
    target = "projects.activity"
    label = _("What colleagues say")
    template = "projects/panels/activity_review.html"
    policy = staticmethod(check_view_activity)
    order = 20

    @classmethod
    def context(cls, user, thing):
        notes = list(ActivityNote.objects.filter(activity=thing).select_related("author").order_by("pk")[:MOST])
        waits = thing.status == ActivityStatus.SUBMITTED
        others = (
            Activity.objects.visible_to(user, drafts=False).select_related("organization").order_by("-starts_at", "-pk")
        )
        lock = lock_of(thing)
        return {
            "activity": thing,
            "comments": [note for note in notes if not note.is_thanks],
            "thanked_by": [note.author for note in notes if note.is_thanks],
            "is_thanked": any(note.is_thanks and note.author_id == user.pk for note in notes),
            "form": ActivityCommentForm(auto_id="id_comment_%s"),
            "accepted_on": accepted_on(thing, rule_of(thing.community)) if waits else None,
            "is_accepted_by_itself": thing.reviewed_at is not None and thing.reviewed_by_id is None,
            "is_late": is_late(thing, lock),
            "lock": lock,
            "discussed_in": others.filter(discusses__discussed=thing)[:MOST],
            "may_thank": verdict(check_thank_activity, user, thing),
            "may_comment": verdict(check_comment_activity, user, thing),
        }
