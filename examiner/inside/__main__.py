"""The nursery of student processes: `python -m examiner.inside FD`, in the students' sandbox."""

import sys
from collections.abc import Iterable

from examiner.inside.large_pages import gather

_NEEDED_BY_ALL = ("matplotlib.pyplot", "neurocourse.datasets", "neurocourse.notebook", "neurocourse.plots")
# What a shell imports at the first cell, at the first error and at the first magic.
_NEEDED_BY_SHELL = (
    "IPython.core.logger", "bdb", "pygments.formatters.terminal256", "pygments.styles", "stack_data",
    "IPython.core.magics.execution",
)  # fmt: skip


def _main() -> None:
    be_ordinary = gather()  # before what takes memory is imported
    from examiner.inside.kernel import learn_files
    from examiner.inside.nursery_process import import_all, owner, serve
    from examiner.inside.student_process import StudentProcess

    wire, process = owner(sys.argv[1:]), StudentProcess()

    def get_ready(imports: Iterable[str]) -> None:
        import_all(imports)
        learn_files()

    get_ready((*_NEEDED_BY_ALL, *_NEEDED_BY_SHELL))
    serve(
        wire,
        prepare=lambda request, _: get_ready(request.imports),
        become=lambda theirs, start: process.serve(theirs, start.limits["output_bytes"]),
        be_ordinary=be_ordinary,
    )


if __name__ == "__main__":
    _main()
