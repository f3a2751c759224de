"""Three small readers: every value that comes from outside passes through one of them."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

# PostgreSQL expects disks that have to turn: four times the price for a page out of order. With it
# a search for a rare word would read the whole register instead of the index of pieces.
# Nor are its queries compiled first: that takes longer than answering any of a page's.
FOR_PAGES = "-c random_page_cost=1.1 -c jit=off"
TRUE = {"1", "true", "yes", "on"}


def env(name: str, default: str = "") -> str:
    """Return a setting from the environment, stripped; the default when absent or blank."""
    return os.environ.get(name, "").strip() or default


def env_bool(name: str, *, default: bool = False) -> bool:
    """Return a yes/no setting; absent means the default."""
    value = env(name)
    return value.lower() in TRUE if value else default


def env_int(name: str, default: int) -> int:
    """Return a whole number that is not negative; the default when absent."""
    value = env(name)
    if value and not value.isdecimal():
        message = f"{name} must be a whole number, not {value}"
        raise ValueError(message)
    return int(value) if value else default


def env_secret(name: str, kept_in: Path) -> str:
    """Return a secret from NAME, from the file named by NAME_FILE, or one kept in the home folder.

    The kept file is made on first use, readable by its owner only.
    """
    if value := env(name):
        return value
    if named := env(f"{name}_FILE"):
        return Path(named).read_text(encoding="utf-8").strip()
    if not kept_in.exists():
        kept_in.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(kept_in, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(secrets.token_urlsafe(48))
    return kept_in.read_text(encoding="utf-8").strip()


@dataclass(frozen=True, slots=True)
class SingleSignOn:
    """An identity provider that speaks OpenID Connect."""

    url: str
    client: str
    secret: str
    name: str

    @property
    def origin(self) -> str:
        """Scheme and host, to which a form may be sent on."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"

    def as_app(self) -> dict[str, object]:
        """Return it as allauth wants to be told of it."""
        return {
            "provider_id": "sso",
            "name": self.name,
            "client_id": self.client,
            "secret": self.secret,
            "settings": {"server_url": self.url},
        }


def single_sign_on() -> SingleSignOn | None:
    """Return the identity provider of this installation; None where it has none."""
    url = env("TONGXIN_OIDC_URL")
    if not url:
        return None
    secret, file = env("TONGXIN_OIDC_SECRET"), env("TONGXIN_OIDC_SECRET_FILE")
    if file:
        secret = Path(file).read_text(encoding="utf-8").strip()
    return SingleSignOn(
        url.rstrip("/"), env("TONGXIN_OIDC_CLIENT"), secret, env("TONGXIN_OIDC_NAME", "OIDC")
    )


def database(url: str, home: Path) -> dict[str, object]:
    """Return Django's database settings for a postgresql:// URL, or for SQLite in the home folder.

    SQLite takes the write lock when a transaction begins and syncs at every commit; a deferred
    transaction that reads and then writes fails at once however long the time-out is. Connections
    outlive requests: a new one would start without its page cache and its four PRAGMAs. What is
    deleted is overwritten: a name that was erased does not stay in the file.
    """
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": home / "tongxin.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA cache_size=-32000;"
                    "PRAGMA secure_delete=ON;"
                ),
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        message = f"TONGXIN_DATABASE_URL must start with postgresql://, not {parts.scheme}://"
        raise ValueError(message)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "OPTIONS": {"options": FOR_PAGES, **dict(parse_qsl(parts.query))},
    }
