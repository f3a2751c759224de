"""Every kind of page, each once, with who looks at it."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Kind:
    """One page: where it is, as whom, and what it answers with."""

    name: str
    role: str | None
    path: str
    status: int = 200
    typed: dict = field(default_factory=dict)
    """What is typed before the form is sent; empty: nothing is sent."""
    narrow: bool = False
    """Whether it is looked at on the narrowest phone too."""


REGISTERS = (
    "organisations",
    "sites",
    "designations",
    "visits",
    "activities",
    "bases",
    "intakes",
    "tenancies",
    "events",
    "brands",
    "recognitions",
    "campaigns",
    "series",
    "participations",
    "trainings",
    "projects",
    "means",
    "budgets",
    "observations",
)
SAMPLE = "/registers/organisations/1/"
HOMES = (
    Kind("home of the city", "city", "/", narrow=True),
    Kind("home of the county", "county", "/"),
    Kind("home of the street", "street", "/", narrow=True),
    Kind("home of the auditor", "auditor", "/"),
    Kind("home of an organisation", "organisation", "/"),
    Kind("home of an expert", "expert", "/"),
    Kind("home of the system administrator", "system", "/"),
    Kind("home of the security administrator", "security", "/"),
    Kind("home of the audit administrator", "audit", "/"),
)
OVERVIEWS = (
    Kind("dashboard of the city", "city", "/dashboards/nantong/"),
    Kind("dashboard on today's map", "city", "/dashboards/nantong/?map=today"),
    Kind("dashboard of a county", "city", "/dashboards/chongchuan-old/"),
    Kind("dashboard of a street", "city", "/dashboards/t320602005/"),
    Kind("figures", "city", "/figures/"),
    Kind("figure with parts", "city", "/figures/incubation_bases/"),
    Kind("figure declared", "city", "/figures/special_fund.annual/"),
    Kind("figure counted", "city", "/figures/recognitions/"),
    Kind("briefings", "city", "/briefings/"),
    Kind("briefing", "city", "/briefings/nantong-2017/"),
    Kind(
        "briefing with a figure's trace",
        "city",
        "/briefings/nantong-2017/?trace=figure:special_fund.annual",
    ),
    Kind(
        "briefing with a row's trace",
        "city",
        "/briefings/nantong-2017/?trace=row:regional_brands:1",
    ),
    Kind("working calendar", "city", "/calendar/2026/", narrow=True),
    Kind("working calendar of its keeper", "system", "/calendar/2026/"),
    Kind("year that the calendar lacks", "system", "/calendar/2030/"),
    Kind("period counted", "street", "/calendar/due/?start=2017-09-25&count=10&unit=working_days"),
    Kind("public notices", "city", "/notices/", narrow=True),
    Kind("public notice", "chongchuan", "/notices/1/", narrow=True),
    Kind("notices of a record", "city", "/notices/of/sites/9/"),
    Kind("programme", "city", "/programmes/nantong-2017/"),
    Kind("search without a word", "city", "/search/"),
    Kind("search", "city", "/search/?q=虹桥"),
    Kind("search that finds nothing", "city", "/search/?q=qqqq"),
    Kind("divisions", "city", "/divisions/"),
    Kind("divisions found", "city", "/divisions/?q=虹桥"),
    Kind("division that was merged", "city", "/divisions/chongchuan-old/"),
    Kind("division", "city", "/divisions/nantong/"),
)
LISTS = (
    Kind("registers", "city", "/registers/"),
    *(Kind(f"list of {key}", "city", f"/registers/{key}/") for key in REGISTERS),
    Kind("list narrowed", "city", "/registers/sites/?q=hq&place_state=stated"),
    Kind("list that finds nothing", "city", "/registers/sites/?q=qqqq", narrow=True),
    Kind("list of a clerk", "street", "/registers/projects/", narrow=True),
)
RECORDS = (
    Kind("record of a site", "city", "/registers/sites/9/"),
    Kind("record without a place", "city", "/registers/sites/1/"),
    Kind("record of an organisation", "city", "/registers/organisations/1/"),
    Kind("record of a recognition", "city", "/registers/recognitions/1/"),
    Kind("record of a declared figure", "city", "/registers/observations/1/"),
    Kind("record of a campaign", "city", "/registers/campaigns/1/"),
    Kind("places of a base", "city", "/incubation/bases/1/", narrow=True),
    Kind("history", "city", "/registers/sites/9/history/"),
    Kind("voiding a record", "city", "/registers/sites/9/void/"),
    Kind("attachments of a record", "city", f"{SAMPLE}files/"),
    Kind("attachment", "city", f"{SAMPLE}files/1/", narrow=True),
    Kind("attaching a file", "street", f"{SAMPLE}files/new/", narrow=True),
    Kind("replacing a file", "city", f"{SAMPLE}files/1/replace/"),
    Kind("removing a file", "city", f"{SAMPLE}files/1/remove/"),
)
FORMS = (
    Kind("form of an organisation", "street", "/registers/organisations/new/", narrow=True),
    Kind("form of a site", "city", "/registers/sites/new/"),
    Kind("form of a designation", "city", "/registers/designations/new/?site=9"),
    Kind("form of a recognition", "city", "/registers/recognitions/new/"),
    Kind("form of a declared figure", "city", "/registers/observations/new/"),
    Kind("form of a year's budget", "city", "/registers/budgets/new/"),
    Kind("form of a training", "city", "/registers/trainings/new/"),
    Kind("form of a base", "city", "/registers/bases/new/"),
    Kind("form of an intake", "city", "/registers/intakes/new/?base=1"),
    Kind("form of an application", "city", "/registers/tenancies/new/?base=1", narrow=True),
    Kind("clocks of a base", "city", "/incubation/bases/1/clocks/", narrow=True),
    Kind(
        "clocks with errors", "city", "/incubation/bases/1/clocks/", 422, typed={"check_days": "0"}
    ),
    Kind("list of a training", "city", "/trainings/1/list/", narrow=True),
    Kind(
        "list of a training with errors",
        "city",
        "/trainings/1/list/",
        422,
        typed={"name": "张11010519491231002X", "given_on": ""},
    ),
    Kind("days off and worked", "system", "/calendar/2026/days/"),
    Kind("year to be entered", "system", "/calendar/new/"),
    Kind("form of a notice", "city", "/notices/of/sites/9/new/", narrow=True),
    Kind("withdrawing a notice", "chongchuan", "/notices/1/withdraw/"),
    Kind("answering an objection", "chongchuan", "/notices/1/objections/1/"),
    Kind(
        "objection with errors",
        "chongchuan",
        "/notices/1/objections/new/",
        422,
        typed={"received_on": "", "objector": "王样例"},
        narrow=True,
    ),
    Kind("withdrawing a consent", "city", "/trainings/1/list/1/withdraw/"),
    Kind("about me", "city", "/account/data/", narrow=True),
    Kind("form of a project", "street", "/registers/projects/new/"),
    Kind("form to change a site", "city", "/registers/sites/9/edit/"),
    Kind(
        "form with errors",
        "street",
        "/registers/organisations/new/",
        422,
        typed={"name": "名" * 61, "credit_code": "123", "registered_on": ""},
        narrow=True,
    ),
    Kind("offices", "system", "/offices/"),
    Kind("offices with errors", "system", "/offices/", 422, typed={"place": "无此地"}),
    Kind("office", "system", "/offices/1/"),
    Kind("name of an office", "system", "/offices/1/rename/"),
    Kind("end of an office refused", "system", "/offices/1/close/", 422, typed={"on": ""}),
    Kind("accounts", "system", "/accounts/", narrow=True),
    Kind("accounts that are not there", "system", "/accounts/?q=qqqq"),
    Kind("account", "system", "/accounts/1/"),
    Kind("opening an account", "system", "/accounts/new/"),
    Kind(
        "opening an account refused",
        "system",
        "/accounts/new/",
        422,
        typed={"username": "李"},
        narrow=True,
    ),
    Kind("changing an account", "system", "/accounts/1/change/"),
    Kind("deactivating an account", "system", "/accounts/1/switch/"),
    Kind("who holds what", "audit", "/accounts/review/"),
    Kind("accounts unused", "security", "/offices/postings/unused/"),
    Kind("correcting a posting", "security", "/offices/postings/1/correct/"),
    Kind("postings", "security", "/offices/postings/", narrow=True),
    Kind("postings with errors", "security", "/offices/postings/", 422, typed={"account": "x"}),
    Kind("end of a posting", "security", "/offices/postings/1/end/"),
)
REVIEWS = (
    Kind("queue of a county", "chongchuan", "/reviews/", narrow=True),
    Kind("queue that is empty", "county", "/reviews/"),
    Kind("what the city may decide", "city", "/reviews/?tab=elsewhere"),
    Kind("what a street has sent", "street", "/reviews/?tab=sent", narrow=True),
    Kind("review with nothing unusual", "chongchuan", "/reviews/1/"),
    Kind("review of one's own", "street", "/reviews/1/"),
    Kind("accepting together", "chongchuan", "/reviews/accept/", narrow=True),
    Kind("record that waits", "street", "/registers/organisations/2/"),
)
DOORS = (
    Kind("login", None, "/account/login/"),
    Kind("login refused", None, "/account/login/", typed={"login": "city", "password": "x" * 12}),
    Kind("invitation that is none", None, "/account/invitation/none/", 404),
    Kind("demo roles", None, "/demo/"),
    Kind("password", "city", "/account/password/"),
    Kind("nothing here", "city", "/nothing/", 404),
    Kind("nothing here for a stranger", None, "/nothing/", 404),
    Kind("journal", "auditor", "/journal/"),
)
KINDS = (*HOMES, *OVERVIEWS, *LISTS, *RECORDS, *FORMS, *REVIEWS, *DOORS)


def open_kind(page, kind):
    """Open a page of a kind and bring it into the state that is looked at; return its status."""
    answer = page.goto(kind.path)
    if kind.typed:
        fill(page, kind.typed)
        with page.expect_navigation() as sent:
            page.locator("main form[method=post] .btn").first.click()
        answer = sent.value
    page.wait_for_load_state()
    return answer.status


def fill(page, typed):
    """Type into fields by name, and choose from lists by what they show."""
    for name, text in typed.items():
        field = page.locator(f"main form[method=post] [name={name}]")
        if field.evaluate("node => node.tagName") == "SELECT":
            known = field.locator(f"option[value='{text}']").count()
            field.select_option(**({"value": text} if known else {"label": text}))
        else:
            field.fill(text)
