from incubator.notifications.forms.preference import PreferenceEditForm
from incubator.notifications.forms.robot import RobotCreateForm, RobotUpdateForm

__all__ = ["PreferenceEditForm", "RobotCreateForm", "RobotUpdateForm"]
