"""Handlers of jobs by name. ``enqueue`` refuses an unknown name, so a typing error fails at the call."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Handler:
    """``run(**arguments)`` does the effect; ``retry_on`` are the errors worth another try; ``lease`` is how long one try
    may take before somebody else may redo it."""

    name: str
    run: object
    retry_on: tuple = ()
    lease: timedelta = timedelta(minutes=5)


_handlers = {}


def job(name, *, retry_on=(), lease=timedelta(minutes=5)):
    """Decorator for a task function of an app's ``tasks.py``: ids in, one service call."""

    def register(function):
        if name in _handlers and _handlers[name].run is not function:
            raise ValueError(f"job {name!r} is registered twice")
        _handlers[name] = Handler(name, function, tuple(retry_on), lease)
        return function

    return register


def get_handler(name):
    if name not in _handlers:
        raise LookupError(f"unknown job {name!r}; register it with @job in the app's tasks.py")
    return _handlers[name]
