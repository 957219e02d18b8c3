"""What other platforms hand out: Gradescope's export, nbgrader's exchange, Drive's folder, git clones."""

import os

import pytest

from examiner.collecting.collect import collect
from examiner.collecting.roster import take_roster
from examiner.errors import NotCollected
from tests.examiner.collecting.conftest import submitted

METADATA = """\
submission_501:
  :submitters:
  - :name: Ada Lovelace
    :sid: S1
    :email: ada@uni.example
  :created_at: 2027-02-10 12:30:15.123456000 Z
  :score: 10.0
submission_502:
  :submitters:
  - :name: Ben Li
    :sid: S2
    :email: ben@uni.example
  - :name: Cy Ray
    :sid:
    :email: Cy@uni.example
  :created_at: 2027-02-11 09:00:00.000000000 -08:00
"""


@pytest.fixture
def roster(course, tmp_path):
    """Read a class of three into the roster."""
    path = tmp_path / "class.csv"
    rows = ["Name,Email,Student ID,Username", "Ada Lovelace,ada@uni.example,S1,adal"]
    path.write_text("\n".join([*rows, "Ben Li,ben@uni.example,S2,benl", "Cy Ray,cy@uni.example,S3,cyr"]))
    take_roster(course, path)


def gradescope(packed, metadata=METADATA, **more):
    top = "assignment_91_export"
    files = {
        f"{top}/submission_metadata.yml": metadata,
        f"{top}/submission_501/adding.ipynb": b"1",
        f"{top}/submission_501/submission_metadata.yml": b"submission_502: {}",
        f"{top}/submission_502/work/adding.ipynb": b"2",
    }
    return packed(files | {f"{top}/{name}": content for name, content in more.items()})


def test_gradescopes_export_names_people_times_and_groups(course, roster, packed):
    collected = collect(course, gradescope(packed))
    assert (collected.not_placed, collected.questions, collected.unlisted) == ([], [], [])
    assert submitted(course) == {
        "Ada_Lovelace/01_adding/adding.ipynb": b"1",
        "Ada_Lovelace/01_adding/submission_metadata.yml": b"submission_502: {}",
        "Ada_Lovelace/01_adding/timestamp.txt": b"2027-02-10 12:30:15 UTC\n",
        "Ben_Li/01_adding/timestamp.txt": b"2027-02-11 17:00:00 UTC\n",
        "Ben_Li/01_adding/work/adding.ipynb": b"2",
        "Cy_Ray/01_adding/timestamp.txt": b"2027-02-11 17:00:00 UTC\n",
        "Cy_Ray/01_adding/work/adding.ipynb": b"2",
    }
    assert "Gradescope's export tells when the work was handed in." in str(collected)


def test_a_folder_that_gradescope_does_not_list_is_named(course, roster, packed):
    path = gradescope(packed, **{"submission_9/adding.ipynb": b"3", "notes.txt": b"x"})
    assert collect(course, path).not_placed == [
        "assignment_91_export/submission_9/adding.ipynb is in no submission that "
        "assignment_91_export/submission_metadata.yml lists",
        "assignment_91_export/notes.txt is in no submission that "
        "assignment_91_export/submission_metadata.yml lists",
    ]


@pytest.mark.parametrize(
    ("metadata", "reason"),
    [
        ("[", "while parsing"),
        ("- a", "expected a folder's name with what is known of it, for each"),
        ("submission_501: {}", "submission_501 has no :submitters:"),
        ("submission_501:\n  :submitters: [1]", "submission_501 has no :submitters:"),
    ],
    ids=["no YAML", "a list", "nobody", "numbers"],
)
def test_a_damaged_list_of_gradescopes_stops_before_anything_is_placed(course, packed, metadata, reason):
    with pytest.raises(NotCollected, match="submission_metadata.yml is damaged") as refusal:
        collect(course, gradescope(packed, metadata))
    assert reason in str(refusal.value)
    assert submitted(course) == {}


def test_a_name_that_refers_to_others_again_and_again_costs_nothing(course, packed):
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n"
    for before, now in zip("abcdefgh", "bcdefghi", strict=True):
        bomb += f"{now}: &{now} [{', '.join([f'*{before}'] * 9)}]\n"
    with pytest.raises(NotCollected, match="has no :submitters:"):
        collect(course, gradescope(packed, bomb))


EXCHANGE = {
    "ada+01_adding+2027-02-10 12:30:15.123456 UTC": b"1",
    "ada+01_adding+2027-02-11 08:00:00.000001 UTC+Xk3b_Q-9": b"2",
    "be+n+01_adding+2027-02-12 08:00:00.000001 UTC": b"3",
    "cy+09_other+2027-02-12 08:00:00.000001 UTC": b"4",
}


@pytest.fixture
def exchange(tmp_path):
    """An exchange's folder of what was handed in."""
    for name, content in EXCHANGE.items():
        folder = tmp_path / "inbound" / name
        folder.mkdir(parents=True)
        (folder / "adding.ipynb").write_bytes(content)
        (folder / "timestamp.txt").write_text("2020-01-01 00:00:00 UTC")
    return tmp_path / "inbound"


