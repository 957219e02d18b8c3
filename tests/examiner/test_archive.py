from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examiner.archive import OWN_TIME_STAMP, Entry, Understood, Who, is_junk, understand
from examiner.course import read_course

from .conftest import ROOT

COURSE = read_course(ROOT)
LNP, GLM = COURSE.assignment("01_lnp_encoding"), COURSE.assignment("02_poisson_glm")
TIME = datetime(2027, 2, 10, 12, 30, 15)
MINUTE = datetime(2027, 2, 10, 12, 30)
ADA, MOODLE = Who("ada"), Who("Ada Lovelace", "Moodle", "117")
CANVAS, BRIGHTSPACE = Who("lovelaceada", "Canvas", "81"), Who("Ada Lovelace", "Brightspace", "12345")
BLACKBOARD = Who("ab123", "Blackboard", "ab123")

ALONE = [
    ("ada/02_poisson_glm/poisson_glm.ipynb", ADA, "poisson_glm.ipynb", GLM),
    ("submitted/ada/02_poisson_glm/data/x.csv", ADA, "data/x.csv", GLM),
    ("ada/poisson_glm.ipynb", ADA, "poisson_glm.ipynb", GLM),
    ("ada/Copy of Poisson GLM (1).ipynb", ADA, "Copy of Poisson GLM (1).ipynb", GLM),
    ("ada/homework.ipynb", ADA, "homework.ipynb", None),
    ("ada/week 3/lnp_encoding.ipynb", ADA, "week 3/lnp_encoding.ipynb", LNP),
    ("02_poisson_glm/ada/mine.ipynb", ADA, "mine.ipynb", GLM),
    ("Ada Lovelace - poisson_glm.ipynb", Who("Ada Lovelace"), "poisson_glm.ipynb", GLM),
    ("Ada Lovelace - poisson_glm - last.ipynb", Who("Ada Lovelace"), "poisson_glm - last.ipynb", GLM),
    ("Ada Lovelace_117_assignsubmission_file_/lnp_encoding.ipynb", MOODLE, "lnp_encoding.ipynb", LNP),
    ("Ada Lovelace_117_assignsubmission_file/02_poisson_glm/mine.ipynb", MOODLE, "mine.ipynb", GLM),
    ("Ada Lovelace_117_assignsubmission_file_lnp_encoding.ipynb", MOODLE, "lnp_encoding.ipynb", LNP),
    (
        "Ada_M_Lovelace_117_assignsubmission_file_lnp_encoding.ipynb",
        Who("Ada_M_Lovelace", "Moodle", "117"), "lnp_encoding.ipynb", LNP,
    ),
    (
        "Ada Lovelace_117_assignsubmission_onlinetext_/onlinetext.html",
        MOODLE, "onlinetext.html", None,
    ),
    ("Group 7_assignsubmission_file_/lnp_encoding.ipynb", Who("Group 7"), "lnp_encoding.ipynb", LNP),
    ("lovelaceada_81_4711_lnp_encoding-2.ipynb", CANVAS, "lnp_encoding-2.ipynb", LNP),
    ("lovelaceada_81_text.html", CANVAS, "text.html", None),
]  # fmt: skip


@pytest.mark.parametrize(("name", "who", "path", "assignment"), ALONE)
def test_a_name_tells_student_file_and_assignment(name, who, path, assignment):
    assert understand([name], COURSE) == Understood({name: Entry(who, path, assignment)})


@pytest.mark.parametrize(
    ("name", "who", "is_late"),
    [
        ("lovelaceada_LATE_81_4711_mine.ipynb", CANVAS, True),
        ("anon_LATE_Xk3bQ_4711_mine.ipynb", Who("Xk3bQ", "Canvas (anonymous)", "Xk3bQ"), True),
        ("LATE_anon_Xk3bQ_4711_mine.ipynb", Who("Xk3bQ", "Canvas (anonymous)", "Xk3bQ"), True),
        ("anon_Xk3bQ_4711_mine.ipynb", Who("Xk3bQ", "Canvas (anonymous)", "Xk3bQ"), False),
        ("anon_12345_4711_mine.ipynb", Who("12345", "Canvas (anonymous)", "12345"), False),
    ],
)
def test_canvas_tells_who_is_late(name, who, is_late):
    assert understand([name], COURSE).entries[name] == Entry(who, "mine.ipynb", is_late=is_late)


