"""Plug-ins are classes in a folder; a registry finds them and refuses half-made ones when the process starts."""

from importlib import import_module
from pkgutil import iter_modules

from django.core.exceptions import ImproperlyConfigured


class Registry:
    """Classes by their ``code``. ``required`` are attributes that each of them must have and not leave empty."""

    def __init__(self, name, required=()):
        self.name = name
        self.required = ("code", *required)
        self._items = {}

    def register(self, plugin):
        """Class decorator. Raises ImproperlyConfigured for a missing attribute or a code that is taken."""
        for attribute in self.required:
            if getattr(plugin, attribute, None) in (None, ""):
                raise ImproperlyConfigured(f"{self.name}: {plugin.__name__} has no {attribute}.")
        taken = self._items.get(plugin.code)
        if taken is not None and taken is not plugin:
            raise ImproperlyConfigured(f"{self.name}: {plugin.code} is both {taken.__name__} and {plugin.__name__}.")
        self._items[plugin.code] = plugin
        return plugin

    def unregister(self, code):
        """For tests that add a plug-in of their own."""
        self._items.pop(code, None)

    def __getitem__(self, code):
        return self._items[code]

    def get(self, code, default=None):
        return self._items.get(code, default)

    def __contains__(self, code):
        return code in self._items

    def __iter__(self):
        return iter(sorted(self._items.values(), key=lambda plugin: (getattr(plugin, "order", 100), plugin.code)))

    def __len__(self):
        return len(self._items)

    def choices(self):
        """(code, label) pairs; used as a callable for model fields, so a new plug-in needs no migration."""
        return [(plugin.code, plugin.label) for plugin in self]


def discover(package_name):
    """Import every module of a plug-in package, so that its classes register themselves."""
    package = import_module(package_name)
    for module in iter_modules(package.__path__):
        import_module(f"{package_name}.{module.name}")
