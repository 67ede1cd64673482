"""What happens in projects that apps above answer to, sent inside the transaction (``send()``: an error undoes all).

``stage_requested``, ``stage_withdrawn``: ``request`` (StageRequest), ``actor``. ``stage_decided``: the same, after the
request was passed or held.
"""

from django.dispatch import Signal

stage_requested = Signal()
stage_withdrawn = Signal()
stage_decided = Signal()
