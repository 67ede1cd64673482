"""Photos and files on the page of the activity."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from incubator.base.panels import Panel, panels
from incubator.base.policies import verdict
from projects.models import Activity, Evidence
from projects.policies.activity import check_view_activity
from projects.policies.evidence import check_add_evidence
from projects.services.evidence import same_elsewhere


@panels.register
class ActivityEvidence(Panel):
    code = "activity-evidence"
    target = "projects.activity"
    label = _("Photos and files")
    template = "projects/panels/activity_evidence.html"
    policy = staticmethod(check_view_activity)
    order = 40

    @classmethod
    def context(cls, user, thing):
        may_add = verdict(check_add_evidence, user, thing)
        seen = Exists(Evidence.objects.visible_to(user).filter(pk=OuterRef("pk")))
        everything = list(thing.evidence.annotate(is_seen=seen).order_by("pk"))
        rows = [row for row in everything if row.is_seen]
        for row in rows:
            row.activity = thing
        in_use = [row for row in rows if not row.withdrawn_at]
        # Told to who adds photos, so that they can say whether it was meant; readers are not set to guess.
        elsewhere = same_elsewhere(in_use) if may_add else {}
        keys = {key for found in elsewhere.values() for key in found}
        others = Activity.objects.visible_to(user, drafts=False).filter(pk__in=keys).select_related("organization")
        known = {other.pk: other for other in others} if keys else {}
        for row in in_use:
            same = elsewhere.get(row.pk, [])
            row.stands_in = [known[key] for key in same if key in known]
            row.stands_unseen = len(same) > len(row.stands_in)
        return {
            "activity": thing,
            "pictures": [row for row in in_use if row.is_picture],
            "files": [row for row in in_use if not row.is_picture],
            "withdrawn": [row for row in rows if row.withdrawn_at] if may_add else [],
            "hidden": sum(not row.is_seen and not row.withdrawn_at for row in everything),
            "may_add": may_add,
        }
