from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from examiner.collecting.versions import Choice, choose, deadline_of

DUE = datetime(2027, 2, 12, 23, 59, tzinfo=UTC)
BEFORE, SHORTLY_BEFORE, AFTER = DUE - timedelta(days=2), DUE - timedelta(hours=1), DUE + timedelta(days=1)


@pytest.mark.parametrize(
    ("times", "choice"),
    [
        ([None], Choice(None)),
        ([BEFORE, None], Choice(BEFORE)),
        ([SHORTLY_BEFORE, BEFORE], Choice(SHORTLY_BEFORE)),
        ([BEFORE, AFTER, SHORTLY_BEFORE], Choice(SHORTLY_BEFORE, has_later=True)),
        ([AFTER, AFTER + timedelta(days=1)], Choice(AFTER + timedelta(days=1))),
    ],
    ids=["no time", "one", "two in time", "one too late", "all late"],
)
def test_the_newest_in_time_counts_and_else_the_newest(times, choice):
    assert choose(times, DUE) == choice


def test_where_lateness_costs_nothing_the_newest_counts(course, assignment):
    free = replace(course, late=replace(course.late, percent_per_day=0))
    assert deadline_of(free, assignment, None) is None
    assert choose([BEFORE, AFTER], None) == Choice(AFTER)


def test_the_deadline_has_the_grace_period_and_an_extension_in_it(course, assignment):
    assert deadline_of(course, assignment, timedelta(days=3)) == DUE + timedelta(days=3, minutes=15)
    assert deadline_of(course, replace(assignment, due=None), None) is None
