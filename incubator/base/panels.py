"""Panels: a higher app shows its things on a lower app's page without the lower app knowing it.

A panel class has ``code``, ``target`` (label of the model whose page it stands on, e.g.
``"organizations.socialorganization"``), ``label``, ``template``, ``policy`` and ``context(user, thing)``.
"""

from incubator.base.policies import verdict
from incubator.base.registry import Registry

panels = Registry("panels", required=("target", "label", "template", "policy"))


class Panel:
    order = 100
    column = "main"  # or "side" on pages of two columns, or a tab of the thing that is made of panels

    @classmethod
    def context(cls, user, thing):
        """Values for the panel's template; queries start from ``visible_to(user)``."""
        raise NotImplementedError


def panels_for(user, thing, column=None):
    """The panels of this thing's page that the user may see, in order; of one column of the page, if it has two."""
    label = thing._meta.label_lower
    return [
        panel
        for panel in panels
        if panel.target == label and column in (None, panel.column) and verdict(panel.policy, user, thing)
    ]
