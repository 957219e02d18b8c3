"""The nursery of student processes: `python -m examiner.inside FD`, in the students' sandbox."""

import sys

from examiner.inside.large_pages import gather

_NEEDED_BY_ALL = ("matplotlib.pyplot", "neurocourse.datasets", "neurocourse.notebook", "neurocourse.plots")


def _main() -> None:
    be_ordinary = gather()  # before what takes memory is imported
    from examiner.inside.nursery_process import import_all, owner, serve
    from examiner.inside.student_process import StudentProcess

    wire, process = owner(sys.argv[1:]), StudentProcess()
    import_all(_NEEDED_BY_ALL)
    serve(
        wire,
        prepare=lambda request, _: import_all(request.imports),
        become=lambda theirs, start: process.serve(theirs, start.limits["output_bytes"]),
        be_ordinary=be_ordinary,
    )


if __name__ == "__main__":
    _main()
