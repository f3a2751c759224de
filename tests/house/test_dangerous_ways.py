"""Ways of writing code through which others were broken into: not here, or here for a reason."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "tongxin"
MODULES = {
    "code", "codeop", "ctypes", "dbm", "jinja2", "ldap", "ldap3", "lxml", "marshal", "memcache",
    "pickle", "pty", "pymemcache", "random", "shelve", "subprocess", "xml", "xmlrpc", "yaml",
    # The server calls nobody: an address that somebody types leads nowhere.
    "aiohttp", "ftplib", "http.client", "httpx", "requests", "smtplib", "socket", "telnetlib",
    "urllib.request", "urllib3",
}  # fmt: skip
SQL = {"RawSQL", "cursor", "executemany", "extra", "raw"}
CALLS = {"__import__", "compile", "eval", "exec", "SafeString", "mark_safe"}
ATTRIBUTES = {
    ("os", "popen"), ("os", "system"), ("hashlib", "md5"), ("hashlib", "sha1"),
    ("random", "random"), ("string", "Formatter"), ("tempfile", "mktemp"),
}  # fmt: skip
PATTERNS = {"compile", "findall", "finditer", "fullmatch", "match", "search", "split", "sub"}
SCRIPT = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|postMessage"
    r"|[\"']message[\"']|localStorage|sessionStorage|indexedDB|document\.cookie|WebSocket"
    r"|RTCPeerConnection|importScripts|__proto__|setTimeout\([\"']"
)
TEMPLATE = re.compile(
    r"\|\s*safe\b|autoescape\s+off|<script(?![^>]*(?:\bsrc=|application/json))"
    r"|\son\w+=|\sstyle="
)

# Where one of them is needed, with the reason why no text of a stranger reaches it.
MEANT = {
    "accounts/identity.py: requests": "the name of a failure of the provider of single sign-on",
    "accounts/letters.py: smtplib": "the name of a failure; Django sends the letter",
    "command/seals.py: subprocess": "the signer of a single machine, started by a command",
    "command/working.py: subprocess": "the worker of a single machine, started by a command",
    "core/erasures.py: SQL by hand (cursor)": "empties the freed space of tables named in the code",
    "core/checks.py: SQL by hand (cursor)": "questions to the database about itself, all constant",
    "files/gate/clamd.py: socket": "the virus scanner of the operator, by its configured address",
    "core/many.py: SQL by hand (cursor)": "one statement for many rows of a model",
    "core/many.py: SQL by hand (executemany)": "its values are parameters",
    "journal/triggers.py: SQL by hand (cursor)": "asks for the triggers, with constants",
    "accounts/second_factor.py: mark_safe": "a drawing of numbers, and a word of our own",
    "core/inventory.py: re.compile of a value": "the patterns are written out a few lines below",
    "core/templates/core/field_hint.html: |safe": "hints are our own words, never typed",
    "sheets/running.py: subprocess": "our own reader, as a child; a file is its input, no argument",
    "registers/columns.py: SafeString": "one of a few constants, the class of a cell",
}


@cache
def sources():
    return [path for path in sorted(PACKAGE.rglob("*.py")) if "migrations" not in path.parts]


def constant(node):
    """Whether a pattern is written out: a literal, literals joined, or a name in capitals."""
    if isinstance(node, ast.BinOp):
        return constant(node.left) and constant(node.right)
    if isinstance(node, ast.JoinedStr):
        return all(constant(part) for part in node.values)
    if isinstance(node, ast.FormattedValue):
        return constant(node.value)
    named = isinstance(node, ast.Name) and node.id.isupper()
    return named or isinstance(node, ast.Constant)


def found_in(node):
    """The dangerous ways that one node of a program takes."""
    if isinstance(node, ast.Import):
        yield from (each.name for each in node.names if banned(each.name))
    elif isinstance(node, ast.ImportFrom) and not node.level:
        names = [node.module or "", *(f"{node.module}.{each.name}" for each in node.names)]
        yield from filter(banned, names[:1] if banned(names[0]) else names)
    elif isinstance(node, ast.Call):
        yield from called(node)


def banned(module):
    """Whether a module is on the list, or lies in one that is."""
    return any(module == each or module.startswith(f"{each}.") for each in MODULES)


def called(node):
    way = node.func
    if (getattr(way, "attr", "") or getattr(way, "id", "")) in SQL:
        yield f"SQL by hand ({getattr(way, 'attr', '') or way.id})"
    if isinstance(way, ast.Name) and way.id in CALLS:
        yield way.id
    if isinstance(way, ast.Attribute) and isinstance(way.value, ast.Name):
        owner, name = way.value.id, way.attr
        if (owner, name) in ATTRIBUTES:
            yield f"{owner}.{name}"
        if owner == "re" and name in PATTERNS and node.args and not constant(node.args[0]):
            yield f"re.{name} of a value"


def ways(text):
    return [way for node in ast.walk(ast.parse(text)) for way in found_in(node)]


def named(path, way):
    return f"{path.relative_to(PACKAGE).as_posix()}: {way}"


def in_sources():
    return {named(path, way) for path in sources() for way in ways(path.read_text("utf-8"))}


def in_files(pattern, files):
    return {
        named(path, hit[0].strip())
        for path in PACKAGE.rglob(files)
        for hit in pattern.finditer(path.read_text("utf-8"))
    }


def in_templates():
    return in_files(TEMPLATE, "templates/**/*.html")


def in_scripts():
    return in_files(SCRIPT, "static/**/*.js")


def test_no_source_takes_a_dangerous_way():
    assert in_sources() - MEANT.keys() == set(), "use another way, or give the reason in MEANT"


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("import pickle", "pickle"),
        ("import xml.sax", "xml.sax"),
        ("from xml.etree import ElementTree", "xml.etree"),
        ("eval(typed)", "eval"),
        ("os.system(typed)", "os.system"),
        ("hashlib.md5(b'')", "hashlib.md5"),
        ("re.search(typed, text)", "re.search of a value"),
        ("re.sub(rf'^{typed}', '', text)", "re.sub of a value"),
        ("re.sub(rf'^{MARKS}+', '', text)", None),
        ("mark_safe(typed)", "mark_safe"),
        ("from urllib import request", "urllib.request"),
        ("from urllib.parse import urlencode", None),
        ("from django.http import HttpRequest", None),
        ("import http.client", "http.client"),
        ("Site.objects.raw(typed)", "SQL by hand (raw)"),
        ("rows.extra(where=[typed])", "SQL by hand (extra)"),
        ("connection.cursor()", "SQL by hand (cursor)"),
        ("RawSQL(typed, ())", "SQL by hand (RawSQL)"),
    ],
)
def test_each_way_would_be_seen(text, way):
    assert ways(text) == ([way] if way else [])


def test_no_template_leaves_the_escaping_or_holds_script_or_style():
    assert in_templates() - MEANT.keys() == set()


@pytest.mark.parametrize(
    "text", ["{{ a|safe }}", "{% autoescape off %}", "<script>", '<a onclick="x">', '<p style="x">']
)
def test_a_template_that_does_would_be_seen(text):
    assert TEMPLATE.search(text)


def test_no_script_writes_markup_runs_text_or_keeps_anything():
    assert in_scripts() - MEANT.keys() == set()


def test_every_reason_is_still_needed():
    stale = MEANT.keys() - in_sources() - in_templates() - in_scripts()

    assert {each for each in stale if (PACKAGE / each.split(": ")[0]).exists()} == set()
