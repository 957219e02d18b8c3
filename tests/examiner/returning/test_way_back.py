import csv
import io
import zipfile

import pytest

from examiner.collecting.collect import collect
from examiner.collecting.roster import take_roster
from examiner.commands import main
from examiner.errors import BadExport, NotReturned
from examiner.gradebook.roster import read_members
from examiner.returning.way_back import Wishes, give_back
from examiner.verdict import write_verdict
from tests.examiner.returning.conftest import give, grade
from tests.examiner.verdicts import unreadable

HEAD = (
    "Student,ID,SIS Login ID,Section,{column} (777),Current Score\n"
    "    Points Possible,,,,{most},(read only)\n"
)
PEOPLE = {81: "Lovelace, Ada", 82: "Li, Ben", 83: "Ray, Cy"}


@pytest.fixture
def export(tmp_path):
    """A function that writes a Canvas gradebook, and returns where."""

    def export(people=PEOPLE, *, column="Adding and doubling", most="100", grades=None):
        path = tmp_path / "canvas.csv"
        rows = [
            f'"{name}",{number},user{number},A,{(grades or {}).get(number, "")},\n'
            for number, name in people.items()
        ]
        path.write_text(HEAD.format(column=column, most=most) + "".join(rows))
        return path

    return export


@pytest.fixture
def class_of_3(course, assignment, export, tmp_path):
    """A class on Canvas, collected and graded, one written answer of which waits for a score."""
    take_roster(course, export())
    with zipfile.ZipFile(tmp_path / "submissions.zip", "w") as archive:
        for number, name in PEOPLE.items():
            slug = "".join(reversed(name.split(", "))).lower()
            archive.writestr(f"{slug}_{number}_{500 + number}_adding.ipynb", b"{}")
    collect(course, tmp_path / "submissions.zip")
    grade(course, assignment, ["Ada_Lovelace", "Ben_Li", "Cy_Ray"], waiting=["Cy_Ray"])
    return course


def returned(course, assignment, **wishes):
    summary = give_back(course, assignment, "canvas", Wishes(**wishes))
    content = (course.root / summary.files[0]).read_text()
    rows = list(csv.DictReader(io.StringIO(content)))
    (column,) = (title for title in rows[0] if title.endswith("(777)"))
    return summary, {row["ID"]: row[column] for row in rows if row["ID"]}


def test_nothing_is_written_while_written_answers_wait(class_of_3, assignment):
    with pytest.raises(NotReturned) as refusal:
        give_back(class_of_3, assignment, "canvas")
    assert str(refusal.value) == (
        "nothing was written: written answers of 1 student in 01_adding wait for a score (Cy_Ray). Score "
        "them in Formgrader, or return the others with PARTIAL=yes"
    )
    assert not (class_of_3.root / "returned").exists()


def test_the_others_go_back_if_one_says_so_and_who_waits_is_left_empty(class_of_3, assignment):
    summary, grades = returned(class_of_3, assignment, partial=True)
    assert grades == {"81": "35", "82": "95", "83": ""}
    assert "Left empty, a written answer waits for a score (1): Cy_Ray" in str(summary)
    with zipfile.ZipFile(class_of_3.root / summary.files[1]) as archive:
        assert sorted(archive.namelist()) == ["adalovelace_81_581_adding.html", "benli_82_582_adding.html"]


def test_who_waited_is_new_at_the_next_return(class_of_3, assignment):
    returned(class_of_3, assignment, partial=True)
    give(class_of_3, assignment, {"Cy_Ray": 40.0})
    summary, grades = returned(class_of_3, assignment, only_changed=True)
    assert grades == {"83": "100"}
    assert "Since the last return: 0 changed, 1 new, 0 as before\nNew (1): Cy_Ray" in str(summary)


def test_unreadable_work_has_a_page_and_no_grade(class_of_3, assignment):
    give(class_of_3, assignment, {"Cy_Ray": 40.0})
    write_verdict(unreadable("Ben_Li"), class_of_3.path("autograded", assignment, "Ben_Li"))
    summary, grades = returned(class_of_3, assignment)
    assert grades == {"81": "35", "82": "", "83": "100"}
    assert "Left empty, a person must look at them (make review) (1): Ben_Li" in str(summary)
    assert summary.pages == 3


def test_scores_are_shares_of_what_the_platform_gives_and_it_is_said(class_of_3, assignment, export):
    summary, grades = returned(class_of_3, assignment, partial=True, file=export(most="10"))
    assert grades == {"81": "3.5", "82": "9.5", "83": ""}
    assert (
        "“Adding and doubling” is worth 10 points on Canvas, and 100 here: scores are written as shares of 10"
    ) in str(summary)


def test_cells_that_the_platform_keeps_stay(class_of_3, assignment, export):
    path = export(grades={81: "EX", 82: "N/A", 83: "12"})
    summary, grades = returned(class_of_3, assignment, partial=True, file=path)
    assert grades == {"81": "EX", "82": "N/A", "83": "12"}
    assert "Left as they are on Canvas (2): Ada_Lovelace is “EX” there, Ben_Li is “N/A” there" in str(summary)


def test_who_is_not_in_the_export_is_named(class_of_3, assignment, export):
    path = export({81: "Lovelace, Ada", 83: "Ray, Cy"})
    summary, grades = returned(class_of_3, assignment, partial=True, file=path)
    assert grades == {"81": "35", "83": ""}
    assert "Not in the export of Canvas, so their grades are in no file" in str(summary)
    assert summary.made.absent == ["Ben_Li"]


