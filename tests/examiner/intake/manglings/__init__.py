"""What editors, platforms and people do to a notebook between its release and its submission.

`MANGLINGS` are pure functions on a solved notebook as plain data; `FILES` write one to a folder in some odd
way. A notebook that is being mangled carries, beside what a file holds, the `role` of each cell, the released
`stubs`, and the `answers` that must be found in it; `as_handed_in` takes them off.
"""

from . import editing, naming, saving
from .base import MANGLINGS, as_handed_in, marked
from .files import FILES, zipped

__all__ = ["FILES", "MANGLINGS", "as_handed_in", "editing", "marked", "naming", "saving", "zipped"]
