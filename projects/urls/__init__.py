"""Addresses, one file per aggregate."""

from projects.urls import (
    activity,
    admission,
    agreement,
    announcement,
    attendance,
    contract,
    entry,
    evidence,
    follow_up,
    handover,
    kind,
    paper,
    plan,
    project,
    review,
    rule,
    stage,
    team,
)

app_name = "projects"

urlpatterns = [
    *activity.urlpatterns,
    *entry.urlpatterns,
    *kind.urlpatterns,
    *attendance.urlpatterns,
    *evidence.urlpatterns,
    *review.urlpatterns,
    *announcement.urlpatterns,
    *follow_up.urlpatterns,
    *project.urlpatterns,
    *team.urlpatterns,
    *plan.urlpatterns,
    *stage.urlpatterns,
    *agreement.urlpatterns,
    *admission.urlpatterns,
    *contract.urlpatterns,
    *handover.urlpatterns,
    *paper.urlpatterns,
    *rule.urlpatterns,
]
