"""The rules of the house that no single feature's test would miss (docs/architecture.md)."""

import ast
import re
import subprocess
import sys
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.template.loader import get_template
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.functional import Promise
from rest_framework.viewsets import ViewSetMixin

from incubator.base.registry import Registry

ROOT = Path(__file__).parents[1]
# From the bottom up; an app may point to those before it.
ORDER = [
    "base", "divisions", "jobs", "audit", "notifications", "accounts", "sync", "search", "calendars", "reporting",
    "importing",
    "organizations", "projects", "evaluations", "funding", "linkage", "api", "site",
]  # fmt: skip
PACKAGES = ("incubator", "organizations", "projects", "evaluations", "funding", "linkage")
MAX_LINES = 400

# Pages of third parties, which cannot name one of our policies, each with the reason why it may stay so.
FOREIGN_VIEWS = {
    "allauth.": "signing in and out; allauth decides by itself who may",
    "drf_spectacular.": "the schema and its page are guarded by SERVE_PERMISSIONS and a test of their own",
    "rest_framework.routers.APIRootView": "lists addresses alone, to people who are signed in",
    "django.views.i18n.": "the language switch works before sign-in",
    "django.views.generic.base.RedirectView": "leads on to a page that names its policy",
}
# Tables that nobody lists: no visible_to, with the reason.
NOT_LISTED = {
    "audit.AuditChain": "heads of the hash chains; read by verify_audit alone",
    "organizations.AgencyServiceArea": "rows of an agency, seen on the agency's page alone",
    "organizations.FilingCounter": "the next number of a street; never shown",
}


def own_apps():
    return [config for config in apps.get_app_configs() if config.module.__name__.split(".")[0] in PACKAGES]


def own_models():
    return [model for config in own_apps() for model in config.get_models()]


def own_files():
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True)
    files = [ROOT / name for name in listed.stdout.splitlines()]
    return [path for path in files if path.suffix == ".py" and path.exists() and "migrations" not in path.parts]


def own_foreign_keys():
    return [
        field
        for model in own_models()
        for field in model._meta.get_fields()
        if isinstance(field, (models.ForeignKey, models.ManyToManyField))
        and field.related_model._meta.app_label in ORDER
    ]


def patterns(resolver=None, prefix=""):
    for pattern in (resolver or get_resolver()).url_patterns:
        where = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern, where)
        elif isinstance(pattern, URLPattern):
            yield where, pattern.callback


def view_class(callback):
    return getattr(callback, "view_class", None) or getattr(callback, "cls", None) or callback


def foreign_reason(view):
    name = f"{view.__module__}.{getattr(view, '__qualname__', view)}"
    return next((reason for start, reason in FOREIGN_VIEWS.items() if name.startswith(start)), None)


def test_every_app_has_its_place_in_the_order():
    assert [config.label for config in own_apps() if config.label not in ORDER] == []


def test_foreign_keys_point_down():
    """The person (AUTH_USER_MODEL) is the one thing that lower apps may point up to."""
    wrong = [
        str(field)
        for field in own_foreign_keys()
        if ORDER.index(field.related_model._meta.app_label) > ORDER.index(field.model._meta.app_label)
        and field.related_model._meta.label != settings.AUTH_USER_MODEL
    ]
    assert wrong == []


def test_a_foreign_key_into_another_app_leaves_no_name_there():
    """A reverse accessor would let the lower app know the higher one."""
    wrong = [
        str(field)
        for field in own_foreign_keys()
        if field.related_model._meta.app_label != field.model._meta.app_label and not field.remote_field.hidden
    ]
    assert wrong == []


def test_nothing_with_evidence_is_deleted_along():
    wrong = [
        str(field)
        for field in own_foreign_keys()
        if isinstance(field, models.ForeignKey) and field.remote_field.on_delete is not models.PROTECT
    ]
    assert wrong == []


def test_every_page_names_its_policy():
    missing = []
    for where, callback in patterns():
        view = view_class(callback)
        if foreign_reason(view) or (isinstance(view, type) and issubclass(view, ViewSetMixin)):
            continue
        policy = getattr(view, "policy", None) or getattr(view, "policies", None)
        if not policy:
            missing.append(f"{where}: {view.__module__}.{view.__name__}")
    assert missing == []


def test_policies_of_pages_are_static():
    """A bare function would bind as a method and get the view for a user."""
    wrong = []
    for where, callback in patterns():
        view = view_class(callback)
        if isinstance(view, type) and callable(getattr(view, "policy", None)) and not foreign_reason(view):
            held = next(vars(base)["policy"] for base in view.__mro__ if "policy" in vars(base))
            if not isinstance(held, staticmethod):
                wrong.append(f"{where}: {view.__name__}")
    assert wrong == []


def test_every_action_of_the_interface_for_machines_names_its_policy():
    missing = []
    for where, callback in patterns():
        view = view_class(callback)
        if not (isinstance(view, type) and issubclass(view, ViewSetMixin)) or foreign_reason(view):
            continue
        actions = set(callback.actions.values())
        named = getattr(view, "policies", None) or {}
        missing += [f"{where}: {view.__name__}.{action}" for action in actions - set(named)]
    assert missing == []


