"""The grading engine of Models of Neural Data: it never reaches students."""

import sys

# jsonschema, which nbformat brings, looks for it for a format that no notebook has: half a second to import.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
