"""Settings of every installation. What differs between machines comes from the environment (environment.py)."""

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from .environment import BASE_DIR, LABELS, choice, env, flag, names, number, robot_endpoint, service, text, url

DEBUG = flag("DEBUG")
DEMO = flag("DEMO")
SERVER_TIMING = DEBUG or flag("SERVER_TIMING")
SECRET_KEY = text("SECRET_KEY")
LINKING_KEY = text("LINKING_KEY", SECRET_KEY) or SECRET_KEY  # joins answers of one person across surveys
ALLOWED_HOSTS = names("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = names("TRUSTED_ORIGINS")
# The demonstration and a developer's machine speak plain HTTP on a loopback address; everything else is HTTPS.
HTTPS = flag("HTTPS", default=not (DEBUG or DEMO))
LINKAGE_LABEL = choice("LINKAGE_LABEL", LABELS, "三社联动")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "allauth",
    "allauth.account",
    "axes",
    "django_celery_beat",
    "incubator.base",
    "incubator.jobs",
    "incubator.divisions",
    "incubator.audit",
    "incubator.notifications",
    "incubator.accounts",
    "incubator.calendars",
    "incubator.reporting",
    "incubator.importing",
    "incubator.api",
    "organizations",
    "projects",
    "evaluations",
    "funding",
    "linkage",
    "incubator.site",
]

MIDDLEWARE = [
    "incubator.base.middleware.ServerTimingMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "incubator.base.middleware.PersonLocaleMiddleware",
    "incubator.accounts.middleware.SignInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "incubator.urls"
WSGI_APPLICATION = "incubator.wsgi.application"
ASGI_APPLICATION = "incubator.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "incubator.site.context.frame",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "incubator.base.templatetags.base"],
        },
    }
]
FORM_RENDERER = "incubator.base.rendering.Renderer"
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- data -----------------------------------------------------------------------------------------------------------
DATABASES = {
    "default": service(
        "DATABASE_URL",
        f"sqlite:///{BASE_DIR / 'var' / 'miaopu.sqlite3'}",
        {"sqlite", "postgres", "postgresql"},
        env.db_url,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE takes the write lock when a transaction begins, so that two writers wait for each other instead of
    # failing half-way with "database is locked"; WAL lets readers go on meanwhile.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;"
        "PRAGMA mmap_size=134217728;PRAGMA journal_size_limit=27103364;PRAGMA cache_size=-20000;",
    }
else:
    DATABASES["default"].setdefault("CONN_MAX_AGE", 60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": service(
        "CACHE_URL", "locmemcache://", {"locmemcache", "dbcache", "filecache", "rediscache", "redis"}, env.cache_url
    )
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
MEDIA_ROOT = text("MEDIA_ROOT", str(BASE_DIR / "var" / "media"))
FILE_UPLOAD_HANDLERS = [
    "incubator.base.files.CappedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# --- static files: served from here alone ---------------------------------------------------------------------------
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = BASE_DIR / "var" / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if DEBUG:
    STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"

# --- people ---------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "incubator.accounts.backends.AccountBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "incubator.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = None  # the person says so when signing in
ACCOUNT_FORMS = {"login": "incubator.accounts.forms.LoginForm"}
# Failures are throttled by axes; counting successful sign-ins as well would lock a shared office computer out.
ACCOUNT_RATE_LIMITS = {"login": False, "login_failed": False}
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "incubator.accounts.lockout.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_USERNAME_FORM_FIELD = "login"
AXES_USERNAME_CALLABLE = "incubator.accounts.lockout.username"
AXES_CLIENT_IP_CALLABLE = "incubator.accounts.lockout.client_address"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14

# --- language and time ----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# --- mail -----------------------------------------------------------------------------------------------------------
vars().update(
    service(
        "EMAIL_URL",
        "consolemail://",
        {"consolemail", "filemail", "memorymail", "smtp", "smtp+tls", "smtp+ssl", "smtps"},
        env.email_url,
    )
)
DEFAULT_FROM_EMAIL = text("FROM_EMAIL", "miaopu@localhost")
EMAIL_TIMEOUT = 20
SITE_URL = text("SITE_URL", "").rstrip("/")  # what links in mails begin with; without it mails carry no links

# --- robots of chat groups ------------------------------------------------------------------------------------------
ROBOT_ENDPOINT = robot_endpoint("ROBOT_ENDPOINT")  # tests: a server on this machine that stands for all services
ROBOT_SECONDS = 5

# --- background work: the Job table is the truth, Celery executes it ------------------------------------------------
CELERY_BROKER_URL = url("BROKER_URL", "memory://", {"memory", "redis", "rediss"})
CELERY_EMBEDDED = CELERY_BROKER_URL.startswith("memory")
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_TIMEOUT = 2
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {}
    if CELERY_EMBEDDED
    else {"visibility_timeout": 3600, "unacked_restore_interval": 10, "unacked_restore_throttle": 1}
)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE
CELERY_RESULT_EXPIRES = None  # there are no results, hence none to clear away
# What is due when stands in the tables of django-celery-beat, where admins change it (incubator/jobs/schedules.py); here
# is only the pulse by which it is looked at. Its scheduler in the database has another word for the same option.
# A message lives longer than until the next one, since the clocks of beat and worker may differ by some seconds.
_LIVES = "expires" if CELERY_EMBEDDED else "expire_seconds"
CELERY_BEAT_SCHEDULE = {
    "jobs.sweep": {"task": "jobs.sweep", "schedule": 1.0, "options": {_LIVES: 15}},
    "jobs.start_due": {"task": "jobs.start_due", "schedule": 10.0, "options": {_LIVES: 60}},
}
JOBS_CLAIM_SECONDS = number("JOBS_CLAIM_SECONDS", 60, at_least=2)
JOBS_KEPT_DAYS = number("JOBS_KEPT_DAYS", 60, at_least=40)
RUNS_KEPT_MONTHS = number("RUNS_KEPT_MONTHS", 13, at_least=2)

# --- the interface for machines ---------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["incubator.base.api.PolicyPermission"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_PAGINATION_CLASS": "incubator.base.api.Pagination",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_THROTTLE_CLASSES": ["rest_framework.throttling.UserRateThrottle"],
    "DEFAULT_THROTTLE_RATES": {"user": "1200/min"},
    "EXCEPTION_HANDLER": "incubator.base.api.exception_handler",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Miaopu API",
    "DESCRIPTION": "Organizations, activities and divisions, under the same policies as the pages.",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["incubator.base.api.PolicyPermission"],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    # Choices that stand in fields of several names.
    "ENUM_NAME_OVERRIDES": {
        "GrowthOutcomeEnum": "evaluations.choices.Outcome",
        "OrganizationFormEnum": "organizations.choices.OrganizationForm",
        "RatedStageEnum": "organizations.choices.RATED_CHOICES",
    },
}

# --- protection -------------------------------------------------------------------------------------------------------
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked by machines next door, over plain HTTP
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
BEHIND_PROXY = flag("BEHIND_PROXY")
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "incubator.base.error_pages.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "incubator.base.logs.SecretFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "celery.beat": {"level": "WARNING"},
        "celery.worker.strategy": {"level": "WARNING"},
        "celery.app.trace": {"level": "WARNING"},
        "kombu.connection": {"level": "ERROR"},
        "axes": {"level": "WARNING"},
    },
}
