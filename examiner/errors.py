"""Errors of the examiner, each a sentence that says what was expected, what came and what to do.

ExaminerError                 whatever a command reports in one line, without a traceback
├── CourseError               the course's own files are at fault: course.toml, a source notebook
│   ├── UnknownAssignment     a name that course.toml does not list
│   └── NotReleased           a step that needs `make release` first
├── UnknownStudent            a name under which nothing was handed in
├── NotGraded                 a submission that `make grade` has not seen yet
├── SandboxError              student code cannot be run safely on this machine
├── NotebookError             a file that is no notebook Jupyter can read
├── LeakFound                 students would get what only instructors may see
├── NotPublished              a folder or branch that publishing does not write over
├── NotCollected              a zip file of submissions that cannot be read
└── Unreadable                what a student handed in holds no notebook; the sentence is for the student

A student's fault is never an exception: it ends as a state of the verdict.
"""


class ExaminerError(Exception):
    """A command cannot go on; the message says why and what to do."""


class CourseError(ExaminerError):
    """The course's own files are at fault."""


class UnknownAssignment(CourseError):
    """An assignment that course.toml does not list."""


class NotReleased(CourseError):
    """A step needs the release, which is missing or older than its source."""


class UnknownStudent(ExaminerError):
    """A student who handed in nothing."""


class NotGraded(ExaminerError):
    """A submission that has no verdict yet."""


class SandboxError(ExaminerError):
    """Student code cannot be run safely on this machine."""


class NotebookError(ExaminerError):
    """A file is no notebook that Jupyter can read."""


class LeakFound(ExaminerError):
    """Students would get what only instructors may see."""


class NotPublished(ExaminerError):
    """A folder or branch holds what publishing did not write."""


class NotCollected(ExaminerError):
    """A zip file of submissions cannot be read."""


class Unreadable(ExaminerError):
    """What a student handed in holds no notebook that can be graded."""