@pytest.mark.parametrize(
    ("name", "who", "path", "time"),
    [
        ("02_poisson_glm_ab123_attempt_2027-02-10-12-30-15_poisson_glm.ipynb", BLACKBOARD, None, TIME),
        ("Home_work 2_ab123_attempt_2027-02-10-12-30-15_poisson_glm.ipynb", BLACKBOARD, None, TIME),
        ("GLM_ab123_attempt_2027-02-10-12-30-15.txt", BLACKBOARD, "attempt.txt", TIME),
        ("GLM_ab123_attempt_2027-02-31-12-30-15_poisson_glm.ipynb", BLACKBOARD, None, None),
        (
            "12345-67890 - Ada Lovelace - Feb 10, 2027 1230 PM/poisson_glm.ipynb",
            BRIGHTSPACE, None, MINUTE,
        ),
        ("12345 - Ada Lovelace - Feb 10, 2027 1230 PM/poisson_glm.ipynb", BRIGHTSPACE, None, MINUTE),
        (
            "12345-67890 - Ada Lovelace - Feb 10, 2027 1230 PM - poisson_glm.ipynb",
            BRIGHTSPACE, None, MINUTE,
        ),
        (
            "12345-67890 - Ada Lovelace - Feb 10, 2027 105 AM/poisson_glm.ipynb",
            BRIGHTSPACE, None, datetime(2027, 2, 10, 1, 5),
        ),
        ("12345-67890 - Ada Lovelace - 10 févr. 2027 1230/poisson_glm.ipynb", BRIGHTSPACE, None, None),
        (
            "12345-67890 - Ada - King - Lovelace - Feb 10, 2027 1230 PM/poisson_glm.ipynb",
            Who("Ada - King - Lovelace", "Brightspace", "12345"), None, MINUTE,
        ),
    ],
)  # fmt: skip
def test_blackboard_and_brightspace_tell_the_time(name, who, path, time):
    entry = understand([name], COURSE).entries[name]
    assert (entry.who, entry.path, entry.time) == (who, path or "poisson_glm.ipynb", time)


def people_of(names):
    understood = understand(names, COURSE)
    assert not understood.refused
    return {name: entry.who for name, entry in understood.entries.items()}


def test_names_of_accounts_may_hold_what_separates_them_from_the_title():
    names = [f"Week_2_{who}_attempt_2027-02-10-12-30-15_glm.ipynb" for who in ("a_1", "a_2", "bob")]
    assert [who.number for who in people_of(names).values()] == ["a_1", "a_2", "bob"]


@pytest.mark.parametrize(
    "names",
    [
        ["export/ada/a.ipynb", "export/ben/a.ipynb"],
        ["all/export/ada/a.ipynb", "all/export/ben/a.ipynb"],
        ["submitted/ada/02_poisson_glm/a.ipynb", "submitted/ben/02_poisson_glm/a.ipynb"],
        ["02_poisson_glm/ada/a.ipynb", "02_poisson_glm/ben/a.ipynb"],
        ["export/02_poisson_glm/ada/a.ipynb", "export/02_poisson_glm/ben/a.ipynb"],
        ["export/02_poisson_glm/ada/a.ipynb", "export/01_lnp_encoding/ben/a.ipynb"],
    ],
    ids=lambda names: names[0],
)
def test_folders_that_hold_everything_are_no_students(names):
    assert list(people_of(names).values()) == [Who("ada"), Who("ben")]


@pytest.mark.parametrize(
    "names",
    [
        ["ada/a.ipynb", "ada/b.csv"],
        ["ada/a.ipynb", "ada/pictures/b.png"],
        ["ada/02_poisson_glm/a.ipynb", "ada/01_lnp_encoding/a.ipynb"],
        ["ada/report - last.ipynb", "ada/x_1_2_y.ipynb"],
    ],
    ids=lambda names: names[0],
)
def test_a_single_students_folder_is_a_student_although_it_holds_everything(names):
    assert set(people_of(names).values()) == {Who("ada")}


def test_what_a_platform_names_is_found_in_folders_around_it_beside_its_own_page():
    page = "Exercise 1/index.html"
    folder = "Exercise 1/12345-67890 - Ada Lovelace - Feb 10, 2027 1230 PM"
    assert people_of([page, f"{folder}/a.ipynb"]) == {f"{folder}/a.ipynb": BRIGHTSPACE}
    flat = ["export/lovelaceada_81_4711_a.ipynb", "export/bloggsben_82_4712_a.ipynb"]
    assert [who.number for who in people_of(flat).values()] == ["81", "82"]


