"""What happens here when a project asks to leave a stage, or its request is decided. Each calls one service."""

from django.dispatch import receiver

from evaluations.services import gate
from projects.signals import stage_decided, stage_requested, stage_withdrawn


@receiver(stage_requested)
def open_gate_review(sender, request, actor, **kwargs):
    gate.open_gate_review(request=request, actor=actor)


@receiver(stage_withdrawn)
def withdraw_gate_review(sender, request, actor, **kwargs):
    gate.withdraw_gate_review(request=request, actor=actor)


@receiver(stage_decided)
def close_gate_review(sender, request, actor, **kwargs):
    gate.close_gate_review(request=request, actor=actor)
