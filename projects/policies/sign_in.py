"""Who opens and shows the door of an activity. Signing in itself is open to everybody who holds the code."""

from projects.policies.attendance import check_take_attendance


def check_view_sign_in(user, activity):
    check_take_attendance(user, activity)


def check_open_sign_in(user, activity):
    check_take_attendance(user, activity)


def check_close_sign_in(user, activity):
    check_take_attendance(user, activity)
