"""An export from which columns were deleted is refused, and not taken for a table of names."""

import pytest

from examiner.collecting.exports import recognise
from examiner.collecting.sheets import read_sheet
from examiner.errors import BadExport
from tests.examiner.collecting.test_exports import BLACKBOARD, BRIGHTSPACE, CANVAS, MOODLE

CASES = {
    "Canvas, no ID": (CANVAS, ["ID"], "Canvas, but lacks the column ID"),
    "Canvas, no section": (CANVAS, ["Section"], "Canvas, but lacks the column Section"),
    "Canvas, names and grades alone": (
        CANVAS, ["ID", "SIS User ID", "SIS Login ID", "Section"], "Canvas, but lacks the columns ID, Section",
    ),
    "Moodle, no number": (MOODLE, ["Identifier"], "Moodle, but lacks the column Identifier"),
    "Moodle, no grade": (MOODLE, ["Grade"], "Moodle, but lacks the column Grade"),
    "Brightspace, no key": (
        BRIGHTSPACE,
        ["OrgDefinedId", "Username"],
        "Brightspace, but lacks the column OrgDefinedId or Username",
    ),
    "Blackboard, no account": (BLACKBOARD, ["Username"], "Blackboard, but lacks the column Username"),
}  # fmt: skip


def without(text, titles):
    """Return an export without some of its columns."""
    sheet = read_sheet(text.encode(), "a.csv")
    kept = [place for place, title in enumerate(sheet.header) if title not in titles]
    lines = [[row[place] for place in kept] for row in (sheet.header, *sheet.rows)]
    return "\n".join("\t".join(line) for line in lines).encode()


@pytest.mark.parametrize("case", CASES)
def test_an_export_from_which_a_column_is_gone_is_one_sentence(case):
    text, titles, reason = CASES[case]
    with pytest.raises(BadExport) as refusal:
        recognise(read_sheet(without(text, titles), "a.csv"), "a.csv")
    assert str(refusal.value) == (
        f"a.csv looks like an export of {reason}: export it again, and delete no column"
    )


@pytest.mark.parametrize("text", [CANVAS, MOODLE, BRIGHTSPACE, BLACKBOARD], ids=lambda text: text[:8])
def test_a_whole_export_lacks_nothing(text):
    assert recognise(read_sheet(text.encode(), "a.csv"), "a.csv").platform != "CSV"


def test_a_table_of_ones_own_may_have_a_column_of_canvass():
    table = read_sheet(b"Name,SIS Login ID\nAda Li,ada\n", "a.csv")
    assert recognise(table, "a.csv").platform == "CSV"
