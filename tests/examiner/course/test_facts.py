from dataclasses import fields, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from examiner.course.entries import Reader
from examiner.course.facts import Feedback, Grading, LatePolicy, Limits, read_course
from examiner.errors import CourseError, UnknownAssignment
from tests.examiner.conftest import COURSE


def edit(course, old, new):
    path = course.root / "course.toml"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


def test_the_facts_are_read(course):
    assert course.title == "A tiny course"
    assert course.assignments[0].filename == "adding.ipynb"
    assert course.assignments[0].due == datetime(2027, 2, 12, 23, 59, tzinfo=UTC)


def test_feedback_goes_nowhere_unless_course_toml_names_a_place(course):
    assert course.feedback.address == ""
    path = course.root / "course.toml"
    section = '[feedback]\nendpoint = "https://data.example.org/x/"\nproject = "my course"\nuser_key = "k"\n'
    path.write_text(path.read_text().replace("[[assign", f"{section}\n[[assign"))
    feedback = read_course(course.root).feedback
    assert feedback == Feedback("https://data.example.org/x/", "my course", "k")
    assert feedback.address == "https://data.example.org/x/api/v1/projects/my%20course"


def test_an_unknown_assignment_is_named_with_the_nearest_known(course):
    with pytest.raises(UnknownAssignment) as error:
        course.assignment("1_addding")
    assert str(error.value) == (
        "course.toml lists 01_adding, but no assignment '1_addding'. Did you mean 01_adding?"
    )


@pytest.mark.parametrize("number", ["1", "01"])
def test_an_assignment_is_found_by_its_number(course, number):
    assert course.assignment(number).name == "01_adding"


def test_a_number_means_the_place_where_no_name_has_one(course):
    named = replace(course.assignments[0], name="adding"), replace(course.assignments[0], name="more")
    unnumbered = replace(course, assignments=named)
    assert unnumbered.assignment("2").name == "more"
    with pytest.raises(UnknownAssignment):
        unnumbered.assignment("3")


def test_a_number_is_that_of_a_name_and_not_the_place(course):
    named = replace(course.assignments[0], name="03_adding"), replace(course.assignments[0], name="01_more")
    assert replace(course, assignments=named).assignment("1").name == "01_more"
    with pytest.raises(UnknownAssignment):
        replace(course, assignments=named).assignment("2")


def test_all_assignments_are_chosen_unless_one_is_named(course):
    assert course.chosen(None) == course.assignments == course.chosen("01_adding")


def test_a_folder_without_course_toml_is_no_course(tmp_path):
    with pytest.raises(CourseError, match="course.toml is missing: run this in the top folder"):
        read_course(tmp_path)


def refusal(course):
    with pytest.raises(CourseError) as refused:
        read_course(course.root)
    return str(refused.value)


