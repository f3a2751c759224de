"""Every text of every table says what would take over a page: and every page only shows it.

A policy that blocks a script still tells of it, so that silence means that nothing was ever markup.
"""

import contextlib
import sqlite3
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.db import models
from playwright.sync_api import Error

from tests.browser.kinds import KINDS, REGISTERS, open_kind
from tests.browser.pressing import follow
from tests.browser.watch import Watch
from tongxin.registers import declaration

# Each would run or load something in a page that takes text for markup, for an attribute, for an
# address, for a script or for a style.
CORPUS = (
    "<canary-x>",
    "<script>owned()</script>",
    "<img src=x onerror=owned()>",
    "<svg/onload=owned()>",
    "<svg><script>owned()</script></svg>",
    "<iframe srcdoc='<script>parent.owned()</script>'>",
    "<iframe src=javascript:parent.owned()>",
    "<body onload=owned()>",
    "<input autofocus onfocus=owned()>",
    "<details open ontoggle=owned()>",
    "<video><source onerror=owned()></video>",
    "<style>*{background:url(//canary.example/)}</style>",
    "<link rel=stylesheet href=//canary.example/x.css>",
    "<base href=//canary.example/>",
    "<meta http-equiv=refresh content='0;url=//canary.example/'>",
    "<object data=//canary.example/></object>",
    "<embed src=//canary.example/>",
    "<form action=//canary.example/><button>x</button></form>",
    "<a href=javascript:owned()>x</a>",
    "<math><mtext></mtext><mglyph><style><img src onerror=owned()></style></mglyph></math>",
    '"><img src=x onerror=owned()>',
    "'><img src=x onerror=owned()>",
    '" onmouseover="owned()" autofocus onfocus="owned()',
    "' onmouseover='owned()' x='",
    "` onmouseover=owned() x=`",
    "</title><script>owned()</script>",
    "</textarea><script>owned()</script>",
    "</script><script>owned()</script>",
    "</option></select><img src=x onerror=owned()>",
    "--><script>owned()</script><!--",
    "]]><script>owned()</script>",
    "javascript:owned()",
    "data:text/html,<script>owned()</script>",
    "{{ 7*7 }}{% debug %}${7*7}#{7*7}",
    "\\u003cscript\\u003eowned()\\u003c/script\\u003e",
    "&lt;script&gt;owned()&lt;/script&gt;",
    "%3Cscript%3Eowned()%3C/script%3E",
    "<scr\x00ipt>owned()</scr\x00ipt>".replace("\x00", "\t"),
    "＜script＞owned()＜/script＞",
    "<IMG SRC=x OnErRoR=owned()>",
    "<img/src=x/onerror=owned()//",
    "<<script>owned();//<</script>",
)
EVERYTHING = "".join(CORPUS)
SHORT = "\"'><img src=x onerror=owned()><canary-x>"
LISTENING = """
window.heard = [];
window.owned = () => window.heard.push("a script ran");
addEventListener("securitypolicyviolation", (event) =>
  window.heard.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}`));
for (const name of ["alert", "confirm", "prompt"])
  window[name] = () => window.heard.push(`${name} was called`);
"""
PLANTED = """() => [
  ...window.heard,
  ...[...document.querySelectorAll(
    "canary-x, iframe, object, embed, math, base, style, video, meta[http-equiv=refresh], "
    + "[onerror], [onload], [onfocus], [onmouseover], [ontoggle], "
    + "[href^='javascript:' i], [href*='canary.example'], [src*='canary.example'], "
    + "[action*='canary.example'], script:not([src], [type='application/json'])"
  )].map((node) => node.outerHTML.slice(0, 80)),
]"""
# Words by which the program finds its way, or which it makes itself.
NOT_TYPED = {
    "indicator", "part", "register", "key", "credit_code", "sort_key", "initials", "stored",
    "sha256", "declared", "username", "password", "verb", "text_key", "code",
}  # fmt: skip
ALSO = {
    "accounts.Account": {"display_name"},
    "accounts.Office": {"name"},
    "briefings.Briefing": {"title", "masthead", "issuer"},
    "divisions.Alias": {"name"},
    "divisions.Version": {"name"},
    "files.Attachment": {"name"},
    "files.Revision": {"name"},
    "programmes.Programme": {"name", "short_name"},
    "programmes.OccupationalGroup": {"name"},
    "programmes.Pillar": {"name"},
    "programmes.RecognitionKind": {"name"},
}


