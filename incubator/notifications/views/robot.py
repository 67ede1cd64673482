from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from incubator.base.policies import verdict
from incubator.base.views import CreateOncePage, DetailPage, EditionMixin, ListPage, ObjectFormPage, TransitionView
from incubator.notifications import policies
from incubator.notifications.choices import DeliveryState
from incubator.notifications.forms import RobotCreateForm, RobotUpdateForm
from incubator.notifications.models import ChannelRest, Delivery, GroupRobot
from incubator.notifications.registries import kinds
from incubator.notifications.services import robot as services


class RobotMixin:
    model = GroupRobot
    context_object_name = "robot"

    def get_queryset(self):
        return super().get_queryset().select_related("division")


class RobotListView(RobotMixin, ListPage):
    policy = staticmethod(policies.check_list_robots)
    template_name = "notifications/robot_list.html"
    sorts = {"place": (_("by place"), ("division__code", "pk"))}

    def get_context_data(self, **kwargs):
        context = super().get_context_data(may_create=verdict(policies.check_create_robot, self.request.user), **kwargs)
        robots = list(context["page"])
        resting = _resting([robot.rest_key for robot in robots])
        for robot in robots:
            robot.is_resting = robot.rest_key in resting
            robot.labels = _labels(robot)
        return context


class RobotDetailView(RobotMixin, DetailPage):
    policy = staticmethod(policies.check_view_robot)
    template_name = "notifications/robot_detail.html"

    def get_context_data(self, **kwargs):
        robot, user = self.object, self.request.user
        checks = {
            "update": policies.check_update_robot, "try": policies.check_try_robot,
            "pause": policies.check_pause_robot, "resume": policies.check_resume_robot,
        }  # fmt: skip
        own = Delivery.objects.filter(notification__robot=robot)
        waiting = [DeliveryState.QUEUED, DeliveryState.FAILED]
        return super().get_context_data(
            rest=_resting([robot.rest_key]).get(robot.rest_key),
            labels=_labels(robot),
            latest=own.filter(state=DeliveryState.SENT).order_by("-sent_at", "-pk").first(),
            waiting=own.filter(state__in=waiting).order_by().count(),
            dead=own.dead().order_by().count(),
            may={name: verdict(check, user, robot) for name, check in checks.items()},
            **kwargs,
        )


class RobotCreateView(CreateOncePage):
    policy = staticmethod(policies.check_create_robot)
    model = GroupRobot
    form_class = RobotCreateForm
    template_name = "notifications/robot_create.html"
    success_message = _("The robot is there. Send a test message to see whether it works.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def perform(self, form):
        policies.check_create_robot(self.request.user, form.cleaned_data["division"])
        self.object = services.create_robot(
            uuid=form.cleaned_data["uuid"],
            division=form.cleaned_data["division"],
            actor=self.request.user,
            **form.values(),
        )


class RobotUpdateView(RobotMixin, EditionMixin, ObjectFormPage):
    policy = staticmethod(policies.check_update_robot)
    form_class = RobotUpdateForm
    template_name = "notifications/robot_update.html"
    success_message = _("Changed.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"robot": self.object}

    def perform(self, form):
        services.update_robot(
            robot_id=self.object.pk,
            values=form.values(),
            actor=self.request.user,
            edition=form.cleaned_data["edition"],
        )


class RobotTryView(RobotMixin, TransitionView):
    policy = staticmethod(policies.check_try_robot)
    success_message = _("The group took the message. Look into the chat.")

    def run(self):
        services.try_robot(robot_id=self.object.pk, actor=self.request.user)


class RobotPauseView(RobotMixin, TransitionView):
    policy = staticmethod(policies.check_pause_robot)
    success_message = _("Paused. Nothing goes to this group until it is resumed.")

    def run(self):
        services.pause_robot(robot_id=self.object.pk, actor=self.request.user)


class RobotResumeView(RobotMixin, TransitionView):
    policy = staticmethod(policies.check_resume_robot)
    success_message = _("In use again, from the next notice on.")

    def run(self):
        services.resume_robot(robot_id=self.object.pk, actor=self.request.user)


def _resting(keys):
    """{key: rest} of those that are left alone now, because they did not answer."""
    return {rest.key: rest for rest in ChannelRest.objects.filter(key__in=keys, until__gt=timezone.now())}


def _labels(robot):
    """What the group takes, in words; nothing for "all"."""
    return [kinds[code].label for code in robot.kinds if code in kinds]
