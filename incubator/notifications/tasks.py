from incubator.jobs.registries import job


@job("notifications.deliver")
def deliver(notification_id):
    """Placeholder until delivery channels exist: replaced by the notifications package."""
