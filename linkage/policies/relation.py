"""Who sees the relations of the parties: whoever reads the joint meetings they are counted from."""

from incubator.base.policies import signed_in


def check_view_relations(user):
    signed_in(user)
