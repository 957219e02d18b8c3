"""A class of 30 in a week on each platform: roster, collect, scores, return, what the platform then holds."""

import shutil
import zipfile
from copy import copy
from datetime import UTC, datetime, timedelta

import pytest

from examiner.collecting.collect import Choices, collect
from examiner.collecting.roster import mark_departed, take_roster
from examiner.collecting.sheets import is_formula
from examiner.course.facts import read_course
from examiner.gradebook.database import open_gradebook
from examiner.gradebook.roster import read_members
from examiner.gradebook.scores import scores
from examiner.intake import timestamps
from examiner.returning.way_back import Wishes, give_back
from tests.examiner.returning.conftest import give, grade
from tests.examiner.returning.platforms import PLATFORMS, class_of_30, rows_of


class Week:
    """A class on a platform, with its roster read and its first archive collected."""

    def __init__(self, course, assignment, platform, folder):
        self.course, self.assignment, self.platform, self.folder = course, assignment, platform, folder
        self.people, self.by = class_of_30()
        self.take()
        known = {each.value: m.student for m in read_members(course).values() for each in m.identities}
        self.students = {
            person.account: known.get(person.email) or known[person.account] for person in self.people
        }

    def take(self, grades=None):
        path = self.folder / self.platform.export_name
        path.write_bytes(self.platform.export(self.people, grades))
        return take_roster(self.course, path)

    def collect(self, **choices):
        """Collect; where an archive does not tell its two namesakes apart, a person says it."""
        same = self.platform.same(self.people, self.students)
        archive = self.platform.archive(self.people, self.folder)
        return collect(self.course, archive, choices=Choices(same=same, **choices))

    def extend(self, account, days):
        with open_gradebook(self.course) as book:
            book.update_or_create_submission(self.assignment.name, self.students[account])
            book.grant_extension(self.assignment.name, self.students[account], days=days)

    def returned(self, **wishes):
        summary = give_back(self.course, self.assignment, self.platform.name, Wishes(**wishes))
        contents = [(self.course.root / path).read_bytes() for path in summary.files]
        return summary, contents

    def handed_in(self):
        found = {}
        for path in sorted((self.course.root / "submitted").glob("*/01_adding/adding.ipynb")):
            found[path.parents[1].name] = path.read_bytes()
        return found

    def totals(self):
        book = scores(self.course, self.assignment)
        return {account: f"{book[name].total:g}" for account, name in self.students.items() if name in book}


# What is the same for every plain table is tried with one of those who get one.
WITH_GRADEBOOKS = [name for name, platform in PLATFORMS.items() if platform.has_gradebook]
on_each_platform = pytest.mark.parametrize("graded_week", [*WITH_GRADEBOOKS, "Gradescope"], indirect=True)
where_grades_can_be_edited = pytest.mark.parametrize("graded_week", WITH_GRADEBOOKS, indirect=True)


