"""nbgrader's settings, read from course.toml; plain `nbgrader` commands and Formgrader use them too."""

from pathlib import Path

from nbgrader.apps.api import NbGraderAPI
from nbgrader.converters import GenerateAssignment
from nbgrader.coursedir import CourseDirectory

c = get_config()  # noqa: F821  (nbgrader defines it)
try:
    from examiner import nbgrader_exchange as exchange
    from examiner import nbgrader_plugin as plugin
    from examiner.course.facts import read_course
    from examiner.gradebook.database import address
    from examiner.intake import timestamps
    from examiner.results.markup import markdown_in_formgrader

    course = read_course(Path(__file__).parent)
    url = address(course)
except Exception as error:
    # Of other errors nbgrader only logs that it ignores this file, and then it runs student code as its own.
    raise SystemExit(f"nbgrader_config.py: {error}. Nothing was run.") from None

c.CourseDirectory.root = str(course.root)
c.CourseDirectory.db_url = url
c.CourseDirectory.course_id = course.repository.rpartition("/")[2]
c.CourseDirectory.ignore = [
    ".ipynb_checkpoints",
    "*.pyc",
    "__pycache__",
    "verdict.json*",
    timestamps.PUT_ASIDE,
]
c.GenerateAssignment.preprocessors = [
    plugin.StampCourseFacts,
    plugin.FoldTests,
    *GenerateAssignment.preprocessors.default_args[0],
]
# `nbgrader autograde` and Formgrader's button grade with the same engine as `make grade`.
c.Autograde.exporter_class = plugin.SubmissionExporter
c.Autograde.pre_convert_hook = plugin.name_the_notebook
c.Autograde.sanitize_preprocessors = []
c.Autograde.autograde_preprocessors = [plugin.GradeSubmission]
c.AssignLatePenalties.plugin_class = "examiner.nbgrader_plugin.LatePolicyPlugin"
c.HTMLExporter.preprocessors = [plugin.ShowSafely, plugin.ArrangeForMarking]
c.HTMLExporter.extra_template_basedirs, c.HTMLExporter.extra_template_paths = plugin.marking_templates()
c.HTMLExporter.filters = {"markdown2html": markdown_in_formgrader}
# Feedback goes back by the exchange to those who handed in by it, whatever way the others took.
c.ExchangeFactory.release_feedback = exchange.ReleaseFeedback
# Formgrader warns of a missing exchange only where somebody has said that there is one.
NbGraderAPI.exchange_missing = property(exchange.get_missing, exchange.set_missing)
NbGraderAPI.exchange_is_functional = property(exchange.is_functional)
# nbgrader reads timestamp.txt in these two places, and not as the examiner does: both ask the examiner.
CourseDirectory.get_existing_timestamp = plugin.existing_timestamp
NbGraderAPI.get_submitted_timestamp = plugin.submitted_timestamp
