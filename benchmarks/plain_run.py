"""Runs a solved notebook's cells and tests in this process, as fast as they go: nothing stands between them.

There is no wall, no copy and no limit here, so run trusted answers alone. Cells that a grader leaves out are
left out, tests get the seeds that a grader gives them, and what a test stands in is taken back after it.
"""

import contextlib
import io
import zlib

from IPython.core.inputtransformer2 import TransformerManager

from examiner.exam.attempt import alike_each_time, compiled
from examiner.exam.examination import test_cells
from examiner.exam.selection import idle_cells
from examiner.notebook import cells


def steps(notebook, released, source):
    """Return the cells and tests that a grader runs, in order: a kind, an id and a source for each."""
    tests = {cells.grade_id(cell): cell.source for cell in test_cells(source)}
    idle = idle_cells(notebook, released, test_cells(source))
    found = []
    for cell in notebook.cells:
        if cells.is_test(cell):
            found.append(("test", cells.grade_id(cell), tests[cells.grade_id(cell)]))
        elif cell.cell_type == "code" and cell.id not in idle:
            found.append(("cell", cell.id, TransformerManager().transform_cell(cells.as_run(cell))))
    return found


def run(notebook_steps, clocks):
    """Run the steps in a namespace of their own, and return by id what each took, by each of the clocks.

    A cell or test that fails raises: it is the solution's.
    """
    namespace, taken = {"__name__": "__main__"}, {}
    for kind, name, source in notebook_steps:
        code = compiled(source)[0]
        begun = [clock() for clock in clocks]
        if kind == "cell":
            with contextlib.redirect_stdout(io.StringIO()):
                exec(code, namespace)
        else:
            _test(code, source, namespace)
        taken[kind, name] = [clock() - before for clock, before in zip(clocks, begun, strict=True)]
    return taken


def _test(code, source, namespace):
    """Run a test, and take back what it has put into the namespace."""
    before = dict(namespace)
    try:
        with alike_each_time(zlib.crc32(source.encode())):
            exec(code, namespace)
    finally:
        namespace.clear()
        namespace.update(before)
