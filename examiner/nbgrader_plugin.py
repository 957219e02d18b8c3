"""Connects nbgrader to the examiner (see `nbgrader_config.py`): the release's look, grading, penalties."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbconvert.preprocessors import Preprocessor
from nbformat.v4 import new_notebook, new_output
from nbgrader.plugins import BasePlugin
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.server_extensions.formgrader import handlers
from traitlets.log import get_logger

from examiner.batch import agreement
from examiner.batch.run import grade
from examiner.course.facts import Course, read_course
from examiner.course.launch import published_path
from examiner.errors import NotAgreed, SandboxError
from examiner.gradebook.scores import record, set_due_date
from examiner.intake import timestamps
from examiner.notebook import cells
from examiner.publishing.stamp import stamp
from examiner.results import marking
from examiner.results.marking import arrange, written_answers
from examiner.results.page_style import page_style
from examiner.sandbox.nursery_client import what_is_missing
from examiner.verdict import SubmissionState
from examiner.wording import harmless, printable
from neurocourse.look import SIGNS

OTHER_CELLS = (
    "{name} was not graded, because students have been graded by other cells than those of source/: "
    "`make grade` shows what would change for whom, and asks"
)
_NOT_SHOWN = "(Only text and pictures are shown here; open the notebook in JupyterLab for this one.)\n"
_SAFE_OUTPUTS = ("text/plain", "image/png", "image/jpeg")


class StampCourseFacts(NbGraderPreprocessor):  # type: ignore[misc]
    """Put what `course.toml` decides, and what a notebook says of itself, into its placeholders."""

    def preprocess(self, nb: Any, resources: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
        """Replace placeholders such as ``{{ launch_links }}`` in every cell."""
        course = _course_of(self)
        stamp(nb, course, published_path(course.assignment(resources["nbgrader"]["assignment"])))
        return nb, resources


class FoldTests(NbGraderPreprocessor):  # type: ignore[misc]
    """Fold the code of test cells away, so that a page shows what they say; a click opens them.

    VS Code keeps folds to itself and reads none from a notebook.
    """

    def preprocess_cell(self, cell: Any, resources: dict[str, Any], index: int) -> tuple[Any, dict[str, Any]]:
        """Mark a test cell, and one that the source folds, as folded: for JupyterLab, Colab and Kaggle."""
        if cells.is_test(cell) or cell.metadata.get("jupyter", {}).get("source_hidden"):
            cell.metadata["jupyter"] = {"source_hidden": True}
            cell.metadata["cellView"] = "form"
            cell.metadata["_kg_hide-input"] = True
        return cell, resources


class SubmissionExporter(NotebookExporter):
    """What `nbgrader autograde` reads a submission with: it looks at none.

    nbgrader would read a student's notebook in its own process, behind no wall, and drop one that it cannot
    read before `GradeSubmission` sees it.
    """

    def from_filename(self, filename: str, resources: Any = None, **options: Any) -> Any:
        """Convert an empty notebook in the place of what was handed in."""
        convert: Any = self.from_notebook_node
        return convert(new_notebook(), resources=resources, **options)


def name_the_notebook(assignment: str, student: str, notebooks: list[str]) -> None:
    """Let nbgrader grade a submission under the notebook's own name, whatever the file is called.

    A time stamp that is a pipe or a device is put aside, before nbgrader copies what it never ends to read.
    The due date in the gradebook becomes that of `course.toml`, before nbgrader says who is late.

    nbgrader calls this before it converts a submission, with the paths of the notebooks in it. It skips
    those that it does not know by name, and all of the submission when none is left.
    """
    folder = Path(notebooks[0]).parent
    timestamps.put_aside(folder)
    course = read_course(folder.parents[2])
    notebooks[:] = [str(folder / course.assignment(folder.name).filename)]
    if changed := set_due_date(course, course.assignment(folder.name)):
        get_logger().warning("%s", changed)


class GradeSubmission(NbGraderPreprocessor):  # type: ignore[misc]
    """Grade a submission in the sandbox and record it, as `make grade` does."""

    def preprocess(self, nb: Any, resources: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
        """Return the graded notebook, or one that says why it needs a person."""
        course, names = _course_of(self), resources["nbgrader"]
        assignment, student = course.assignment(names["assignment"]), str(names["student"])
        if missing := what_is_missing():
            raise SandboxError(f"nothing was graded. {missing}")
        if not agreement.is_in_step(course, assignment):
            raise NotAgreed(OTHER_CELLS.format(name=assignment.name))
        verdict, _ = grade(course, assignment, student, anew=True)
        record(course, assignment, verdict)
        if verdict.state is not SubmissionState.GRADED:
            told = f"{assignment.name} of {student}: {verdict.state}. {verdict.reason}"
            self.log.error("%s", printable(told))
        graded = course.path("autograded", assignment, student) / assignment.filename
        return cells.read_notebook(graded), resources


class ShowSafely(Preprocessor):
    """Let nothing that a student wrote or drew run in the browser of the person who grades it.

    Formgrader's pages may do what that person may: change every score, and run code on their machine.
    """

    def preprocess_cell(self, cell: Any, resources: dict[str, Any], index: int) -> tuple[Any, dict[str, Any]]:
        """Keep text and pictures of outputs; `safe_html` shows what is written."""
        if cell.cell_type == "raw":
            cell.cell_type = "markdown"
        if cell.cell_type == "code":
            cell.source = harmless(cell.source)
            cell.outputs = [_safe(output) for output in cell.outputs]
        return cell, resources


class ArrangeForMarking(Preprocessor):
    """Show in Formgrader what a person marks by beside what they mark, and fold the rest.

    Only Formgrader names a submission by its id. A page for anybody else, such as nbgrader's own feedback,
    gets nothing of the source.
    """

    def preprocess(self, nb: Any, resources: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
        """Say in each cell how it is shown."""
        if "submission_id" not in resources:
            return nb, resources
        course = _course_of(self)
        assignment = course.assignment(resources["assignment_id"])
        source = cells.read_notebook(course.path("source", assignment) / assignment.filename)
        arrange(nb, source)
        resources["written"] = written_answers(nb)
        resources["style"] = page_style("formgrader/formgrade/marking.css", ".highlight")
        resources["signs"] = SIGNS
        return nb, resources


def marking_templates() -> tuple[list[str], list[str]]:
    """Return the folders of Formgrader's templates, the examiner's first, and where nbgrader's stand."""
    own = Path(marking.__file__).with_name("formgrader")
    return [str(own), handlers.template_path], [str(Path(handlers.template_path).parent)]


