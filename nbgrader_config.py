"""nbgrader's settings, read from course.toml; plain `nbgrader` commands and Formgrader use them too."""

from pathlib import Path

from nbgrader.converters import GenerateAssignment

from examiner.course import read_course
from examiner.nbgrader_plugin import FoldTests, StampCourseFacts

c = get_config()  # noqa: F821  (nbgrader defines it)
course = read_course(Path(__file__).parent)

c.CourseDirectory.root = str(course.root)
c.CourseDirectory.course_id = course.repository.rpartition("/")[2]
c.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", "verdict.json*"]
c.GenerateAssignment.preprocessors = [
    StampCourseFacts,
    FoldTests,
    *GenerateAssignment.preprocessors.default_args[0],
]
c.Execute.extra_arguments = ["--log-level=40"]  # kernels speak on loopback and need not warn of it
c.Execute.timeout = course.cell_seconds
c.AssignLatePenalties.plugin_class = "examiner.nbgrader_plugin.LatePolicyPlugin"
