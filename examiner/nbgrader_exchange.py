"""Lets nbgrader's exchange return feedback to those who used it, and keep quiet where nobody does.

nbgrader's own `release_feedback` ends at the first student whose work came in another way: by a zip file, or
put into `submitted/` by hand.
"""

from __future__ import annotations

import glob
from pathlib import Path
from typing import Any

from nbgrader.exchange.default import Exchange, ExchangeReleaseFeedback

from examiner.intake.receipts import is_complete
from examiner.wording import printable

_NAMED = 20


class ReleaseFeedback(ExchangeReleaseFeedback):  # type: ignore[misc]
    """Release the pages of all who handed in by the exchange, and name the others."""

    src_path: Any

    def copy_files(self) -> None:
        """Copy the pages of one student after another."""
        others = []
        pattern = Path(self.src_path)  # feedback/<student, or *>/<assignment>
        for folder in sorted(pattern.parents[1].glob(f"{pattern.parent.name}/{pattern.name}")):
            if is_complete(folder):
                self.src_path = glob.escape(str(folder))
                super().copy_files()
            else:
                others.append(folder.parent.name)
        if others:
            more = f" and {len(others) - _NAMED} more" if len(others) > _NAMED else ""
            self.log.warning(
                "%s",
                printable(
                    f"Not released, because the work of these students did not come by the exchange "
                    f"({len(others)}): {', '.join(others[:_NAMED])}{more}. Return their pages as you got "
                    "their work; they are in feedback/."
                ),
            )


def is_used(root: str) -> bool:
    """Return whether there is an exchange, or whether somebody has said where it should be."""
    return Path(root).is_dir() or root != Exchange.root.default_value


def get_missing(api: Any) -> bool:
    """Return for Formgrader's page whether to warn of an exchange that is missing."""
    return bool(vars(api).get("_exchange_is_missing")) and is_used(api.exchange_root)


def set_missing(api: Any, missing: bool) -> None:
    """Remember what nbgrader has found."""
    vars(api)["_exchange_is_missing"] = missing


def is_functional(api: Any) -> bool:
    """Return whether Formgrader may release and collect, whatever it warns of."""
    return bool(api.course_id) and not vars(api)["_exchange_is_missing"]
