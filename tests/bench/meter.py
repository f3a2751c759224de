"""Asking the running application for pages, and counting what each costs."""

import gc
import gzip
import io
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test import RequestFactory

from tests import factories as make
from tongxin.accounts.sessions import SessionStore, begin

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: its status and its bytes, as sent and unpacked."""

    status: int
    sent: int
    body: bytes


@dataclass(frozen=True, slots=True)
class Compared:
    """Two ways of spending CPU, taken in turns: medians in milliseconds, and of their ratios."""

    cost: float
    against: float
    ratio: float
    spread: tuple[float, float]
    """The ratio's lower and upper quartile."""


class Visitor:
    """Somebody signed in, who asks the whole application: middleware, view, template, gzip."""

    def __init__(self, account: Any) -> None:
        self.application = get_wsgi_application()
        session = SessionStore()
        session[SESSION_KEY] = str(account.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = account.get_session_auth_hash()
        begin(session, "")
        session.update(make.with_second_factor(account))
        session.save()
        self.factory = RequestFactory(
            HTTP_COOKIE=f"{settings.SESSION_COOKIE_NAME}={session.session_key}",
            HTTP_ACCEPT_ENCODING="gzip, deflate, br",
            HTTP_ACCEPT_LANGUAGE="zh-CN,zh;q=0.9",
            SERVER_NAME="127.0.0.1",
        )

    def ask(self, address: str) -> Answer:
        """Ask for a page and read it to its end, as a server does."""
        path, _, query = address.partition("?")
        heard: list[str] = []
        environ = self.factory._base_environ(PATH_INFO=path, QUERY_STRING=query)
        environ["wsgi.input"] = io.BytesIO()
        response = self.application(environ, lambda status, _headers: heard.append(status))
        sent = b"".join(response)
        response.close()
        body = gzip.decompress(sent) if sent[:2] == b"\x1f\x8b" else sent
        return Answer(int(heard[0][:3]), len(sent), body)

    def cost(self, address: str) -> Callable[[], float]:
        """Return a function that asks for a page and tells the CPU it took, in milliseconds."""
        path, _, query = address.partition("?")
        environ = self.factory._base_environ(PATH_INFO=path, QUERY_STRING=query)

        def spend() -> float:
            fresh = {**environ, "wsgi.input": io.BytesIO()}
            before = cpu()
            response = self.application(fresh, _ignore)
            b"".join(response)
            response.close()
            return (cpu() - before) * 1_000

        return spend


def _ignore(_status: str, _headers: Any) -> None:
    """Take the head of an answer and keep nothing."""


def cpu() -> float:
    """Return the CPU seconds of this process, and of the database process that serves it."""
    spent = time.process_time()
    if connection.vendor == "postgresql":
        spent += _backend_cpu()
    return spent


def _backend_cpu() -> float:
    """Return the CPU seconds of our PostgreSQL process, where it runs on this machine."""
    if connection.connection is None:
        return 0.0
    counts = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    return int(counts.read_text(encoding="ascii").split()[0]) / 1e9 if counts.exists() else 0.0


def timed(work: Callable[[], object]) -> Callable[[], float]:
    """Return a function that does some work and tells the CPU it took, in milliseconds."""

    def spend() -> float:
        before = cpu()
        work()
        return (cpu() - before) * 1_000

    return spend


def compare(one: Callable[[], float], other: Callable[[], float], pairs: int) -> Compared:
    """Take two costs in turns, the first to go changing each time, and compare them by pairs."""
    for warm_up in (one, other) * min(3, pairs // 10):
        warm_up()
    gc.collect()
    taken = []
    for turn in range(pairs):
        if turn % 2:
            second, first = other(), one()
        else:
            first, second = one(), other()
        taken.append((first, second))
    ratios = [first / second for first, second in taken]
    low, _middle, high = statistics.quantiles(ratios, n=4)
    return Compared(
        cost=statistics.median(first for first, _second in taken),
        against=statistics.median(second for _first, second in taken),
        ratio=statistics.median(ratios),
        spread=(low, high),
    )


def lowest(work: Callable[[], Found], times: int) -> tuple[float, Found]:
    """Return the lowest CPU in milliseconds of doing some work so many times, and what it found.

    A cost between a thousandth and a second is not compared by pairs; its lowest is its own.
    """
    found = work()
    taken = []
    for _turn in range(times):
        before = cpu()
        work()
        taken.append((cpu() - before) * 1_000)
    return min(taken), found


@contextmanager
def queries() -> Iterator[list[str]]:
    """Collect the statements of a block."""
    said: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
        said.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield said


def memory() -> dict[str, float]:
    """Return the memory of this process in MiB: now, and at its highest."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    sizes = {line.split(":")[0]: line.split()[1] for line in lines if line.startswith("Vm")}
    return {name: int(sizes[name]) / 1_024 for name in ("VmRSS", "VmHWM")}
