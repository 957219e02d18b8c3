"""Reads from Moodle's grading worksheet when each participant handed in: the zip file does not say it.

The column is `Last modified (submission)`; times are written as `userdate` in lib/moodlelib.php writes them
for whoever downloads: `Wednesday, 10 February 2027, 2:14 PM`, with the month first in American English.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime

from examiner.collecting.exports import PlatformExport
from examiner.collecting.platforms import MOODLE

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
_FORM = re.compile(
    r"(?:\w+, )?(?:(?P<day>\d{1,2}) (?P<month>\w+)|(?P<month_first>\w+) (?P<day_second>\d{1,2})),? "
    r"(?P<year>\d{4}), (?P<hour>\d{1,2}):(?P<minute>\d\d)(?:\s(?P<half>[AP]M))?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class HandInTimes:
    """When each participant handed in, by number, on the clock of whoever downloaded the worksheet."""

    times: dict[str, datetime] = field(default_factory=dict)
    unread: tuple[str, ...] = ()


def hand_in_times(export: PlatformExport) -> HandInTimes:
    """Return the times in a worksheet; a cell that cannot be read is named."""
    times, unread = {}, []
    for person in export.people if export.times is not None else ():
        number = next(each.value for each in person.identities if each.platform == MOODLE.name)
        said = export.sheet.rows[person.row][export.times or 0].strip()
        if said in ("", "-"):
            continue
        time = read_date(said)
        if time is None:
            unread.append(f"{person.name or number} “{said[:40]}”")
        else:
            times[number] = time
    return HandInTimes(times, tuple(unread))


def read_date(text: str) -> datetime | None:
    """Return the time that Moodle writes so, or None."""
    match = _FORM.fullmatch(" ".join(text.split()))
    if not match:
        return None
    name = (match["month"] or match["month_first"]).lower()
    found = [number for number, month in enumerate(_MONTHS, 1) if name in (month, month[:3])]
    hour = int(match["hour"])
    if match["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match["half"].upper() == "PM" else 0)
    try:
        day = int(match["day"] or match["day_second"])
        return datetime(int(match["year"]), found[0], day, hour, int(match["minute"]))
    except (ValueError, IndexError):
        return None