def _safe(output: Any) -> Any:
    if "data" not in output:
        return output | {"text": harmless(output.text)} if "text" in output else output
    data = {kind: output.data[kind] for kind in _SAFE_OUTPUTS if kind in output.data}
    return new_output("display_data", data) if data else new_output("stream", text=_NOT_SHOWN)


class LatePolicyPlugin(BasePlugin):  # type: ignore[misc]
    """The late policy of `course.toml` for nbgrader."""

    def late_submission_penalty(self, student_id: str, score: float, total_seconds_late: float) -> float:
        """Return the points that late work loses."""
        return _course_of(self).late.penalty(score, total_seconds_late)


def existing_timestamp(coursedir: Any, folder: str) -> datetime | None:
    """Return what nbgrader may take for the time of handing in, as the examiner reads it.

    This stands for a method of nbgrader's that guesses at a text, ends at some, and waits for a named pipe.
    """
    course = read_course(Path(coursedir.root))
    due = {each.name: each.due for each in course.assignments}.get(Path(folder).name)
    told = timestamps.read_time(Path(folder), course.timezone, due=due)
    if told.fault:
        coursedir.log.warning("%s/%s %s. It counts as in time.", folder, timestamps.FILE, told.fault)
    return told.naive


def submitted_timestamp(api: Any, assignment: str, student: str) -> datetime | None:
    """Return the same for Formgrader, which shows it."""
    folder = api.coursedir.format_path(api.coursedir.submitted_directory, student, assignment)
    return existing_timestamp(api.coursedir, folder)


def _course_of(configurable: Any) -> Course:
    return read_course(Path(configurable.config.CourseDirectory.root))
