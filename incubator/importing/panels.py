from django.utils.translation import gettext_lazy as _

from incubator.base.panels import Panel, panels
from incubator.importing import policies


@panels.register
class DivisionSettingPanel(Panel):
    """Urban or rural on a community's page: whoever may, sets it from here; everybody else reads why not."""

    code = "importing.division-setting"
    target = "divisions.division"
    label = _("Urban or rural")
    template = "importing/division_setting_panel.html"
    policy = staticmethod(policies.check_view_division_setting)

    @classmethod
    def context(cls, user, thing):
        return {"division": thing, "user": user, "check": policies.check_set_division_setting}