def test_a_column_is_named_once_and_remembered(class_of_3, assignment, export):
    path = export(column="Homework 1")
    with pytest.raises(NotReturned) as refusal:
        returned(class_of_3, assignment, partial=True, file=path)
    assert str(refusal.value) == (
        "the export of Canvas has no column that tells 01_adding: choose one of “Homework 1” with "
        'COLUMN="title"'
    )
    returned(class_of_3, assignment, partial=True, column="Homework 1")
    assert returned(class_of_3, assignment, partial=True)[1]["81"] == "35"


@pytest.mark.parametrize(
    ("how", "reason"),
    [
        (
            {"most": ""},
            "Canvas does not say what Adding and doubling is worth there: expected a number of points",
        ),
        ({"column": "Other"}, "the export of Canvas has no column that tells 01_adding"),
    ],
    ids=["no maximum", "other column"],
)
def test_an_export_into_which_no_grade_fits_is_one_sentence(class_of_3, assignment, export, how, reason):
    with pytest.raises(NotReturned, match=reason):
        give_back(class_of_3, assignment, "canvas", Wishes(partial=True, file=export(**how)))
    assert not (class_of_3.root / "returned").exists()


def test_an_export_of_another_platform_than_the_wanted_is_refused(class_of_3, assignment, export):
    before = read_members(class_of_3)
    path = export(PEOPLE | {84: "Fox, Di"})
    with pytest.raises(NotReturned, match=r"canvas.csv is an export of Canvas, expected Brightspace's"):
        give_back(class_of_3, assignment, "brightspace", Wishes(partial=True, file=path))
    assert read_members(class_of_3) == before


def test_without_an_export_one_is_asked_for(class_of_3, assignment):
    with pytest.raises(NotReturned) as refusal:
        give_back(class_of_3, assignment, "moodle", Wishes(partial=True))
    assert str(refusal.value) == (
        "no export of Moodle for 01_adding is known: download its grading worksheet, and run this with "
        "FILE=export.csv"
    )


def test_what_is_not_graded_yet_is_left_empty_and_named(class_of_3, assignment):
    (class_of_3.root / "submitted" / "Di_Fox" / "01_adding").mkdir(parents=True)
    summary, _ = returned(class_of_3, assignment, partial=True)
    assert "Left empty, not graded yet (make grade) (1): Di_Fox" in str(summary)


def test_before_anything_is_graded_there_is_nothing_to_return(course, assignment):
    with pytest.raises(NotReturned, match="nothing of 01_adding is graded yet: run `make grade`"):
        give_back(course, assignment, "csv")


def test_the_command_writes_a_plain_table_with_a_row_for_everybody(class_of_3, monkeypatch, capsys):
    monkeypatch.chdir(class_of_3.root)
    assert main(["return", "01_adding", "csv", "--partial"]) == 0
    assert capsys.readouterr().out.splitlines()[0] == (
        "01_adding, CSV: 2 grades in returned/01_adding/csv/grades.csv, 2 pages in "
        "returned/01_adding/csv/feedback.zip"
    )
    text = (class_of_3.root / "returned" / "01_adding" / "csv" / "grades.csv").read_text()
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["student"], row["score"], row["max_score"]) for row in rows] == [
        ("Ada_Lovelace", "35", "100"), ("Ben_Li", "95", "100"), ("Cy_Ray", "", "100"),
    ]  # fmt: skip
    assert main(["return", "01_adding", "csv"]) == 2
    assert (
        "examiner: nothing was written: written answers of 1 student in 01_adding" in capsys.readouterr().err
    )


def test_the_export_of_another_course_is_refused_and_nothing_is_written(class_of_3, assignment, export):
    give(class_of_3, assignment, {"Cy_Ray": 30.0})
    take_roster(class_of_3, export(PEOPLE | {84: "Ono, Di", 85: "Abe, Eva"}))
    before = read_members(class_of_3)
    others = {number: f"Other, Person{number}" for number in range(200, 230)}
    with pytest.raises(
        BadExport, match="only 0 of the 5 on the roster are among them: is it another course's"
    ):
        give_back(class_of_3, assignment, "canvas", Wishes(file=export(others)))
    assert read_members(class_of_3) == before
    assert list((class_of_3.root / "returned").glob("*/*/*")) == []
    assert len(returned(class_of_3, assignment)[1]) == 5


def test_who_is_not_in_a_newer_export_is_named_and_the_others_get_their_grades(
    class_of_3, assignment, export
):
    give(class_of_3, assignment, {"Cy_Ray": 30.0})
    summary, grades = returned(class_of_3, assignment, file=export({81: PEOPLE[81], 82: PEOPLE[82]}))
    assert set(grades) == {"81", "82"}
    assert all(grades.values())
    assert summary.made.absent == ["Cy_Ray"]
    assert "Cy_Ray" in str(summary)


def test_of_two_columns_with_one_title_the_number_tells_which(class_of_3, assignment, tmp_path):
    give(class_of_3, assignment, {"Cy_Ray": 30.0})
    path = tmp_path / "two.csv"
    head = "Student,ID,SIS Login ID,Section,Adding and doubling (777),Adding and doubling (778)\n"
    people = "".join(f'"{name}",{number},user{number},A,,\n' for number, name in PEOPLE.items())
    path.write_text(f"{head}    Points Possible,,,,100,100\n{people}")
    with pytest.raises(NotReturned) as refusal:
        give_back(class_of_3, assignment, "canvas", Wishes(file=path))
    assert str(refusal.value).endswith(
        'choose one of “Adding and doubling (777)”, “Adding and doubling (778)” with COLUMN="title"'
    )
    summary = give_back(class_of_3, assignment, "canvas", Wishes(column="Adding and doubling (778)"))
    assert summary.column.place == 5
