"""The nursery of student processes: `python -m examiner.student_nursery FD`, in the students' sandbox."""

import sys

from examiner.nursery import import_all, owner, serve
from examiner.student import StudentProcess

_NEEDED_BY_ALL = ("matplotlib.pyplot", "neurocourse.datasets", "neurocourse.notebook", "neurocourse.plots")

if __name__ == "__main__":
    wire, process = owner(sys.argv[1:]), StudentProcess()
    import_all(_NEEDED_BY_ALL)
    serve(
        wire,
        prepare=lambda request, _: import_all(request.imports),
        become=lambda theirs, start: process.serve(theirs, start.limits["output_bytes"]),
    )
