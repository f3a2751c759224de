"""All settings of Tongxin; what differs between machines comes by environment."""

from pathlib import Path

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from .access import THIRD_PARTY
from .env import database, env, env_bool, env_int, env_secret, single_sign_on

PACKAGE = Path(__file__).resolve().parent.parent

# --- Where this installation keeps its data -------------------------------------------------
HOME = Path(env("TONGXIN_HOME", "var")).resolve()
DEMO = env_bool("TONGXIN_DEMO")
DEBUG = env_bool("TONGXIN_DEBUG")
SECRET_KEY = env_secret("TONGXIN_SECRET_KEY", HOME / "secret.key")
ALLOWED_HOSTS = env("TONGXIN_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in env("TONGXIN_ORIGINS").split(",") if origin]
DATABASES = {"default": database(env("TONGXIN_DATABASE_URL"), HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- The rooms, from the top of the staircase to the bottom ---------------------------------
ROOMS = [
    "tongxin.demo",
    "tongxin.desk",
    "tongxin.api",
    "tongxin.briefings",
    "tongxin.indicators",
    "tongxin.brands",
    "tongxin.campaigns",
    "tongxin.trainings",
    "tongxin.party_building",
    "tongxin.funds",
    "tongxin.incubation",
    "tongxin.sites",
    "tongxin.assessments",
    "tongxin.standards",
    "tongxin.organisations",
    "tongxin.exchange",
    "tongxin.programmes",
    "tongxin.panels",
    "tongxin.participants",
    "tongxin.public_notices",
    "tongxin.reviews",
    "tongxin.registers",
    "tongxin.calendars",
    "tongxin.files",
    "tongxin.accounts",
    "tongxin.divisions",
    "tongxin.journal",
    "tongxin.sheets",
    "tongxin.core",
]
INSTALLED_APPS = [
    *ROOMS,
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_htmx",
    "django_linear_migrations",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    # Outermost, so that every answer has their headers: redirects, refusals and static files too.
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "tongxin.core.middleware.OwnPagesOnly",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "tongxin.core.middleware.NothingLeftBehind",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "tongxin.accounts.middleware.SessionClock",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tongxin.core.middleware.KnownMethod",
    "tongxin.core.middleware.ReadableAddress",
    "tongxin.accounts.middleware.AccessRule",
    "tongxin.programmes.middleware.CurrentProgramme",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "tongxin.config.urls"
WSGI_APPLICATION = "tongxin.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "tongxin.desk.context.frame",
            ],
            "builtins": ["tongxin.core.templatetags.words"],
        },
    },
]

# --- Signing in -----------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["tongxin.accounts.backend.Door"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "tongxin.accounts.passwords.LongEnough"},
    {"NAME": "tongxin.accounts.passwords.NotCommon"},
    {"NAME": "tongxin.accounts.passwords.NotOneself"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:home"
ACCOUNT_ADAPTER = "tongxin.accounts.adapter.ClosedDoor"
ACCOUNT_FORMS = {"login": "tongxin.accounts.forms.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "60/m/ip,10/5m/key"}
ACCOUNT_USER_DISPLAY = "tongxin.accounts.queries.shown_name"
SINGLE_SIGN_ON = single_sign_on()
SOCIALACCOUNT_ADAPTER = "tongxin.accounts.single_sign_on.SingleSignOn"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [SINGLE_SIGN_ON.as_app()] if SINGLE_SIGN_ON else [],
    },
}
SOCIALACCOUNT_ONLY = False
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_ADAPTER = "tongxin.accounts.second_factor.SecondFactor"
MFA_FORMS = {
    "authenticate": "tongxin.accounts.factor_forms.CodeForm",
    "reauthenticate": "tongxin.accounts.factor_forms.CodeAgainForm",
    "activate_totp": "tongxin.accounts.factor_forms.ActivateForm",
    "add_webauthn": "tongxin.accounts.factor_forms.PasskeyForm",
    "edit_webauthn": "tongxin.accounts.factor_forms.PasskeyNameForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "同心"
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False
THIRD_PARTY_ACCESS = THIRD_PARTY
SESSION_ENGINE = "tongxin.accounts.sessions"
SESSION_COOKIE_AGE = 3600 * env_int("TONGXIN_SESSION_HOURS", 12)
IDLE_SECONDS = 60 * env_int("TONGXIN_IDLE_MINUTES", 30)
PASSWORD_DAYS = env_int("TONGXIN_PASSWORD_DAYS", 0)

# --- On the wire ----------------------------------------------------------------------------
SECURE = env_bool("TONGXIN_HTTPS")
# The prefix binds a cookie to this host and to HTTPS; a browser takes it over HTTPS only.
COOKIE = "__Host-" if SECURE else ""
SESSION_COOKIE_NAME = f"{COOKIE}sessionid"
CSRF_COOKIE_NAME = f"{COOKIE}csrftoken"
LANGUAGE_COOKIE_NAME = f"{COOKIE}language"
MESSAGES_COOKIE_NAME = f"{COOKIE}messages"
SIZE_COOKIE_NAME = f"{COOKIE}size"
KEYS_COOKIE_NAME = f"{COOKIE}keys"
DENSITY_COOKIE_NAME = f"{COOKIE}density"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "tongxin.core.notes.Notes"
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_SSL_REDIRECT = SECURE
BEHIND_PROXY = env_bool("TONGXIN_BEHIND_PROXY")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
# Whether a name stands in the browsers' own lists is for the owner of its domain to decide.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "font-src": [NONE],
        "object-src": [NONE],
        # A form that begins single sign-on is sent on to the provider.
        "form-action": [SELF, *([SINGLE_SIGN_ON.origin] if SINGLE_SIGN_ON else [])],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}
