"""Planted faults in which a single channel forgets to ask; the rest of the product does not."""

from django.db.models import Q

from tests.proof.planting import Fault
from tests.proof.twins import (
    ALL,
    RESTRICTED,
    YES,
    acts_all,
    acts_anyhow,
    always,
    any_attachment,
    any_view,
    anyhow_survivor,
    briefings_for,
    every_file,
    every_row,
    first_posting,
    forbidden,
    of_programme,
    offices,
    programmes,
    shared_views,
    whatever_is_asked,
)
from tongxin.accounts.models import Posting
from tongxin.divisions.models import Division
from tongxin.exchange.models import Batch, Job
from tongxin.registers.choices import Act
from tongxin.registers.models import ACCEPTED

P = "registers.permissions"

CHANNELS_THAT_FORGET = (
    Fault("a page finds records by number", f"{P}:acts_on", acts_anyhow, ("record",)),
    Fault("a page allows every act", f"{P}:acts_on", acts_all, ("form", "history")),
    Fault(
        "a page does not ask for its act", "registers.doors:record_at", whatever_is_asked, ("form",)
    ),
    Fault("hidden is refused, not absent", "registers.doors:record_at", forbidden, ("record",)),
    Fault("lists are not scoped", f"{P}:visible_to", every_row, ("list",), local=True),
    Fault(
        "what is taken out is not scoped",
        "exchange.taking:visible_to",
        every_row,
        ("exports",),
        local=True,
    ),
    Fault(
        "a sheet knows what is out of sight",
        "exchange.matching:visible_to",
        every_row,
        ("imports",),
        local=True,
    ),
    Fault(
        "a sheet is entered under any parent",
        "exchange.matching:permitted",
        lambda _r: (
            lambda _account, _act, register, rows=None: (
                register.model._default_manager.all() if rows is None else rows
            )
        ),
        ("imports",),
        local=True,
    ),
    Fault(
        "the workbook of another is opened",
        "exchange.views.doors:own_batches",
        lambda _r: lambda _account, register: Batch.objects.filter(register=register.key),
        ("imports",),
        local=True,
    ),
    Fault(
        "what another asked for is opened",
        "exchange.views.jobs:own_jobs",
        lambda _r: lambda _account, register: Job.objects.filter(register=register.key),
        ("background",),
        local=True,
    ),
    Fault(
        "a program's list is not scoped",
        "api.views:visible_to",
        every_row,
        ("api list",),
        local=True,
    ),
    Fault(
        "a program reads any record",
        "api.looking:visible_to",
        every_row,
        ("api record",),
        local=True,
    ),
    Fault(
        "a program changes what it finds by number",
        "api.views:acts_on",
        acts_anyhow,
        ("api change",),
        local=True,
    ),
    Fault(
        "a program takes a file that it may not open",
        "api.filing:opened",
        every_file,
        ("api files",),
        local=True,
    ),
    Fault(
        "a program takes a file under any record",
        "api.filing:_found",
        any_attachment,
        ("api files",),
    ),
    Fault(
        "a program reads all that stands behind a figure",
        "indicators.lineage:visible_to",
        every_row,
        ("api figures",),
        local=True,
    ),
    Fault(
        "a program merges what it may only see",
        "api.joining:record_at",
        lambda r: lambda request, key, pk, *_asked: r(request, key, pk, Act.SEE),
        ("api merging",),
        local=True,
    ),
    Fault(
        "a program merges with what it finds by number",
        "api.joining:acts_on",
        acts_anyhow,
        ("api merging",),
        local=True,
    ),
    Fault(
        "a program opens any saved view",
        "api.saving:view_for",
        any_view,
        ("api views",),
        local=True,
    ),
    Fault("search is not scoped", "desk.pages:visible_to", every_row, ("search",), local=True),
    Fault(
        "things to do are not scoped", "desk.queries:visible_to", every_row, ("home",), local=True
    ),
    Fault(
        "choices are not scoped",
        "registers.forms:visible_to",
        every_row,
        ("api new",),
        local=True,
    ),
    Fault(
        "records behind figures are not scoped",
        "indicators.lineage:visible_to",
        every_row,
        ("figures",),
        local=True,
    ),
    Fault(
        "figures count what is restricted",
        "indicators.queries:facts_of",
        lambda _r: (
            lambda asked, indicator, stages=ACCEPTED: indicator.records(
                asked.programme, asked.on, stages
            )
        ),
        ("figures",),
    ),
    Fault(
        "figures count what is void",
        "indicators.queries:facts_of",
        lambda _r: of_programme,
        ("figures",),
    ),
    Fault(
        "figures of a division count elsewhere",
        "indicators.queries:records_of",
        lambda _r: (
            lambda asked, indicator, part="": indicator.records(asked.programme, asked.on, ACCEPTED)
        ),
        ("figures",),
    ),
    Fault(
        "figures of any division", "indicators.views:holds", always(YES), ("figures",), local=True
    ),
    Fault(
        "one works on for a division that has ended",
        "indicators.views:division_worked_for",
        first_posting,
        ("figures",),
    ),
    Fault(
        "dashboards of any division", "desk.views:holds", always(YES), ("dashboard",), local=True
    ),
    Fault(
        "briefings of any programme",
        "briefings.queries:visible_to",
        lambda _r: briefings_for,
        ("briefing",),
        local=True,
    ),
    Fault(
        "a briefing names what lies elsewhere",
        "programmes.queries:territory",
        lambda _r: lambda _programme: Division.objects.order_by().values("pk"),
        ("briefing",),
    ),
    Fault(
        "every programme is near",
        "programmes.queries:programmes_for",
        lambda _r: lambda _account: programmes(),
        ("programme",),
    ),
    Fault(
        "attachments as open as their record",
        "registers.attached.permissions:open_to",
        always(ALL),
        ("attachments",),
    ),
    Fault(
        "attachments without their uploader",
        "registers.attached.permissions:open_to",
        lambda r: lambda *args: r(*args) & (~RESTRICTED | Q(entered_by__isnull=True)),
        ("attachments",),
    ),
    Fault(
        "an attachment under any record",
        "registers.attached.views:_found",
        any_attachment,
        ("attachments",),
    ),
    Fault(
        "like records are told though they are hidden",
        "registers.merging.queries:visible_to",
        every_row,
        ("duplicates",),
        local=True,
    ),
    Fault(
        "one merges what one may only see",
        "registers.merging.views:record_at",
        whatever_is_asked,
        ("merging",),
        local=True,
    ),
    Fault(
        "an old address leads on to what is hidden",
        "registers.merging.queries:survivor_of",
        lambda _r: anyhow_survivor,
        ("record",),
    ),
    Fault(
        "somebody else's private view opens",
        "registers.saved.queries:open_to",
        always(ALL),
        ("saved views",),
    ),
    Fault(
        "a shared view opens to its owner only",
        "registers.saved.queries:open_to",
        lambda _r: lambda account: Q(owner=account),
        ("saved views",),
    ),
    Fault(
        "anybody changes a view that is shared",
        "registers.saved.queries:own_views",
        lambda _r: lambda account, register: shared_views(register),
        ("saved views",),
    ),
    Fault(
        "participants' names for all",
        "participants.permissions:names_known_to",
        always(ALL),
        ("participants",),
    ),
    Fault(
        "participants' names for nobody",
        "participants.permissions:names_known_to",
        always(Q(pk=0)),
        ("participants",),
    ),
    Fault(
        "offices of any territory",
        "accounts.queries:offices_within",
        lambda _r: lambda _roots: offices(),
        ("offices",),
    ),
    Fault(
        "postings of any territory",
        "accounts.queries:postings_within",
        lambda _r: (
            lambda _roots: Posting.objects.select_related("account", "office").order_by("pk")
        ),
        ("postings",),
    ),
)