ANOTHERS = [
    (
        "a folder named as an assignment's",
        ["Ada Lovelace_117_assignsubmission_file_/ben/02_poisson_glm/a.ipynb"], MOODLE,
    ),
    (
        "folders named as Moodle's",
        [
            "Ada Lovelace_117_assignsubmission_file_/Ben_118_assignsubmission_file_/a.ipynb",
            "Ada Lovelace_117_assignsubmission_file_/Cy_119_assignsubmission_file_/a.ipynb",
        ], MOODLE,
    ),
    (
        "a file named as Moodle's",
        ["Ada Lovelace_117_assignsubmission_file_Ben_118_assignsubmission_file_a.ipynb"], MOODLE,
    ),
    (
        "a file named as Blackboard's",
        [
            "lovelaceada_81_4711_x_ben_attempt_2020-01-01-00-00-00_a.ipynb",
            "lovelaceada_81_4712_a.ipynb",
        ], CANVAS,
    ),
    (
        "a file named as Brightspace's",
        ["12345 - Ada Lovelace - Feb 10, 2027 1230 PM - 9 - Ben - Feb 1, 2020 100 AM - a.ipynb"], BRIGHTSPACE,
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("names", "who"), [case[1:] for case in ANOTHERS], ids=[case[0] for case in ANOTHERS]
)
def test_what_a_student_calls_a_file_is_not_taken_for_a_students_name(names, who):
    assert set(people_of(names).values()) == {who}


def test_one_students_folder_for_another_student_is_the_first_ones_own():
    names = ["ada/ben/02_poisson_glm/a.ipynb", "cy/poisson_glm.ipynb"]
    assert list(people_of(names).values()) == [Who("ada"), Who("cy")]


def test_names_that_two_platforms_may_have_made_are_not_placed():
    name = "lovelaceada_81_4711_x_ben_attempt_2020-01-01-00-00-00_a.ipynb"
    assert understand([name], COURSE).refused == {
        name: "may be named by Blackboard or by Canvas: put it into a folder of its student's name, and "
        "collect a zip file of that"
    }


def test_beside_names_that_two_platforms_may_have_made_others_are_placed():
    name = "lovelaceada_81_4711_x_ben_attempt_2020-01-01-00-00-00_a.ipynb"
    understood = understand([name, "ben/poisson_glm.ipynb"], COURSE)
    assert (list(understood.refused), list(understood.entries)) == ([name], ["ben/poisson_glm.ipynb"])


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("poisson_glm.ipynb", "does not tell whose it is"),
        ("poisson_glm - Copy.ipynb", "does not tell whose it is"),
        ("Copy of Poisson GLM - 2.ipynb", "does not tell whose it is"),
        ("2 - homework.ipynb", "does not tell whose it is"),
        ("02_poisson_glm/poisson_glm.ipynb", "does not tell whose it is"),
        ("../ada/poisson_glm.ipynb", "leads outside of the folder of submissions"),
        ("ada/../../poisson_glm.ipynb", "leads outside of the folder of submissions"),
        ("/ada/poisson_glm.ipynb", "leads outside of the folder of submissions"),
        ("ada\\..\\poisson_glm.ipynb", "leads outside of the folder of submissions"),
        ("C:/ada/poisson_glm.ipynb", "leads outside of the folder of submissions"),
        ("./.", "has no name"),
        (f"ada/{'a' * 1000}.ipynb", "has a name of more than 1000 characters"),
    ],
)
def test_a_name_that_leads_outside_or_tells_no_student_is_not_placed(name, reason):
    assert understand([name], COURSE) == Understood(refused={name: reason})


@pytest.mark.parametrize(
    "name", ["timestamp.txt", "Timestamp.TXT", "timestamp.txt/a.ipynb"], ids=["file", "capitals", "folder"]
)
def test_a_time_stamp_that_was_handed_in_gets_another_name(name):
    entry = understand([f"Ada Lovelace_117_assignsubmission_file_/{name}"], COURSE)
    (entry,) = entry.entries.values()
    assert entry.path == OWN_TIME_STAMP + name[len("timestamp.txt") :]


def test_a_time_stamp_deeper_in_what_was_handed_in_is_a_file_like_others():
    name = "ada/02_poisson_glm/old/timestamp.txt"
    assert understand([name], COURSE).entries[name].path == "old/timestamp.txt"


@pytest.mark.parametrize(
    "name", ["__MACOSX/ada/._a.ipynb", "ada/.DS_Store", "ada/.ipynb_checkpoints/a.ipynb"]
)
def test_what_systems_and_editors_add_is_junk(name):
    assert is_junk(name)
    assert not is_junk("ada/timestamp.txt")
    assert not is_junk("../ada/a.ipynb")


PIECES = st.sampled_from(
    [
        "ada", "02_poisson_glm", "poisson_glm.ipynb", "timestamp.txt", "_117_", "assignsubmission_file_", "/",
        " - ", "12345-67890", "Feb 10, 2027 1230 PM", "_attempt_", "2027-02-10-12-30-15", "_LATE", "anon_",
        "..", "", "_81_4711_", "\0", "\N{RIGHT-TO-LEFT OVERRIDE}",
    ]
)  # fmt: skip
NAMES = st.lists(st.text() | st.lists(PIECES, max_size=8).map("".join), max_size=6)


@settings(max_examples=300, derandomize=True, deadline=None, database=None)
@given(NAMES)
def test_any_names_are_understood_or_refused(names):
    understood = understand(names, COURSE)
    assert set(understood.entries) | set(understood.refused) <= set(names)
    assert not set(understood.entries) & set(understood.refused)
    for entry in understood.entries.values():
        assert entry.path
        assert not {"..", ""} & set(entry.path.split("/"))
        assert entry.path.split("/")[0].casefold() != "timestamp.txt"
