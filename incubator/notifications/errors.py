"""What goes wrong on the way out. The texts stand on the page of what was not delivered: they never hold an address of a
robot or a secret."""


class ChannelError(Exception):
    """It was not taken; another try may help."""


class UnreachableError(ChannelError):
    """Nobody answered, or not in time: the other side is left alone for a while, so that it holds up nobody else."""


class RefusedError(ChannelError):
    """It will never be taken: no such mailbox, or an address that is none."""
