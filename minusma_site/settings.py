"""Settings of the site, in the shape that production has.

What differs between installations comes from the environment or from ``.env`` beside manage.py;
.env.example lists it. All else is here.
"""

from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.utils.translation import gettext_lazy as _

from minusma_site import __version__
from minusma_site.release import fingerprint
from minusma_site.secret import kept_secret

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
env.read_env(BASE_DIR / ".env")

# Where and who
DEBUG = env.bool("DEBUG", default=False)
DATA_DIR = BASE_DIR / env.str("DATA_DIR", default="var")
HOST = env.str("HOST", default="127.0.0.1")
PORT = env.int("PORT", default=8000)
SITE_URL = env.str("SITE_URL", default=f"http://{HOST}:{PORT}").rstrip("/")
SITE_HOST = urlsplit(SITE_URL).hostname or ""
SITE_NAME = env.str("SITE_NAME", default="Sentence by Sentence")
HTTPS = SITE_URL.startswith("https://")
ON_LOOPBACK = SITE_HOST in {"localhost", "127.0.0.1", "::1"}
LOOPBACK_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[*LOOPBACK_HOSTS, HOST, SITE_HOST])
SECRET_KEY = env.str("SECRET_KEY", default="") or kept_secret(DATA_DIR / "secret_key")
# What makes pages out of articles: the program, and the names that stand in them.
PROGRAM = ["articles", "minusma_site", "templates", "static", "locale", "requirements.txt"]
RELEASE = f"{__version__}-" + fingerprint(BASE_DIR, *PROGRAM, site=f"{SITE_NAME} {SITE_URL}")

# Evidence: how sources are fetched, and where their copies lie
# host:port pairs that may be fetched although they are not public
FETCH_ALLOW = env.list("FETCH_ALLOW", default=[])
# Whom a web site's owner may write to about our visits: an address of a page or an e-mail
FETCH_CONTACT = env.str("FETCH_CONTACT", default="") or SITE_URL
FETCH_AGENT = f"minusma/{__version__} (+{FETCH_CONTACT})"  # the name up to / is robots.txt's
# Whom to tell of a hole in the site (/.well-known/security.txt)
SECURITY_CONTACT = env.str("SECURITY_CONTACT", default="") or FETCH_CONTACT
FETCH_DELAY = env.float("FETCH_DELAY", default=1.0)  # seconds between two requests to a host
RECHECK_DAYS = env.int("RECHECK_DAYS", default=30)  # until a source is looked at again
SNAPSHOTS_DIR = DATA_DIR / "snapshots"
DOI_RESOLVER = env.str("DOI_RESOLVER", default="https://doi.org/")
ISBN_SERVICE = env.str("ISBN_SERVICE", default="https://openlibrary.org/")
UN_DOCUMENTS = env.str("UN_DOCUMENTS", default="https://docs.un.org/")
# Where archived copies are asked for (RFC 7089), such as https://web.archive.org/web/; off if ""
MEMENTO_TIMEGATE = env.str("MEMENTO_TIMEGATE", default="")
WORKER = env.bool("WORKER", default=True)  # script/server runs one beside the web server
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# The program
INSTALLED_APPS = [
    "articles",
    "taggit",
    "markdownx",
    "django_tasks",
    "django_tasks_db",
    "minusma_site.apps.EditorsAdmin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "minusma_site.middleware.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "minusma_site.middleware.FrontDoor",
    "minusma_site.middleware.ReadersLane",  # readers' pages pay for nothing below
    "django.contrib.sessions.middleware.SessionMiddleware",
    "minusma_site.middleware.EditorsLanguage",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
ROOT_URLCONF = "minusma_site.urls"
WSGI_APPLICATION = "minusma_site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
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
            ],
            "builtins": [
                "django.templatetags.i18n",
                "articles.templatetags.words",  # in place of some of Django's tags
                "articles.templatetags.addresses",
            ],
        },
    },
]

