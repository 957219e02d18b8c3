"""What each entry of `course.toml` may be, as far as it is more than a number in a range."""

from __future__ import annotations

import functools
import re
import zoneinfo
from datetime import UTC, datetime, tzinfo
from typing import Any

from examiner.course.entries import Kind, did_you_mean, nearest, text

_DUE_YEARS = range(2000, 2200)


@functools.cache
def zone_names() -> frozenset[str]:
    """Return the names of the world's time zones, such as Europe/Berlin."""
    return frozenset(zoneinfo.available_timezones())


def _is_zone(value: Any) -> bool:
    return isinstance(value, str) and (value == "UTC" or value in zone_names())


def _zone(name: str) -> tzinfo:
    return UTC if name == "UTC" else zoneinfo.ZoneInfo(name)


def _near_zone(value: Any) -> str:
    if not zone_names():
        return "this machine knows no time zones: install the package tzdata"
    return did_you_mean(nearest(str(value), zone_names()))


def _is_due_date(value: Any) -> bool:
    return isinstance(value, datetime) and value.tzinfo is not None and value.year in _DUE_YEARS


def _are_modules(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(name, str) and all(part.isidentifier() for part in name.split(".")) for name in value
    )


def _repository_in(value: Any) -> str:
    """Offer the repository that an address on GitHub names, such as a person copies from a browser."""
    found = re.search(r"github\.com[/:]([\w-]+/[\w.-]+?)(\.git)?(/.*)?$", str(value))
    return did_you_mean(f'"{found[1]}"' if found else "")


LINE = text("a text of one line in quotes", r"[^\n\r]*\S[^\n\r]*")
NAME = text("the name of a folder in source/, of letters, digits, _ and -", r"\w[\w-]*")
REPOSITORY = text(
    'a repository on GitHub like "my-university/my-course"', r"[A-Za-z0-9][\w-]*/[\w.-]+", _repository_in
)
BRANCH = text('the name of a branch like "main"', r"(?!-|/|.*(\.\.|//|@\{|\.lock$|[/.]$))[^\s~^:?*\[\\]+")
ADDRESS = text('the address of a server like "https://data.example.org"', r"https?://[^\s/]+\S*|")
PICTURE = text('the name of an expected figure, like "show-fit.1"', r"[\w.-]*")
TEXT = text("a text in quotes", r"[^\n\r]*")
ZONE = Kind('a time zone like "Europe/Berlin"', _is_zone, _zone, _near_zone)
DUE = Kind(
    "a date and time with a zone and without quotes, like 2027-02-12T23:59:00Z",
    _is_due_date,
    lambda due: due.astimezone(UTC),
)
MODULES = Kind(
    'a list of modules as `import` names them, like ["seaborn", "statsmodels"]', _are_modules, tuple
)
