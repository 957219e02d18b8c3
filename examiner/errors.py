"""Errors of the examiner, each a sentence that says what was expected, what came and what to do.

ExaminerError                 whatever a command reports in one line, without a traceback
├── CourseError               the course's own files are at fault: course.toml, a source notebook
│   ├── UnknownAssignment     a name that course.toml does not list
│   ├── NotReleased           a step that needs `make release` first
│   └── NotAgreed             source and gradebook differ, and nobody said that grades may change
├── UnknownStudent            a name under which nothing was handed in
├── NotGraded                 a submission that `make grade` has not seen yet
├── DeskRefusal               what the marking desk does not write, with what to do instead
├── GradebookError            the gradebook's database does not open, or refuses what is written to it
├── Unrecordable              a submission whose student's name the gradebook cannot hold
├── SandboxError              student code cannot be run safely on this machine
│   └── NurseryEnded          the process that starts sandboxes has ended; another one is worth a try
├── SchedulerError            no Dask cluster answers
├── NotInstalled              an exam needs a library that is not installed where it is graded
├── EditionError              a worker grades by other code or libraries than the computer that asks it
├── NotebookError             a file that is no notebook Jupyter can read
├── LeakFound                 students would get what only instructors may see
├── NotPublished              a folder or branch that publishing does not write over
├── NotCollected              a zip file of submissions that cannot be read
├── BadExport                 a platform's table that is not as expected: nothing of it was taken
├── NotReturned               grades that cannot go back to the platform yet
├── KeyFailed                 the grader does not grade the exam's own solution right: nobody is graded
└── Unreadable                what a student handed in holds no notebook; the sentence is for the student

A student's fault is never an exception: it ends as a state of the verdict. Two more are no message to
anybody: `GraderAtFault` ends as `needs_review`, and after `ExaminationDied` the pool tries the submission
again.
"""


class ExaminerError(Exception):
    """A command cannot go on; the message says why and what to do."""


class CourseError(ExaminerError):
    """The course's own files are at fault."""


class UnknownAssignment(CourseError):
    """An assignment that course.toml does not list."""


class NotReleased(CourseError):
    """A step needs the release, which is missing or older than its source."""


class NotAgreed(CourseError):
    """The gradebook has other cells than the source, and nobody has agreed to change them."""


class UnknownStudent(ExaminerError):
    """A student who handed in nothing."""


class NotGraded(ExaminerError):
    """A submission that has no verdict yet."""


class DeskRefusal(ExaminerError):
    """The marking desk does not write what it was asked to."""


class GradebookError(ExaminerError):
    """The gradebook's database does not open, or refuses what is written to it."""


class Unrecordable(ExaminerError):
    """The gradebook cannot hold this student's name."""


class SandboxError(ExaminerError):
    """Student code cannot be run safely on this machine."""


class SchedulerError(ExaminerError):
    """No Dask scheduler answers at the address that was given."""


class NotInstalled(ExaminerError):
    """A library that an assignment's own code needs is not installed."""


class EditionError(ExaminerError):
    """A worker has another version of the examiner or of its libraries."""


class NurseryEnded(SandboxError):
    """The process that student processes are forked from has ended."""

    def __init__(self) -> None:
        super().__init__("the process that starts sandboxes has ended: look for the reason in `dmesg`")


class NotebookError(ExaminerError):
    """A file is not a notebook that Jupyter can read."""


class LeakFound(ExaminerError):
    """Students would get what only instructors may see."""


class NotPublished(ExaminerError):
    """A folder or branch holds something that publishing did not write."""


class NotCollected(ExaminerError):
    """A zip file of submissions cannot be read."""


class BadExport(ExaminerError):
    """A table that a platform exported is not as expected."""


class NotReturned(ExaminerError):
    """Grades and pages cannot go back to the platform."""


class Unreadable(ExaminerError):
    """A submission holds no notebook that can be graded."""


class KeyFailed(ExaminerError):
    """The exam's own solution does not earn all points here, or the untouched release earns some."""


class GraderAtFault(Exception):
    """The machine or the grader failed, so nobody knows what a submission is worth; the message says how."""


class ExaminationDied(Exception):
    """The process that examined a submission ended before it was done, or said what none would say.

    The message is for whoever grades. `kind` names an error of this module, if that is what happened there:
    it is believed of an exam's own key alone, since a submission could say so, too.
    """

    def __init__(self, reason: str, kind: str = ""):
        super().__init__(reason)
        self.kind = kind