# Database
SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": DATA_DIR / "db.sqlite3",
    "CONN_MAX_AGE": None,
    "OPTIONS": {
        # Take the write lock at the start of a transaction: one that reads first and writes later
        # fails at once when another wrote in between, whatever its timeout.
        "transaction_mode": "IMMEDIATE",
        # Seconds to wait for the lock. Waiting is by asking again ten times a second, not by
        # queueing: of 2,000 saves that eight editors sent without a pause on two busy cores, the
        # unluckiest waited for 8 s. Below the minute after which nginx gives up.
        "timeout": 50,
        # FULL: an answer of 302 comes after the commit is on the disk, also in WAL mode.
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-20000;"
            "PRAGMA mmap_size=134217728; PRAGMA temp_store=MEMORY;"
        ),
    },
}
POSTGRESQL = {
    "CONN_MAX_AGE": 60,  # seconds
    "CONN_HEALTH_CHECKS": True,
    # Said again for databases whose default was changed: a saved text survives a crash.
    "OPTIONS": {"options": "-c synchronous_commit=on"},
}
DATABASE_URL = env.str("DATABASE_URL", default="")
DATABASE = env.db_url_config(DATABASE_URL) if DATABASE_URL else SQLITE
if DATABASE["ENGINE"] == SQLITE["ENGINE"]:
    DATABASE = SQLITE | {"NAME": DATABASE["NAME"]}
else:
    DATABASE = POSTGRESQL | DATABASE
    DATABASE["OPTIONS"] = POSTGRESQL["OPTIONS"] | DATABASE.get("OPTIONS", {})
DATABASES = {"default": DATABASE}

# Cache
CACHE = env.cache_url_config(env.str("CACHE_URL", default="") or "locmemcache://")
if CACHE["BACKEND"].endswith("LocMemCache"):
    # Each worker has its own, of pages that take up to 400 kB and are kept plain and compressed:
    # no more of them, so that two workers stay within 200 MiB. Redis has no such bound.
    CACHE["OPTIONS"] = {"MAX_ENTRIES": 120}
CACHE["TIMEOUT"] = 24 * 60 * 60  # seconds; entries are keyed by content, so this only makes room
CACHES = {"default": CACHE}

# Languages and times
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

# Static files
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "minusma_site.static.PackedStaticFiles"
    },
}
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
MEDIA_ROOT = DATA_DIR / "uploads"

# Limits of a request. A form of 300 sections has some 2,000 fields; 2 MB of text in a script
# other than Latin takes three times that, percent-encoded.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024  # bytes, without files
REQUEST_BODY_LIMIT = 32 * 1024 * 1024  # bytes, with files

# Tags, Markdown
TAGGIT_CASE_INSENSITIVE = True
TAGGIT_STRIP_UNICODE_WHEN_SLUGIFYING = False
# markdownx's own addresses stay closed: urls.py has one for the preview, none for uploads.
MARKDOWNX_UPLOAD_CONTENT_TYPES = []

# Accounts
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{validator}"}
    for validator in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "admin:login"
CSRF_FAILURE_VIEW = "minusma_site.kept.csrf_failure"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

# Security. What needs https follows from SITE_URL.
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
# https ends at a proxy, which has to set this header itself (docs/operations.md).
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
CSRF_TRUSTED_ORIGINS = [SITE_URL] if HTTPS else []
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
SILENCED_SYSTEM_CHECKS = [
    # These look for Django's SecurityMiddleware and XFrameOptionsMiddleware by name.
    # SecurityHeaders does their work and more, as tests/site/test_headers.py makes sure.
    "security.W001",
    "security.W002",
]
if ON_LOOPBACK and not HTTPS:
    # Cookies marked Secure would not come back over plain http. Nothing leaves this machine.
    SILENCED_SYSTEM_CHECKS += ["security.W012", "security.W016"]

# To stderr, where whatever runs the site collects it.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        # A 404, a stranger's Host header or too large a form is no event; a 500 comes with its
        # traceback.
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "django.security.RequestDataTooBig": {"level": "CRITICAL"},
        "django.security.TooManyFieldsSent": {"level": "CRITICAL"},
        # Malformed headers of foreign pages are told where the page is missing.
        "urllib3": {"level": "ERROR"},
    },
}
