"""Handlers of jobs by name. ``enqueue`` refuses an unknown name, so a typing error fails at the call."""

from dataclasses import dataclass
from datetime import timedelta

PAUSES = (timedelta(seconds=2), timedelta(seconds=4))


class LaterError(Exception):
    """Raised by a handler whose time has not come (quiet hours, a robot that rests): the job waits until then, and this
    was no try."""

    def __init__(self, until):
        super().__init__(f"not before {until.isoformat()}")
        self.until = until


class HopelessError(Exception):
    """Raised by a handler when no further try can help (an address that does not exist): the job gives up now."""


@dataclass(frozen=True)
class Handler:
    """``run(**arguments)`` does the effect.

    ``retry_on`` are the errors that may pass by themselves: they are logged in one line, others with their traceback.
    ``lease`` is how long one try may take before somebody else may redo it. ``atomic`` handlers write to the database
    alone: effect and "done" are one transaction, hence exactly once. Handlers that speak to the outside (mail, robots)
    say ``atomic=False``: they run outside a transaction, at least once, and bring their own key against doubles.
    ``pauses`` are the rests between tries; there is one try more than pauses. ``gave_up(error=text, **arguments)`` is
    called, within the transaction that calls the job dead, when the last of them failed or took its worker along.
    """

    name: str
    run: object
    retry_on: tuple = ()
    lease: timedelta = timedelta(minutes=5)
    atomic: bool = True
    pauses: tuple = PAUSES
    gave_up: object = None

    @property
    def tries(self):
        return len(self.pauses) + 1


_handlers = {}
_daily = set()


def job(name, *, retry_on=(), lease=timedelta(minutes=5), atomic=True, pauses=PAUSES, gave_up=None):
    """Decorator for a task function of an app's ``tasks.py``: ids in, one service call."""

    def register(function):
        if name in _handlers and _handlers[name].run is not function:
            raise ValueError(f"job {name!r} is registered twice")
        _handlers[name] = Handler(name, function, tuple(retry_on), lease, atomic, tuple(pauses), gave_up)
        return function

    return register


def daily_job(name, **options):
    """The same for what is done once on each day: it gets ``day`` (ISO text), and nobody has to ask for it."""

    def register(function):
        _daily.add(name)
        return job(name, **options)(function)

    return register


def daily_names():
    return sorted(_daily)


def get_handler(name):
    if name not in _handlers:
        raise LookupError(f"unknown job {name!r}; register it with @job in the app's tasks.py")
    return _handlers[name]


def unregister(name):
    """For tests that bring a handler of their own."""
    _handlers.pop(name, None)
    _daily.discard(name)
