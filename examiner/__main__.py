"""`python -m examiner COMMAND`; the process that grades gets ready while the commands are imported."""

import sys

from examiner.examination_client import clients

if __name__ == "__main__":
    elsewhere = any(argument.startswith("--scheduler") for argument in sys.argv)
    if sys.argv[1:2] == ["grade"] and not elsewhere:
        clients.current()
    from examiner.commands import main

    sys.exit(main())
