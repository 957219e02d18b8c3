import pytest

from examiner.archive import NotPlaced, Who, is_junk, student_names, understand, wrapping_folders
from examiner.course import read_course

from .conftest import ROOT

COURSE = read_course(ROOT)
LNP, GLM = "01_lnp_encoding", "02_poisson_glm"


@pytest.mark.parametrize(
    ("name", "who", "path", "assignment"),
    [
        ("ada/02_poisson_glm/poisson_glm.ipynb", Who("ada"), "poisson_glm.ipynb", GLM),
        ("submitted/ada/02_poisson_glm/data/x.csv", Who("ada"), "data/x.csv", GLM),
        ("ada/poisson_glm.ipynb", Who("ada"), "poisson_glm.ipynb", GLM),
        ("ada/Copy of Poisson GLM (1).ipynb", Who("ada"), "Copy of Poisson GLM (1).ipynb", GLM),
        ("ada/homework.ipynb", Who("ada"), "homework.ipynb", None),
        ("ada/week 3/lnp_encoding.ipynb", Who("ada"), "week 3/lnp_encoding.ipynb", LNP),
        ("02_poisson_glm/ada/mine.ipynb", Who("ada"), "mine.ipynb", GLM),
        (
            "Ada Lovelace_117_assignsubmission_file_/lnp_encoding.ipynb",
            Who("Ada Lovelace", "117"), "lnp_encoding.ipynb", LNP,
        ),
        (
            "Ada Lovelace_117_assignsubmission_file/02_poisson_glm/mine.ipynb",
            Who("Ada Lovelace", "117"), "mine.ipynb", GLM,
        ),
        (
            "Ada_M_Lovelace_117_assignsubmission_file_lnp_encoding.ipynb",
            Who("Ada_M_Lovelace", "117"), "lnp_encoding.ipynb", LNP,
        ),
        (
            "Ada Lovelace_117_assignsubmission_onlinetext_/onlinetext.html",
            Who("Ada Lovelace", "117"), "onlinetext.html", None,
        ),
        ("lovelaceada_81_4711_lnp_encoding-2.ipynb", Who("lovelaceada_81"), "lnp_encoding-2.ipynb", LNP),
        ("lovelaceada_LATE_81_4711_mine.ipynb", Who("lovelaceada_81", is_late=True), "mine.ipynb", None),
        ("anon_LATE_Xk3bQ_4711_lnp_encoding.ipynb", Who("Xk3bQ", is_late=True), "lnp_encoding.ipynb", LNP),
    ],
)  # fmt: skip
def test_a_name_tells_student_file_and_assignment(name, who, path, assignment):
    entry = understand(name, COURSE)
    assert (entry.who, entry.path) == (who, path)
    assert (entry.assignment.name if entry.assignment else None) == assignment


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("poisson_glm.ipynb", "does not tell whose it is"),
        ("02_poisson_glm/poisson_glm.ipynb", "does not tell whose it is"),
        ("../ada/poisson_glm.ipynb", "leads outside of the folder of submissions"),
        ("ada/../../poisson_glm.ipynb", "leads outside of the folder of submissions"),
        ("/ada/poisson_glm.ipynb", "leads outside of the folder of submissions"),
        ("ada\\..\\poisson_glm.ipynb", "leads outside of the folder of submissions"),
        ("C:/ada/poisson_glm.ipynb", "leads outside of the folder of submissions"),
    ],
)
def test_a_name_that_leads_outside_or_tells_no_student_is_not_placed(name, reason):
    with pytest.raises(NotPlaced, match=f"^{reason}$"):
        understand(name, COURSE)


@pytest.mark.parametrize(
    ("names", "wrapped"),
    [
        (["ada/a.ipynb", "ben/a.ipynb"], 0),
        (["export/ada/a.ipynb", "export/ben/a.ipynb"], 1),
        (["all/export/ada/a.ipynb", "all/export/ben/a.ipynb"], 2),
        (["ada/a.ipynb", "ada/b.csv"], 0),
        (["ada/a.ipynb", "ada/pictures/b.png"], 0),
        (["a_81_1_x.ipynb"], 0),
        ([], 0),
    ],
)
def test_folders_that_hold_everything_are_no_students(names, wrapped):
    assert wrapping_folders(names) == wrapped
    if wrapped:
        assert understand(names[0], COURSE, wrapped=wrapped).who == Who("ada")


@pytest.mark.parametrize(
    "name", ["__MACOSX/ada/._a.ipynb", "ada/.DS_Store", "ada/.ipynb_checkpoints/a.ipynb"]
)
def test_what_systems_and_editors_add_is_junk(name):
    assert is_junk(name)
    assert not is_junk("ada/timestamp.txt")
    assert not is_junk("../ada/a.ipynb")


def test_students_get_folders_and_those_of_one_name_get_their_number_too():
    ada, maria, other = Who("Ada Lovelace", "117"), Who("María José", "118"), Who("María José", "119")
    assert student_names([ada, ada, maria, other]) == {
        ada: "Ada_Lovelace",
        maria: "María_José_118",
        other: "María_José_119",
    }


def test_students_whose_folders_cannot_be_told_apart_get_none():
    assert student_names([Who("ada b"), Who("ada_b"), Who("..."), Who("ben")]) == {Who("ben"): "ben"}