def columns():
    """Every column of text that somebody types: table and column."""
    for model in apps.get_models():
        wanted = ALSO.get(model._meta.label)
        register = model in {each.model for each in declaration.every()}
        for field in model._meta.concrete_fields:
            typed = isinstance(field, models.CharField | models.TextField) and not field.choices
            if (register and typed and field.name not in NOT_TYPED) or field.name in (wanted or ()):
                yield model._meta.db_table, field.column


def plant(database, text):
    """Put a text behind whatever stands in every column of text; return how many columns."""
    found = sorted(set(columns()))
    with contextlib.closing(sqlite3.connect(database, timeout=20)) as connection, connection:
        for table, column in found:
            connection.execute(f'UPDATE "{table}" SET "{column}" = "{column}" || ?', [text])
    return len(found)


def pages():
    """Every kind of page, and the pages of one record of every register."""
    for kind in KINDS:
        yield kind.role, kind.path, kind
    for key in REGISTERS:
        yield "city", f"/registers/{key}/?void=1", None
        for page in ("", "edit/", "history/", "void/", "files/", "files/new/"):
            yield "city", f"/registers/{key}/1/{page}", None
    yield "city", "/search/?q=%3Cscript%3Eowned()%3C/script%3E", None
    yield "city", "/registers/sites/?q=%22%3E%3Cimg%20src=x%20onerror=owned()%3E", None
    yield "audit", "/journal/", None


def listen(page):
    """Note every dialog, every breach of the policy, and every script that runs."""
    heard = []
    page.add_init_script(LISTENING)
    page.on("dialog", lambda dialog: (heard.append(dialog.message), dialog.dismiss()))
    return heard


def test_every_page_shows_hostile_text_and_does_nothing_with_it(changing, open_as):
    assert plant(changing.database, EVERYTHING) > 40
    by_role, found, shown = {}, {}, 0
    _leave_a_history(open_as)

    for role, path, kind in pages():
        if role not in by_role:
            by_role[role] = open_as(role)
            by_role[role].heard = listen(by_role[role])
        page = by_role[role]
        if kind is not None:
            open_kind(page, kind)
        else:
            page.goto(path)
        for media in ("print", "screen"):
            page.emulate_media(media=media)
        noticed = [*page.heard, *page.evaluate(PLANTED)]
        shown += "owned()" in page.content()
        if noticed:
            found[path] = noticed
            page.heard.clear()

    assert found == {}
    assert shown > 100


def _leave_a_history(open_as):
    """Change and void a record by its own forms, so that its history and the journal hold texts."""
    page = open_as("city")
    heard = listen(page)
    page.goto("/registers/brands/1/edit/")
    for field in page.locator("main form[method=post] input[type=text]").all():
        if field.get_attribute("name") not in {"place", "initials"}:
            field.fill(SHORT)
    follow(page.locator("main form[method=post] .btn").first)
    page.goto("/registers/brands/2/void/")
    page.locator("#reason").fill(SHORT)
    follow(page.locator("main form[method=post] .btn").first)
    assert [*heard, *page.evaluate(PLANTED)] == []


# A second body inside a page is dropped by the browser, so that one cannot be heard here.
HEARD = [each for each in CORPUS if "on" in each and "<" in each and "<body" not in each][:12]


@pytest.mark.parametrize("payload", HEARD)
def test_a_page_that_took_text_for_markup_would_be_heard(installation, chromium, payload):
    context = chromium.new_context(base_url=installation.url)
    with contextlib.closing(context):
        watch = Watch(context, urlsplit(installation.url).netloc)
        page = context.new_page()
        heard = listen(page)
        page.goto("/account/login/")
        assert [*heard, *page.evaluate(PLANTED), *watch.complaints] == []

        page.evaluate("text => document.querySelector('main').innerHTML = text", f"<b>{payload}>")
        page.wait_for_timeout(200)

        assert [*heard, *_planted(page)] or watch.complaints


def _planted(page):
    """What a text has planted in a page; one that has left its page is heard by its request."""
    try:
        return page.evaluate(PLANTED)
    except Error:  # the page was left while it was asked
        return []