WRONG = {
    "text where a text of one line is expected": (
        'title = "A tiny course"',
        "title = 3",
        "line 2: title is 3, expected a text of one line in quotes",
    ),
    "an empty text": (
        '"A tiny course"',
        '" "',
        'line 2: title is the text " ", expected a text of one line in',
    ),
    "the address of a repository": (
        '"YOUR-ORGANISATION/tiny"',
        '"https://github.com/uni/my-course.git"',
        'line 3: repository is the text "https://github.com/uni/my-course.git", expected a repository on '
        "GitHub "
        'like "my-university/my-course"; did you mean "uni/my-course"?',
    ),
    "a branch that git refuses": (
        'branch = "main"',
        'branch = "my branch"',
        'line 4: branch is the text "my branch", expected the name of a branch like "main"',
    ),
    "an entry that is missing": (
        'branch = "main"',
        "",
        'line 1: the top of the file has no entry branch, expected the name of a branch like "main"',
    ),
    "an entry of another name is not missing, too": (
        'branch = "main"',
        'brnch = "main"',
        "line 4: the top of the file has no entry brnch, expected one of title, repository, branch, "
        "[assignments], [late], [limits], [feedback], [grading], timezone; did you mean branch?",
    ),
    "an unknown table": (
        "[limits]",
        "[limit]",
        "line 11: the top of the file has no entry limit, expected one of title, repository, branch, "
        "[assignments], [late], [limits], [feedback], [grading], timezone; did you mean limits?",
    ),
    "an unknown entry of a table": (
        "percent_per_day = 10",
        "percent_a_day = 10",
        "line 8: [late] has no entry percent_a_day, expected one of grace_minutes, percent_per_day, "
        "percent_at_most; did you mean percent_per_day?",
    ),
    "an entry after the header of a table": (
        "percent_per_day = 10",
        'percent_per_day = 10\ntimezone = "UTC"',
        "line 9: [late] has no entry timezone, expected one of grace_minutes, percent_per_day, "
        "percent_at_most; it belongs above the first table",
    ),
    "an entry of another table": (
        "percent_per_day = 10",
        "percent_per_day = 10\nmemory_mb = 10",
        "line 9: [late] has no entry memory_mb, expected one of grace_minutes, percent_per_day, "
        "percent_at_most; it belongs under [limits]",
    ),
    "an entry that no file of a course has": (
        'branch = "main"',
        'branch = "main"\nroot = "/"',
        "line 5: the top of the file has no entry root, expected one of title, repository, branch, "
        "[assignments], [late], [limits], [feedback], [grading], timezone",
    ),
    "a number in quotes": (
        "grace_minutes = 15",
        'grace_minutes = "15"',
        'line 7: grace_minutes in [late] is the text "15", expected a number of minutes from 0 to 525600',
    ),
    "a number that is none": (
        "grace_minutes = 15",
        "grace_minutes = nan",
        "line 7: grace_minutes in [late] is nan, expected a number of minutes from 0 to 525600",
    ),
    "a negative share": (
        "percent_per_day = 10",
        "percent_per_day = -10",
        "line 8: percent_per_day in [late] is -10, expected a number from 0 to 100",
    ),
    "more than all": (
        "percent_at_most = 50",
        "percent_at_most = 101",
        "line 9: percent_at_most in [late] is 101, expected a number from 0 to 100",
    ),
    "yes for a number": (
        "cell_seconds = 4",
        "cell_seconds = true",
        "line 12: cell_seconds in [limits] is true, expected a whole number of seconds from 1 to 86400",
    ),
    "a fraction for a whole number": (
        "cell_seconds = 4",
        "cell_seconds = 4.5",
        "line 12: cell_seconds in [limits] is 4.5, expected a whole number of seconds from 1 to 86400",
    ),
    "gigabytes for megabytes": (
        "memory_mb = 2000",
        "memory_mb = 2",
        "line 14: memory_mb in [limits] is 2, expected a whole number of MB from 200 to 1000000",
    ),
    "a cell that may take longer than the notebook": (
        "total_seconds = 60",
        "total_seconds = 3",
        "line 12: cell_seconds in [limits] is 4, expected 3 at most, as total_seconds is",
    ),
    "a file that may be larger than the disk": (
        "memory_mb = 2000",
        "memory_mb = 2000\ndisk_mb = 10",
        "line 11: file_mb in [limits] is 64, expected 10 at most, as disk_mb is",
    ),
    "a table that is an entry": (
        "[late]\ngrace_minutes = 15\npercent_per_day = 10\npercent_at_most = 50",
        "late = 10",
        "line 6: late is 10, expected one table, headed [late]",
    ),
    "a list in place of one table": (
        "[late]",
        "[[late]]",
        "line 6: late is a list, expected one table, headed [late]",
    ),
    "one table in place of a list": (
        "[[assignments]]",
        "[assignments]",
        "line 16: assignments is a table, expected tables, each headed [[assignments]]",
    ),
    "a list of no tables": ("[[assignments]]", "[[assignment]]", "; did you mean assignments?"),
    "a date without a zone": (
        "due = 2027-02-12T23:59:00Z",
        "due = 2027-02-12T23:59:00",
        "line 19: due in [[assignments]] is 2027-02-12 23:59:00, expected a date and time with a zone and "
        "without quotes, like 2027-02-12T23:59:00Z",
    ),
    "a day alone": (
        "due = 2027-02-12T23:59:00Z",
        "due = 2027-02-12",
        "is 2027-02-12, expected a date and time with",
    ),
    "a date in quotes": (
        "due = 2027-02-12T23:59:00Z",
        'due = "2027-02-12T23:59:00Z"',
        'line 19: due in [[assignments]] is the text "2027-02-12T23:59:00Z", expected a date and time '
        "with a zone",
    ),
    "a year before all courses": (
        "due = 2027-02-12T23:59:00Z",
        "due = 0001-01-01T00:00:00+14:00",
        "line 19: due in [[assignments]] is 0001-01-01 00:00:00+14:00, expected a date and time with a zone",
    ),
    "a day that there is not": (
        "due = 2027-02-12T23:59:00Z",
        "due = 2027-02-30T23:59:00Z",
        'line 19: expected an entry like branch = "main", got due = 2027-02-30T23:59:00Z (Invalid date '
        "or datetime)",
    ),
    "a folder that there is not": (
        'name = "01_adding"',
        'name = "01_ading"',
        "line 17: source/01_ading holds no notebook, expected one notebook; did you mean 01_adding?",
    ),
    "a name that leads out of the course": (
        'name = "01_adding"',
        'name = "../01_adding"',
        'line 17: name in [[assignments]] is the text "../01_adding", expected the name of a folder in '
        "source/, "
        "of letters, digits, _ and -",
    ),
    "no zone": (
        'branch = "main"',
        'branch = "main"\ntimezone = 1',
        'line 5: timezone is 1, expected a time zone like "Europe/Berlin"',
    ),
    "letters for a zone": (
        'branch = "main"',
        'branch = "main"\ntimezone = "CEST"',
        'line 5: timezone is the text "CEST", expected a time zone like "Europe/Berlin"; did you mean EST?',
    ),
    "a zone by an accent": (
        'branch = "main"',
        'branch = "main"\ntimezone = "Europe/Berlín"',
        "; did you mean Europe/Berlin?",
    ),
    "a file for a zone": (
        'branch = "main"',
        'branch = "main"\ntimezone = "../../etc/passwd"',
        'line 5: timezone is the text "../../etc/passwd", expected a time zone like "Europe/Berlin"',
    ),
    "a server without a project": (
        "[limits]",
        '[feedback]\nendpoint = "https://data.example.org"\n[limits]',
        "line 11: project in [feedback] is missing, expected the name of the server's project as "
        "endpoint is given",
    ),
    "a server without http": (
        "[limits]",
        '[feedback]\nendpoint = "data.example.org"\n[limits]',
        'line 12: endpoint in [feedback] is the text "data.example.org", expected the address of a '
        "server like",
    ),
    "a module that is no list": (
        "[limits]",
        '[grading]\npackages = "seaborn"\n[limits]',
        'line 12: packages in [grading] is the text "seaborn", expected a list of modules as `import` '
        "names them, "
        'like ["seaborn", "statsmodels"]',
    ),
    "a module that is no text": (
        "[limits]",
        "[grading]\npackages = [3]\n[limits]",
        "line 12: packages in [grading] is",
    ),
    "a distribution for a module": (
        "[limits]",
        '[grading]\npackages = ["scikit-image"]\n[limits]',
        "line 12: packages in [grading] is",
    ),
    "no TOML": (
        'title = "A tiny course"',
        "title = ",
        'line 2: expected an entry like branch = "main", got title = (Invalid value)',
    ),
    "an entry twice": (
        'branch = "main"',
        'branch = "main"\nbranch = "dev"',
        'line 5: expected an entry like branch = "main", got branch = "dev" (Cannot overwrite a value)',
    ),
    "a list without an end": (
        "[limits]\n",
        '[grading]\npackages = ["seaborn"\n\n[limits]\n',
        "; the entry begins in line 12",
    ),
}