def test_an_exchanges_folder_names_user_assignment_and_time(course, exchange):
    collected = collect(course, exchange)
    assert submitted(course) == {
        "ada/01_adding/adding.ipynb": b"2",
        "ada/01_adding/timestamp.txt": b"2027-02-11 08:00:00 UTC\n",
        "be_n/01_adding/adding.ipynb": b"3",
        "be_n/01_adding/timestamp.txt": b"2027-02-12 08:00:00 UTC\n",
    }
    assert collected.not_placed == [
        "cy+09_other+2027-02-12 08:00:00.000001 UTC/adding.ipynb is of 09_other, which course.toml does not "
        "list"
    ]
    assert collected.own_times == []
    assert "Handed in more than once, the latest version counts (1): ada/01_adding" in str(collected)


def test_users_of_an_exchange_are_the_students_of_nbgraders_own_roster(course, exchange, tmp_path):
    path = tmp_path / "students.csv"
    path.write_text("id,first_name,last_name,email\nada,Ada,Lovelace,ada@uni.example\nbe+n,Ben,Li,\n")
    take_roster(course, path)
    collected = collect(course, exchange)
    assert collected.unlisted == []
    assert {name.split("/")[0] for name in submitted(course)} == {"ada", "be+n"}


def test_a_drive_folder_of_google_classroom_is_read_and_what_names_nobody_is_listed(course, roster, packed):
    names = [
        "Homework 1/Ada Lovelace - adding.ipynb",
        "Homework 1/Ben Li - adding.ipynb",
        "Homework 1/adding.ipynb",
    ]
    collected = collect(course, packed(dict.fromkeys(names, b"1")))
    assert {name.split("/")[0] for name in submitted(course)} == {"Ada_Lovelace", "Ben_Li"}
    assert collected.not_placed == ["Homework 1/adding.ipynb does not name its student"]


def test_of_two_namesakes_in_google_classroom_one_is_known_by_the_name_of_the_folder(
    course, packed, tmp_path
):
    path = tmp_path / "class.csv"
    path.write_text("Name,Email,Student ID\nAda Li,a@uni.example,S1\nAda Li,b@uni.example,S2\n")
    take_roster(course, path)
    top = "NEURO - Homework 1"
    collected = collect(
        course,
        packed({f"{top}/Ada Li - adding.ipynb": b"1", f"{top}/Ada_Li_S2 - adding.ipynb": b"2"}),
    )
    assert submitted(course) == {"Ada_Li_S2/01_adding/adding.ipynb": b"2"}
    (question,) = collected.questions
    assert str(question) == "Ada_Li (Ada Li): is this the same person as Ada_Li_S1 or Ada_Li_S2?"


@pytest.fixture
def clones(tmp_path):
    """A folder of clones as GitHub Classroom's command line makes it."""
    top = tmp_path / "home-work-submissions"
    for account in ("adal", "benl"):
        clone = top / f"home-work-{account}"
        (clone / ".git").mkdir(parents=True)
        (clone / ".git" / "adding.ipynb").write_bytes(b"no")
        (clone / "adding.ipynb").write_bytes(account.encode())
    return top


def test_clones_are_the_students_whose_accounts_they_name(course, roster, clones):
    collected = collect(course, clones)
    assert submitted(course) == {
        "Ada_Lovelace/01_adding/adding.ipynb": b"adal",
        "Ben_Li/01_adding/adding.ipynb": b"benl",
    }
    assert collected.unlisted == []
    assert "Nothing in the folder tells when the work was handed in, so nobody counts as late." in str(
        collected
    )


def test_links_and_pipes_in_a_folder_are_named_and_not_read(course, clones):
    (clones / "home-work-adal" / "secret.csv").symlink_to("/etc/passwd")
    (clones / "home-work-benl" / "other").symlink_to("/etc")
    os.mkfifo(clones / "home-work-benl" / "pipe.ipynb")
    collected = collect(course, clones)
    reason = "is a link or a device, not a regular file"
    assert sorted(collected.not_placed) == [
        f"adal/secret.csv {reason}", f"benl/other {reason}", f"benl/pipe.ipynb {reason}",
    ]  # fmt: skip
    assert set(submitted(course)) == {"adal/01_adding/adding.ipynb", "benl/01_adding/adding.ipynb"}


def test_extensions_of_a_class_over_a_week_and_more_choose_the_version_that_counts(course, packed):
    """The due date is 2027-02-12 23:59; nothing was handed in when the file was written."""
    days = {"Ada": 3, "Ben": 7, "Cy": 10, "Di": 0}
    lines = [f"{name},01_adding,{count},,ill\n" for name, count in days.items() if count]
    (course.root / "extensions.csv").write_text("student,assignment,days,due,reason\n" + "".join(lines))
    folder = "{number}-7 - {name} - Feb {day}, 2027 1100 PM/adding.ipynb"
    handed_in = {
        folder.format(number=500 + place, name=name, day=day): f"{day}".encode()
        for place, name in enumerate(days)
        for day in (11, 13, 15, 17, 19, 21, 23)
    }
    collected = collect(course, packed(handed_in))
    counted = {name: int(submitted(course)[f"{name}/01_adding/adding.ipynb"]) for name in days}
    assert counted == {"Ada": 15, "Ben": 19, "Cy": 21, "Di": 11}
    assert sorted(collected.too_late) == [f"{name}/01_adding" for name in days]