@pytest.mark.parametrize("model", own_models(), ids=lambda model: model._meta.label)
def test_every_list_knows_who_may_see_what(model):
    if model._meta.label in NOT_LISTED:
        assert not hasattr(model._default_manager, "visible_to")
        return
    assert hasattr(model._default_manager, "visible_to"), f"{model._meta.label} has no visible_to(user)"


def transitions():
    """(model, method) of every state machine."""
    for model in own_models():
        for name, member in vars(model).items():
            if hasattr(member, "_django_fsm"):
                yield model, name


@cache
def module_text(app, stem):
    folder = Path(apps.get_app_config(app).path)
    paths = [folder / f"{stem}.py", *(folder / stem).glob("*.py")]
    return "\n".join(path.read_text(encoding="utf-8") for path in paths if path.exists())


@pytest.mark.parametrize(
    ("model", "method"), list(transitions()), ids=lambda value: value if isinstance(value, str) else value.__name__
)
def test_every_transition_is_made_by_a_service_that_records_it(model, method):
    """One function of the app's services calls the guard, and it or what it calls there writes the history."""
    text = module_text(model._meta.app_label, "services")
    assert re.search(rf"\.{method}\(|[\"']{method}[\"']", text), f"no service calls {model.__name__}.{method}()"
    assert re.search(r"audit\.record(_many)?\(", text), f"services of {model._meta.app_label} record nothing"


def test_verbs_are_named_in_services_and_registered():
    """What services record under a literal name is registered with a label (at the call it would be an error)."""
    from incubator.audit.registries import get_verb

    unknown = []
    for config in own_apps():
        for verb in re.findall(
            r"audit\.record(?:_many)?\(\s*[\"']([\w.]+)[\"']", module_text(config.label, "services")
        ):
            try:
                assert get_verb(verb).label
            except LookupError:
                unknown.append(f"{config.label}: {verb}")
    assert unknown == []


def test_files_stay_readable():
    """Under 400 lines each, and none that is named after nothing."""
    long = [
        f"{path.relative_to(ROOT)}: {lines}"
        for path in own_files()
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > MAX_LINES
    ]
    assert long == []
    banned = {"utils.py", "helpers.py", "selectors.py", "managers.py", "misc.py", "common.py"}
    assert [str(path.relative_to(ROOT)) for path in own_files() if path.name in banned] == []


def registries():
    """Every Registry of the house by its name."""
    found = {}
    for config in own_apps():
        for stem in ("registries", "panels"):
            try:
                module = import_module(f"{config.name}.{stem}")
            except ModuleNotFoundError as error:
                if error.name != f"{config.name}.{stem}":
                    raise
                continue
            found |= {item.name: item for item in vars(module).values() if isinstance(item, Registry)}
    return found


def plugins():
    return [(name, plugin) for name, registry in registries().items() for plugin in registry]


@pytest.mark.parametrize(
    ("registry", "plugin"), plugins(), ids=lambda value: value if isinstance(value, str) else str(value.code)
)
def test_every_plug_in_is_complete(registry, plugin):
    label = getattr(plugin, "label", None)
    assert label is None or isinstance(label, Promise), f"{plugin.__name__}.label is not translated lazily"
    for attribute in ("template", "template_name", "print_template"):
        name = getattr(plugin, attribute, None)
        if not isinstance(name, str):
            continue
        if registry == "notification kinds":
            for part in ("subject", "body"):
                get_template(f"{name}_{part}.txt")
        elif not name.endswith(".docx"):
            get_template(name)
    policy = vars(plugin).get("policy")
    assert policy is None or isinstance(policy, staticmethod), f"{plugin.__name__}.policy has to be static"


@pytest.mark.no_db
def test_import_contracts_are_kept():
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-logo"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]


@pytest.mark.no_db
def test_model_signals_are_not_used():
    """Those of migrating are none: they say that tables have come or go."""
    wrong = [
        str(path.relative_to(ROOT))
        for path in own_files()
        if path.relative_to(ROOT).parts[0] in PACKAGES
        and any(
            isinstance(node, ast.ImportFrom)
            and node.module == "django.db.models.signals"
            and {name.name for name in node.names} - {"pre_migrate", "post_migrate"}
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        )
    ]
    assert wrong == []


@pytest.mark.no_db
def test_services_take_the_actor_and_name_their_arguments():
    """Public verbs are keyword-only; positional arguments would let two ids be swapped unseen."""
    wrong = []
    for config in own_apps():
        if config.name.startswith("incubator."):
            continue
        for node in ast.walk(ast.parse(module_text(config.label, "services"))):
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            if any(argument.arg == "actor" for argument in node.args.args):
                wrong.append(f"{config.label}.{node.name}")
    assert wrong == []


def test_a_visitor_sees_no_page_but_the_public_ones(client):
    """Before sign-in every address without parameters leads to the sign-in page, says 401 or 403, or is public."""
    from incubator.base.policies import public

    open_pages = []
    for where, callback in patterns():
        view = view_class(callback)
        if "<" in where or "(?P" in where or foreign_reason(view) or getattr(view, "policy", None) is public:
            continue
        response = client.get("/" + where.replace("^", "").replace("$", "").replace("\\Z", ""))
        if response.status_code not in {302, 401, 403, 404, 405}:
            open_pages.append(f"{where}: {response.status_code}")
    assert open_pages == []