@pytest.fixture(scope="module", params=PLATFORMS)
def graded_week(request, released_course, tmp_path_factory):
    """The week of a class on each platform up to its scores, made once: copy it, do not change it."""
    folder = tmp_path_factory.mktemp("week")
    course = read_course(shutil.copytree(released_course, folder / "course"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timestamps, "now", lambda: datetime(2027, 7, 1, tzinfo=UTC))
        week = Week(course, course.assignments[0], PLATFORMS[request.param], folder)
        week.extend(week.by["extended"].account, 5)
        week.collected = week.collect()
        mark_departed(course, [week.students[week.by["dropout"].account]], departed=True)
        grade(course, week.assignment, sorted(week.handed_in()))
    return week


@pytest.fixture
def week(graded_week, tmp_path):
    """The week in a folder of its own."""
    week = copy(graded_week)
    week.course = read_course(shutil.copytree(graded_week.course.root, tmp_path / "course"))
    return week


def test_the_week_of_a_class_ends_with_each_grade_and_page_at_its_student(week):
    assert len(week.students) == len(set(week.students.values())) == 30
    collected = week.collected
    assert (collected.not_placed, collected.questions, collected.unlisted) == ([], [], [])
    assert week.handed_in() == {
        week.students[person.account]: person.versions[-1][1] for person in week.people if person.versions
    }
    summary, (grades, pages) = week.returned()
    left_out = {week.by[who].account for who in ("dropout", "absent")}
    nothing = dict.fromkeys((person.account for person in week.people), "")
    expected = nothing | week.totals() | dict.fromkeys(left_out, "")
    if not week.platform.lists_who_left:
        del expected[week.by["dropout"].account]
    assert week.platform.grades(grades, week.people) == expected
    assert len(summary.grades) == 28
    (week.folder / "pages.zip").write_bytes(pages)
    with zipfile.ZipFile(week.folder / "pages.zip") as archive:
        taken = week.platform.pages(archive, week.people)
    assert set(taken) == {person.account for person in week.people} - left_out
    for account, page in taken.items():
        own = week.course.root / "feedback" / week.students[account] / "01_adding" / "adding.html"
        assert page == own.read_bytes()


def test_lateness_is_told_by_the_platform_where_it_can_and_an_extension_counts(week):
    book = scores(week.course, week.assignment)
    late, extended = (book[week.students[week.by[who].account]] for who in ("late", "extended"))
    assert extended.late_penalty == 0
    assert (late.late_penalty > 0) == week.platform.knows_times
    if week.platform.name == "canvas":
        assert "which does not say by how much" in str(week.collected)


def test_nothing_of_one_student_is_in_anothers_page(week):
    _, (_, pages) = week.returned()
    (week.folder / "pages.zip").write_bytes(pages)
    with zipfile.ZipFile(week.folder / "pages.zip") as archive:
        taken = week.platform.pages(archive, week.people)
    for account, page in taken.items():
        text = page.decode()
        for other in week.people:
            if other.account != account:
                for secret in (other.account, other.email, other.school_id, week.students[other.account]):
                    if secret not in week.students[account]:
                        assert f"{secret}<" not in text
                        assert f">{secret}" not in text


@on_each_platform
def test_no_cell_of_the_grade_file_can_become_a_formula(week):
    _, (grades, _) = week.returned()
    is_tabbed = grades.startswith(b"\xff\xfe")
    rows = rows_of(grades[2:], separator="\t", encoding="utf-16-le") if is_tabbed else rows_of(grades)
    cells = [cell for row in rows for cell in row.values()]
    assert any("Max" in cell for cell in cells) or week.platform.name == "brightspace"
    assert [cell for cell in cells if is_formula(cell)] == []


@on_each_platform
def test_a_second_return_says_what_changed_and_can_return_that_alone(week):
    week.returned()
    account = week.people[0].account
    give(week.course, week.assignment, {week.students[account]: 12.0})
    summary, (grades, pages) = week.returned(only_changed=True)
    found = week.platform.grades(grades, week.people)
    assert {name: cell for name, cell in found.items() if cell} == {account: week.totals()[account]}
    assert len(found) == 1
    assert "Since the last return: 1 changed, 0 new, 0 as before" in str(summary)
    (week.folder / "pages.zip").write_bytes(pages)
    with zipfile.ZipFile(week.folder / "pages.zip") as archive:
        assert set(week.platform.pages(archive, week.people)) == {account}
    summary, files = week.returned(only_changed=True)
    assert str(summary) == ("01_adding: nothing has changed since the last return, so nothing was written")
    assert files == []


@where_grades_can_be_edited
def test_a_grade_that_was_edited_on_the_platform_stays_and_is_named(week):
    _, (grades, _) = week.returned()
    there = week.platform.grades(grades, week.people)
    edited = week.people[11].account
    week.take(there | {edited: "99"})
    summary, (grades, _) = week.returned()
    assert week.platform.grades(grades, week.people)[edited] == "99"
    student = week.students[edited]
    ours = week.totals()[edited]
    assert summary.made.edited == [f"{student} has 99 there, here {ours}"]
    _, (grades, _) = week.returned(overwrite=True)
    assert week.platform.grades(grades, week.people)[edited] == ours


@on_each_platform
def test_a_second_roster_in_another_order_finds_everybody_again(week):
    before = {name: member.student for name, member in read_members(week.course).items()}
    week.people.reverse()
    assert week.take().enrolment.new == ()
    assert {name: member.student for name, member in read_members(week.course).items()} == before


def test_collecting_again_asks_nobody_who_is_who(week):
    archive = week.platform.archive(week.people, week.folder)
    collected = collect(week.course, archive)
    assert (collected.questions, collected.not_placed) == ([], [])
    assert {what for _, what in collected.counts} == {"unchanged"}


def test_without_an_answer_namesakes_whom_an_archive_does_not_tell_apart_are_asked_about(
    course, assignment, tmp_path
):
    week = Week(course, assignment, PLATFORMS["Brightspace"], tmp_path)
    collected = collect(course, week.platform.archive(week.people, tmp_path))
    assert [str(question) for question in collected.questions] == [
        f"{number} (Ada Lovelace): is this the same person as Ada_Lovelace_S20081 or Ada_Lovelace_S20082?"
        for number in (40081, 40082)
    ]
    assert not any(student.startswith("Ada_Lovelace") for student in week.handed_in())


def test_an_extension_keeps_a_resubmission_in_time(course, assignment, tmp_path):
    week = Week(course, assignment, PLATFORMS["Brightspace"], tmp_path)
    late, extended = week.by["late"], week.by["extended"]
    for person in (late, extended):
        person.versions.insert(0, (person.versions[0][0] - timedelta(days=3), b'{"cells": [1]}'))
    week.extend(extended.account, 5)
    collected = week.collect()
    found = week.handed_in()
    assert found[week.students[late.account]] == late.versions[0][1]
    assert found[week.students[extended.account]] == extended.versions[1][1]
    assert collected.too_late == [f"{week.students[late.account]}/01_adding"]
    assert (
        "Handed in again after the due date, so the last version that was in time counts; LATEST=yes takes "
        f"the last one (1): {week.students[late.account]}/01_adding"
    ) in str(collected)