TYPED_INTO = {"registers:new"}
CSRF_FAILURE_VIEW = "tongxin.desk.views.stale_form"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000

# --- Language, time, numbers ----------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("中文")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
FORMAT_MODULE_PATH = ["tongxin.config.formats"]

# --- Static files ---------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
WHITENOISE_ALLOW_ALL_ORIGINS = False
PLAIN_STATIC = env_bool("TONGXIN_PLAIN_STATIC", default=DEBUG)
STORAGES = {
    # The contents of attachments: no address leads to this folder, only a view that asks first.
    "attachments": {
        "BACKEND": "tongxin.files.storage.Shelf",
        "OPTIONS": {
            "location": HOME / "files",
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if PLAIN_STATIC
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        ),
    },
}

# --- The journal ----------------------------------------------------------------------------
JOURNAL_HASH = env("TONGXIN_JOURNAL_HASH", "sha256")
SIGNING_KEY = Path(env("TONGXIN_SIGNING_KEY", str(HOME / "signer" / "key.pem")))

# --- Uploads --------------------------------------------------------------------------------
FILE_UPLOAD_HANDLERS = ["tongxin.files.uploads.BoundedUpload"]
DATA_UPLOAD_MAX_NUMBER_FILES = 1
VIRUS_SCANNER = env("TONGXIN_CLAMD")

# --- Work in the background, mail, logs -----------------------------------------------------
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
EMAIL_HOST = env("TONGXIN_MAIL_HOST")
EMAIL_PORT = int(env("TONGXIN_MAIL_PORT", "587"))
EMAIL_USE_TLS = env_bool("TONGXIN_MAIL_TLS", default=True)
EMAIL_HOST_USER = env("TONGXIN_MAIL_USER")
EMAIL_HOST_PASSWORD = env("TONGXIN_MAIL_PASSWORD")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env("TONGXIN_MAIL_FROM", "tongxin@localhost")
MAIL_SET_UP = bool(EMAIL_HOST)
"""Whether letters reach anybody. Without a host they would be printed, with their links."""
EMAIL_BACKEND = env(
    "TONGXIN_EMAIL_BACKEND",
    f"django.core.mail.backends.{'smtp' if MAIL_SET_UP else 'console'}.EmailBackend",
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "class": "tongxin.core.logs.OneLine",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
            "datefmt": "%Y-%m-%dT%H:%M:%S%z",
        },
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    # A page that is not there, or a form to be corrected, is no event for the operator.
    "loggers": {
        "django.request": {"level": "ERROR"},
        # Who came in, who did not, and which doors stayed shut: told whatever the level is.
        "tongxin.security": {"level": "INFO"},
    },
    "root": {"handlers": ["console"], "level": env("TONGXIN_LOG", "WARNING")},
}
