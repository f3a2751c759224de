"""A real home on disk, or a database of its own on PostgreSQL, that can be had afresh."""

import os
import shutil
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

URL = "TONGXIN_DATABASE_URL"


class OnSqlite:
    """The database is a file of the home: it is copied."""

    def __init__(self, home):
        self.base, self.run = home / "base.sqlite3", home / "tongxin.sqlite3"

    def keep(self):
        """Remember the database as it is now, without the files beside it."""
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        shutil.copy(self.run, self.base)

    def renew(self):
        """Put the database back, and take away what a killed process left beside it."""
        for beside in self.run.parent.glob("tongxin.sqlite3*"):
            beside.unlink()
        shutil.copy(self.base, self.run)

    def whole(self):
        """Whether the database finds itself whole."""
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            return cursor.fetchall() == [("ok",)]

    def close(self):
        """Nothing more: the home goes as a whole."""


class OnPostgres:
    """The database is made from another one."""

    def __init__(self, url):
        import psycopg

        self.url = urlsplit(url)
        self.name = f"tongxin_kills_{os.getpid()}"
        server = self.url._replace(path="/postgres").geturl()
        self.server = psycopg.connect(server, autocommit=True)
        self._do('CREATE DATABASE "{0}"')
        os.environ[URL] = self.url._replace(path=f"/{self.name}").geturl()

    def _do(self, *statements):
        for statement in statements:
            self.server.execute(statement.format(self.name))

    def keep(self):
        """Remember the database as it is now."""
        from django.db import connection

        connection.close()
        self._do('ALTER DATABASE "{0}" RENAME TO "{0}_base"')

    def renew(self):
        """Make the database again from what was kept."""
        self._do(
            'DROP DATABASE IF EXISTS "{0}" WITH (FORCE)',
            'CREATE DATABASE "{0}" TEMPLATE "{0}_base"',
        )

    def whole(self):
        """A server that would not be whole would not answer."""
        return True

    def close(self):
        """Take both databases away."""
        self._do(
            'DROP DATABASE IF EXISTS "{0}" WITH (FORCE)',
            'DROP DATABASE IF EXISTS "{0}_base" WITH (FORCE)',
        )
        self.server.close()


def found():
    """Make an empty home and start Django on it; return the home and its database."""
    for name in [n for n in os.environ if n.startswith("TONGXIN_") and n != URL]:
        del os.environ[name]
    home = Path(tempfile.mkdtemp(prefix="tongxin-kills-"))
    (home / "static").mkdir()
    os.environ |= {
        "TONGXIN_HOME": str(home),
        "TONGXIN_PLAIN_STATIC": "1",
        "TONGXIN_LOG": "CRITICAL",
        "DJANGO_SETTINGS_MODULE": "tongxin.config.settings",
    }
    url = os.environ.get(URL)
    database = OnPostgres(url) if url else OnSqlite(home)
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    return home, database
