import pytest

from examiner.intake.strays import strays

STRAYS = {
    "misspelt": (
        "eve/01_ading/adding.ipynb",
        "submitted/eve/01_ading fits no assignment: did you mean submitted/eve/01_adding/?",
    ),
    "in other letters": (
        "eve/01 Adding/x.ipynb",
        "submitted/eve/01 Adding fits no assignment: did you mean submitted/eve/01_adding/?",
    ),
    "named by the notebook": (
        "eve/adding/x.ipynb",
        "submitted/eve/adding fits no assignment: did you mean submitted/eve/01_adding/?",
    ),
    "like none": ("eve/homework/x.ipynb", "submitted/eve/homework fits no assignment"),
    "one level too high": (
        "eve/adding (1).ipynb",
        "submitted/eve/adding (1).ipynb lies one level too high: did you mean submitted/eve/01_adding/?",
    ),
    "beside the students": (
        "adding.ipynb",
        "submitted/adding.ipynb lies beside the students' folders, expected submitted/STUDENT/ASSIGNMENT/",
    ),
    "assignment first": (
        "01_adding/eve/adding.ipynb",
        "submitted/01_adding is an assignment where a student is expected, expected "
        "submitted/STUDENT/ASSIGNMENT/",
    ),
}
FINE = ["eve/01_adding/adding.ipynb", ".people.json", "README.md", "eve/.DS_Store", "__MACOSX/eve/x.ipynb"]


def put(course, name):
    path = course.root / "submitted" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("{}")


@pytest.mark.parametrize("stray", STRAYS)
def test_what_lies_in_an_odd_place_is_named_with_the_place_that_is_meant(course, stray):
    name, said = STRAYS[stray]
    put(course, name)
    assert strays(course) == [said]


@pytest.mark.parametrize("name", FINE)
def test_what_is_in_its_place_or_nobodys_is_not_named(course, name):
    put(course, name)
    assert strays(course) == []


def test_nothing_is_named_where_nothing_was_handed_in(course):
    assert strays(course) == []
