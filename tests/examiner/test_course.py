from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from examiner.course import Feedback, LatePolicy, read_course
from examiner.errors import CourseError, UnknownAssignment


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


def test_all_assignments_are_chosen_unless_one_is_named(course):
    assert course.chosen(None) == course.assignments == course.chosen("01_adding")


def test_a_folder_without_course_toml_is_no_course(tmp_path):
    with pytest.raises(CourseError, match="course.toml is missing: run this in the top folder"):
        read_course(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('title = "A tiny course"', "title = ", "is not valid TOML"),
        ('branch = "main"', "", "the entry 'branch' is missing"),
        ("percent_per_day = 10", "percent_a_day = 10", "unexpected keyword argument 'percent_a_day'"),
        ("due = 2027-02-12T23:59:00Z", "due = 2027-02-12", "must be a date-time with a zone"),
        ('name = "01_adding"', 'name = "07_none"', "expected one notebook in source/07_none, found none"),
    ],
)
def test_a_wrong_entry_is_named(course, old, new, message):
    edit(course, old, new)
    with pytest.raises(CourseError, match=message):
        read_course(course.root)


@pytest.mark.parametrize(
    ("name", "guess"),
    [
        ("'Europe/Berlín'", " Did you mean Europe/Berlin?"),
        ("'CEST'", " Did you mean EST?"),
        ("'../../etc/passwd'", ""),
        ("1", ""),
    ],
)
def test_a_zone_that_there_is_not_is_named_with_the_nearest(course, name, guess):
    edit(course, 'branch = "main"', f'branch = "main"\ntimezone = {name}')
    with pytest.raises(CourseError) as refusal:
        read_course(course.root)
    expected = "course.toml: timezone must be a name like Europe/Berlin, got "
    assert str(refusal.value) == f"{expected}{name}.{guess}"


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


@pytest.mark.parametrize(
    ("packages", "error"),
    [
        ('"seaborn"', "[grading] packages must be a list of modules, got 'seaborn'"),
        ("[3]", '[grading] packages names modules as `import` does, such as "seaborn", got 3'),
        (
            '["scikit-image"]',
            '[grading] packages names modules as `import` does, such as "seaborn", got \'sci',
        ),
    ],
)
def test_packages_are_a_list_of_modules(course, packages, error):
    edit(course, "[[assign", f"[grading]\npackages = {packages}\n\n[[assign")
    with pytest.raises(CourseError) as raised:
        read_course(course.root)
    assert error in str(raised.value)


def test_packages_are_none_unless_course_toml_names_some(course):
    assert course.grading.packages == ()
    edit(course, "[[assign", '[grading]\npackages = ["seaborn", "a.b"]\n\n[[assign')
    assert read_course(course.root).grading.packages == ("seaborn", "a.b")
