"""How often one address may ask a page that is open to everybody."""

from django.core.cache import cache
from django.shortcuts import render

from incubator.accounts.lockout import client_address

TRIES, WINDOW_SECONDS = 30, 600  # from one address


class ThrottledMixin:
    """What is sent, and what opens nothing, counts for the address that it comes from. ``throttle`` names the page,
    ``gone_template`` says why nothing is shown (``reason``)."""

    throttle, tries, gone_template = "", TRIES, ""

    def is_throttled(self):
        return cache.get(self.throttle_key, 0) >= self.tries

    def note_try(self):
        if not cache.add(self.throttle_key, 1, WINDOW_SECONDS):
            try:
                cache.incr(self.throttle_key)
            except ValueError:  # it ran out between the two
                cache.add(self.throttle_key, 1, WINDOW_SECONDS)

    @property
    def throttle_key(self):
        return f"{self.throttle}:{client_address(self.request)}"

    def refuse(self, reason, status):
        return render(self.request, self.gone_template, {"reason": reason}, status=status)
