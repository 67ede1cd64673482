from smtplib import SMTPException

from incubator.jobs.registries import job
from incubator.notifications.services import deliver_notification


@job("notifications.deliver", retry_on=(SMTPException, OSError), atomic=False)
def deliver(notification_id):
    deliver_notification(notification_id=notification_id)