@pytest.mark.parametrize(("old", "new", "message"), WRONG.values(), ids=WRONG)
def test_a_wrong_entry_is_one_sentence_with_its_line(course, old, new, message):
    edit(course, old, new)
    said = refusal(course)
    assert said.startswith("course.toml, line ")
    assert message in said
    assert "\n" not in said


def test_a_name_may_be_given_to_one_assignment_only(course):
    path = course.root / "course.toml"
    path.write_text(path.read_text() + '[[assignments]]\nname = "01_Adding"\ntitle = "More"\n')
    (course.root / "source" / "01_Adding").mkdir()
    (course.root / "source" / "01_Adding" / "more.ipynb").touch()
    assert refusal(course) == (
        'course.toml, line 21: name in [[assignments]] is the text "01_Adding", which an assignment '
        "above has "
        "already, expected another name for each"
    )


def test_all_that_is_wrong_is_listed_at_once_from_top_to_bottom(course):
    edit(course, 'name = "01_adding"', 'name = "07_none"')
    edit(course, "cell_seconds = 4", "cell_second = 4")
    edit(course, 'title = "A tiny course"', "title = 3")
    assert refusal(course) == (
        "3 entries of course.toml are not as expected:\n"
        "  course.toml, line 2: title is 3, expected a text of one line in quotes\n"
        "  course.toml, line 12: [limits] has no entry cell_second, expected one of cell_seconds, "
        "total_seconds, "
        "memory_mb, disk_mb, files, file_mb, open_files, processes, output_kb; did you mean cell_seconds?\n"
        "  course.toml, line 17: source/07_none holds no notebook, expected one notebook"
    )


