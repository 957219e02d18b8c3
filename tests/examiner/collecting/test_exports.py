import pytest

from examiner.collecting.exports import POINTS, recognise
from examiner.collecting.sheets import read_sheet
from examiner.errors import BadExport
from examiner.gradebook.roster import Identity


def export(text, assignment="", name="a.csv"):
    return recognise(read_sheet(text.encode(), name), name, assignment)


MAIL = "ada@uni.example"
CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Homework 1 (777),Notes,Current Score\n"
    "    Points Possible,,,,,10,,(read only)\n"
    '"Lovelace, Ada",81,S1,ada@uni.example,A,5,,50\n'
    '"Student, Test",999,,,A,,,\n'
)
MOODLE = (
    "Identifier,Full name,Email address,Grade,Maximum Grade,Grade can be changed,Last modified (submission),"
    "Last modified (grade),Feedback comments\n"
    'Participant 117,Ada Lovelace,Ada@uni.example,,100.00,Yes,"Friday, 12 February 2027, 2:14 PM",-,\n'
)
BRIGHTSPACE = (
    "OrgDefinedId,Username,Last Name,First Name,Quiz Points Grade <Numeric MaxPoints:4 Weight:1>,"
    "Quiz Text Grade,End-of-Line Indicator\n#S1,#ada,Lovelace,Ada,3,good,#\n"
)
BLACKBOARD = (
    '"Last Name","First Name","Username","Student ID","Availability","Homework [Total Pts: 20 Score] |77",'
    '"Total [Total Pts: up to 20 Score] |78","Letter [Total Pts: 5 Letter] |79"\n'
    '"Lovelace","Ada","ada","S1","Yes","","",""\n'
)
NBGRADER = "id,first_name,last_name,email,lms_user_id\nada,Ada,Lovelace,ada@uni.example,81\n"
PLAIN = "Surname,First name,Email address,ID number\nLovelace,Ada,ada@uni.example,S1\n"


@pytest.mark.parametrize(
    ("text", "platform", "identities"),
    [
        (CANVAS, "Canvas", {("Canvas", "81"), ("ID", "S1"), ("account", MAIL), ("e-mail", MAIL)}),
        (MOODLE, "Moodle", {("Moodle", "117"), ("e-mail", MAIL)}),
        (BRIGHTSPACE, "Brightspace", {("ID", "S1"), ("account", "ada")}),
        (BLACKBOARD, "Blackboard", {("Blackboard", "ada"), ("account", "ada"), ("ID", "S1")}),
        (NBGRADER, "nbgrader", {("nbgrader", "ada"), ("e-mail", MAIL)}),
        (PLAIN, "CSV", {("e-mail", MAIL), ("ID", "S1")}),
    ],
    ids=["Canvas", "Moodle", "Brightspace", "Blackboard", "nbgrader", "plain"],
)  # fmt: skip
def test_each_platforms_export_names_people_and_their_numbers(text, platform, identities):
    found = export(text)
    (person,) = found.people
    assert (found.platform, person.first_name, person.last_name) == (platform, "Ada", "Lovelace")
    assert {(each.platform, each.value) for each in person.identities} == identities


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        (CANVAS, [("Homework 1", 10.0)]),
        (MOODLE, [("Grade", 100.0)]),
        (BRIGHTSPACE, [("Quiz", 4.0)]),
        (BLACKBOARD, [("Homework", 20.0)]),
        (PLAIN, []),
    ],
    ids=["Canvas", "Moodle", "Brightspace", "Blackboard", "plain"],
)
def test_only_columns_that_take_points_are_columns_for_grades(text, columns):
    found = export(text)
    assert [(each.title, each.maximum) for each in found.columns] == columns
    assert {each.unit for each in found.columns} <= {POINTS}


def test_a_participants_number_holds_in_one_assignment_alone():
    (person,) = export(MOODLE, "01_adding").people
    assert Identity("Moodle", "117", "01_adding") in person.identities


def test_comments_that_look_like_formulas_stay_out_of_a_worksheet_that_goes_back():
    kept = export(MOODLE.replace(",-,\n", ",-,=1\n")).kept
    assert kept == tuple(range(8))
    assert export(MOODLE).kept == tuple(range(9))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("colour,size\nred,3\n", "a.csv has the columns colour, size. Expected an export of Canvas"),
        (CANVAS.split("\n")[0] + "\n", "a.csv lists nobody: export it again, with all students"),
        (
            MOODLE.replace("Participant 117", "Ada"),
            "line 2 of the worksheet has the Identifier “Ada”, expected one like Participant 117: download "
            "the worksheet again",
        ),
        (
            MOODLE.replace("Last modified (grade)", "Changed"),
            "the worksheet lacks the column Last modified (grade)",
        ),
        (
            NBGRADER.replace("\nada,", "\n../ada,"),
            "a.csv, line 2: the id “../ada” cannot be the name of a folder: expected one without a slash",
        ),
        (
            NBGRADER.replace("Lovelace", "L" * 129),
            f"a.csv, line 2: “{'L' * 40}…” has 129 characters, expected 128 at most",
        ),
        (NBGRADER.replace("\nada,", "\n,"), "line 2 has no id: nbgrader wants one for each student"),
        (
            PLAIN + "Byron,Ann,ADA@uni.example,S2\n",
            "a.csv, line 2 and line 3: both have the e-mail ada@uni.example, expected one row for each "
            "person. Remove the wrong one, or export again",
        ),
        (
            "Name,Email\nAda Li,\nBen Li,b@uni.example\nAda Li,\n",
            "a.csv, line 2 and line 4: both are Ada Li, and nothing tells them apart. Give each an e-mail "
            "or an ID, or remove one",
        ),
        (
            "Name,Email,email\nAda Li,a@uni.example,b@uni.example\n",
            "a.csv has two columns Email, expected one: remove the wrong one, or export again",
        ),
    ],
    ids=[
        "other columns",
        "nobody",
        "no number",
        "no time of grade",
        "no folder",
        "too long",
        "no id",
        "twice",
        "a name twice",
        "a column twice",
    ],
)
def test_an_export_that_is_not_as_expected_is_one_sentence(text, reason):
    with pytest.raises(BadExport) as refusal:
        export(text)
    assert str(refusal.value).startswith(reason)
    assert "\n" not in str(refusal.value)
