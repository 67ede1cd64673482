"""What happens by itself, one file per aggregate: ids in, one service call."""

from incubator.base.registry import discover

discover(__name__)
