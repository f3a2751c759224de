"""When a posting may be given, and what each role allows."""

import datetime as dt

import pytest

from tongxin.accounts.choices import Power, Role
from tongxin.accounts.rules import ADMINISTRATORS, POWERS, posting_problems, powers_of
from tongxin.core.dates import Span

JAN, MAR, JUN, DEC = (dt.date(2017, month, 1) for month in (1, 3, 6, 12))
CLERK, AUDITOR, SYSTEM = Role.CLERK, Role.AUDITOR, Role.SYSTEM_ADMIN
WRITING = {Power.EDIT, Power.DECLARE, Power.OFFICES, Power.POSTINGS}


@pytest.mark.parametrize(
    ("role", "span", "here", "elsewhere", "codes"),
    [
        (CLERK, Span(MAR), [], [], []),
        (CLERK, Span(MAR, MAR), [], [], ["postings.order"]),
        (CLERK, Span(MAR, JAN), [], [], ["postings.order"]),
        (CLERK, Span(MAR, JUN), [Span(JAN, MAR)], [], []),
        (CLERK, Span(JAN, MAR), [Span(MAR, JUN)], [], []),
        (CLERK, Span(MAR, JUN), [Span(JAN, DEC)], [], ["postings.overlap"]),
        (CLERK, Span(MAR), [Span(JUN)], [], ["postings.overlap"]),
        (CLERK, Span(JAN), [Span(MAR, JUN), Span(DEC)], [], ["postings.overlap"]),
        (CLERK, Span(MAR), [], [AUDITOR], []),
        (CLERK, Span(MAR), [], [SYSTEM], ["postings.separation"]),
        (SYSTEM, Span(MAR), [], [CLERK], ["postings.separation"]),
        (SYSTEM, Span(MAR), [], [Role.SECURITY_ADMIN], ["postings.separation"]),
        (SYSTEM, Span(MAR), [], [SYSTEM], ["postings.separation"]),
        (
            SYSTEM,
            Span(MAR),
            [Span(JAN)],
            [Role.AUDIT_ADMIN],
            ["postings.overlap", "postings.separation"],
        ),
    ],
)
def test_what_stands_against_a_posting(role, span, here, elsewhere, codes):
    assert [found.code for found in posting_problems(role, span, here, elsewhere)] == codes


def test_the_words_of_an_overlap_name_its_days():
    (open_ended,) = posting_problems(CLERK, Span(MAR), [Span(JAN)], [])
    (ended,) = posting_problems(CLERK, Span(MAR), [Span(JAN, JUN)], [])

    assert "2017-01-01" in str(open_ended)
    assert "2017-06-01" in str(ended)


def test_every_role_has_its_powers():
    assert set(POWERS) == set(Role)


def test_an_unknown_role_allows_nothing():
    assert powers_of("emperor") == frozenset()


@pytest.mark.parametrize("role", sorted(ADMINISTRATORS))
def test_administrators_see_and_write_no_records(role):
    assert powers_of(role).isdisjoint({Power.VIEW, Power.EDIT, Power.DECLARE, Power.BRIEF})


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.AUDIT_ADMIN, Role.EXPERT])
def test_those_who_look_do_not_write(role):
    assert powers_of(role).isdisjoint(WRITING)
