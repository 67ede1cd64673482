"""记录表 of an activity as Word."""

import datetime

from django.utils import timezone, translation
from django.utils.formats import date_format

from incubator.reporting.views import PaperView
from projects.choices import LedBy
from projects.models import Activity
from projects.policies import activity as policies


class ActivityRecordView(PaperView):
    """记录表 as Word."""

    model = Activity
    policy = staticmethod(policies.check_view_activity)

    def get_queryset(self):
        return super().get_queryset().handed_in().with_names().select_related("project", "reviewed_by")

    def get_paper(self):
        return self.object.kind_class.paper

    def get_file_name(self):
        day = timezone.localtime(self.object.starts_at).strftime("%Y%m%d")
        return f"{self.object.get_kind_display()}-{self.object.organization}-{day}"

    def get_paper_context(self):
        """The form is Chinese, whoever prints it: so are the words of its choices."""
        with translation.override("zh-hans"):
            return self._values()

    def _values(self):
        activity = self.object
        begin = timezone.localtime(activity.starts_at)
        end = begin + datetime.timedelta(minutes=activity.minutes)
        answers = activity.answers
        return {
            "kind": str(activity.get_kind_display()),
            "title": str(activity),
            "organization": activity.organization.name,
            "community": activity.community.name,
            "street": str(activity.community.parent or ""),
            "project": str(activity.project or ""),
            "date": begin.strftime("%Y-%m-%d"),
            "begin": begin.strftime("%H:%M"),
            "end": end.strftime("%H:%M" if end.date() == begin.date() else "%Y-%m-%d %H:%M"),
            "minutes": activity.minutes,
            "place": activity.place_text,
            "participants": activity.participants,
            "led_by": str(LedBy(activity.led_by).label) if activity.led_by else "",
            "summary": activity.summary,
            "next_step": activity.next_step,
            "recorded_by": str(activity.recorded_by),
            "recorded_on": date_format(timezone.localtime(activity.submitted_at), "Y-m-d"),
            "reviewed_by": str(activity.reviewed_by or ""),
            "answers": {name: answer["text"] for name, answer in answers.items()},
            "lines": [(str(answer["label"]), answer["text"]) for answer in answers.values() if answer["text"]],
        }
