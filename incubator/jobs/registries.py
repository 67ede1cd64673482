"""Handlers of jobs by name. ``enqueue`` refuses an unknown name, so a typing error fails at the call."""

from dataclasses import dataclass, field
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
    ``lease`` is how long one try may take before somebody else may redo it, however alive its worker is. ``atomic``
    handlers write to the database alone: effect and "done" are one transaction, hence exactly once. Handlers that speak
    to the outside (mail, robots) say ``atomic=False``: they run outside a transaction, at least once, and bring their
    own key against doubles.
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


@dataclass(frozen=True)
class Periodic:
    """What happens by itself, and when unless an admin says otherwise.

    Either at ``at`` ("HH:MM", Asia/Shanghai) on ``weekdays`` (1 = Monday … 7; none: all) and ``days`` of the month
    (none: all), or every ``minutes`` counted from midnight. ``label`` names it, ``text`` says what it does; ``words`` are
    the labels of what it counts.
    """

    name: str
    label: object
    text: object = ""
    at: str = "00:05"
    weekdays: tuple = ()
    days: tuple = ()
    minutes: int = 0
    words: dict = field(default_factory=dict)


_handlers = {}
_periodic = {}


def job(name, *, retry_on=(), lease=timedelta(minutes=5), atomic=True, pauses=PAUSES, gave_up=None):
    """Decorator for a task function of an app's ``tasks.py``: ids in, one service call."""

    def register(function):
        if name in _handlers and _handlers[name].run is not function:
            raise ValueError(f"job {name!r} is registered twice")
        _handlers[name] = Handler(name, function, tuple(retry_on), lease, atomic, tuple(pauses), gave_up)
        return function

    return register


def daily_job(name, *, label="", text="", at="00:05", weekdays=(), days=(), words=None, **options):
    """The same for what is done once on a day: it gets ``day`` (ISO text), and nobody has to ask for it. What it returns
    is kept with the run when it is a number or {word: number}; ``words`` are labels of such words."""

    def register(function):
        _periodic[name] = Periodic(name, label or name, text, at, tuple(weekdays), tuple(days), words=words or {})
        return job(name, **options)(function)

    return register


def periodic_job(name, *, minutes, label="", text="", **options):
    """The same for what is done every ``minutes`` (which divide a day): it gets ``moment`` (ISO text with offset)."""

    def register(function):
        _periodic[name] = Periodic(name, label or name, text, minutes=minutes)
        return job(name, **options)(function)

    return register


def periodic_names():
    return sorted(_periodic)


def get_periodic(name):
    """What is known of a periodic job, or None when it is none (any more)."""
    return _periodic.get(name)


def daily_names():
    return sorted(name for name, periodic in _periodic.items() if not periodic.minutes)


def get_handler(name):
    if name not in _handlers:
        raise LookupError(f"unknown job {name!r}; register it with @job in the app's tasks.py")
    return _handlers[name]


def unregister(name):
    """For tests that bring a handler of their own."""
    _handlers.pop(name, None)
    _periodic.pop(name, None)
