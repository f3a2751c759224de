"""An identity provider of its own: allauth's, run as a program on the loopback.

    python provider.py PORT REDIRECT_URI

It knows two people, whose passwords are their names: `wenfeng`, with a verified address, and
`doubtful`, with the same address unverified. It prints a line when it answers.
"""

import sys
from wsgiref.simple_server import WSGIRequestHandler, make_server

PORT, REDIRECT = int(sys.argv[1]), sys.argv[2]
CLIENT, SECRET = "tongxin", "a secret between the two"


def configure():
    """Settings of a small site."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa
    from django.conf import settings

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    settings.configure(
        SECRET_KEY="only for the tests",
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF=__name__,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.messages",
            "django.contrib.sessions",
            "allauth",
            "allauth.account",
            "allauth.idp.oidc",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "allauth.account.middleware.AccountMiddleware",
        ],
        AUTHENTICATION_BACKENDS=["allauth.account.auth_backends.AuthenticationBackend"],
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.messages.context_processors.messages",
                    ]
                },
            }
        ],
        ACCOUNT_EMAIL_VERIFICATION="none",
        ACCOUNT_RATE_LIMITS=False,
        IDP_OIDC_PRIVATE_KEY=pem.decode(),
        SESSION_COOKIE_NAME="provider",
        CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
    )


class Quiet(WSGIRequestHandler):
    """A handler that prints nothing."""

    def log_message(self, *_args):
        """Say nothing."""


def people():
    """Register the house, and two people."""
    from allauth.account.models import EmailAddress
    from allauth.idp.oidc.models import Client
    from django.contrib.auth import get_user_model
    from django.contrib.auth.hashers import make_password

    Client.objects.create(
        id=CLIENT,
        name="Tongxin",
        secret=make_password(SECRET),
        scopes="openid\nprofile\nemail",
        redirect_uris=REDIRECT,
        skip_consent=True,
    )
    for name in ("wenfeng", "doubtful"):
        address = "wenfeng@example.org"
        account = get_user_model().objects.create_user(name, address, name)
        EmailAddress.objects.create(
            user=account, email=address, verified=name == "wenfeng", primary=True
        )


def serve():
    """Answer until somebody ends the program."""
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application

    call_command("migrate", verbosity=0)
    people()
    with make_server("127.0.0.1", PORT, get_wsgi_application(), handler_class=Quiet) as server:
        print("ready", flush=True)  # noqa: T201  the tests wait for it
        server.serve_forever()


if __name__ == "__main__":
    configure()
    import django

    django.setup()
    from django.urls import include, path

    urlpatterns = [
        path("accounts/", include("allauth.account.urls")),
        path("", include("allauth.idp.urls")),
    ]
    serve()
