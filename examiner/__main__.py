"""`python -m examiner COMMAND`; the process that grades gets ready while the commands are imported."""

import sys
from pathlib import Path

from examiner.batch.outlook import will_grade

# jsonschema, which nbformat brings, looks for it for a format that no notebook has: a tenth of a second.
sys.modules.setdefault("isoduration", None)  # type: ignore[arg-type]

if __name__ == "__main__":
    if will_grade(sys.argv[1:], Path.cwd()):
        from examiner.batch.examination_client import clients

        clients.current()
    from examiner.commands import main

    sys.exit(main())