LETTERS = "abc=[]'\n #{},1.0-T:\0é" + '"'


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(begin=st.integers(0, len(COURSE)), length=st.integers(0, 30), put=st.text(LETTERS, max_size=12))
def test_whatever_is_written_there_is_read_or_refused_line_by_line(course, begin, length, put):
    text = COURSE[:begin] + put + COURSE[begin + length :]
    (course.root / "course.toml").write_text(text, encoding="utf-8")
    try:
        read_course(course.root)
    except CourseError as error:
        first, *others = str(error).split("\n")
        assert all(line.startswith("  course.toml, line ") for line in others)
        assert others or first.startswith("course.toml, line ")


def test_a_file_in_another_encoding_names_the_line(course):
    path = course.root / "course.toml"
    path.write_bytes(path.read_bytes().replace(b"Adding and", "Für".encode("latin-1")))
    assert refusal(course) == (
        "course.toml, line 18: expected text in UTF-8, got the byte 0xfc; save the file as UTF-8"
    )


def test_a_mark_that_some_editors_put_first_is_fine(course):
    path = course.root / "course.toml"
    path.write_text(path.read_text(), encoding="utf-8-sig")
    assert read_course(course.root) == course


def test_a_folder_in_place_of_the_file_is_an_error_of_the_course(course):
    path = course.root / "course.toml"
    path.unlink()
    path.mkdir()
    assert refusal(course) == f"{path} cannot be read (Is a directory): expected a text file"


def test_a_machine_without_time_zones_says_what_to_install(course, monkeypatch):
    edit(course, 'branch = "main"', 'branch = "main"\ntimezone = "Europe/Berlin"')
    monkeypatch.setattr("examiner.course.kinds.zone_names", frozenset)
    assert refusal(course).endswith("; this machine knows no time zones: install the package tzdata")


def test_what_is_not_named_has_its_default(course):
    path = course.root / "course.toml"
    text = path.read_text()
    tables = text[text.index("[late]") : text.index("[[assignments]]")]
    path.write_text(text.replace(tables, "").replace("due = 2027-02-12T23:59:00Z", ""))
    plain = read_course(course.root)
    assert (plain.late, plain.limits, plain.feedback, plain.grading) == (
        LatePolicy(),
        Limits(),
        Feedback(),
        Grading(),
    )
    assert plain.assignments[0].due is None


def test_each_default_is_one_that_course_toml_may_say(course):
    """So a limit is a field of `Limits` and nothing else."""
    for table in (LatePolicy(), Limits()):
        entries = {field.name: getattr(table, field.name) for field in fields(table)}
        reader = Reader(type(table))
        assert reader.table(type(table), entries, ("table",)) == table, reader.problems


def test_times_without_a_zone_are_in_utc_unless_course_toml_names_one(course):
    assert course.timezone is UTC
    edit(course, 'branch = "main"', 'branch = "main"\ntimezone = "Europe/Berlin"')
    assert read_course(course.root).timezone == ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("hours_late", "penalty"),
    [(-1, 0), (0, 0), (0.2, 0), (0.3, 8), (24.2, 8), (24.3, 16), (24 * 30, 40)],
)
def test_late_work_loses_a_share_for_each_day_begun_after_the_grace_period(hours_late, penalty):
    policy = LatePolicy(grace_minutes=15, percent_per_day=10, percent_at_most=50)
    assert policy.penalty(80, 3600 * hours_late) == pytest.approx(penalty)


def test_packages_are_none_unless_course_toml_names_some(course):
    assert course.grading.packages == ()
    edit(course, "[[assign", '[grading]\npackages = ["seaborn", "a.b"]\n\n[[assign')
    assert read_course(course.root).grading.packages == ("seaborn", "a.b")
