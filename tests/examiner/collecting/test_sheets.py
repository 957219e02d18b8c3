import csv
import io

import pytest

from examiner.collecting.sheets import (
    harmless_cell,
    is_formula,
    read_number,
    read_sheet,
    write_sheet,
)
from examiner.errors import BadExport

ROWS = [["Name", "Points"], ["José; Ada", "1"], ["Bo\tCy", "2,5"]]


def text_of(rows, separator):
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return text.getvalue()


@pytest.mark.parametrize("separator", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_table_in_any_encoding_and_with_any_separator_is_read_and_written_alike(encoding, separator):
    content = text_of(ROWS, separator).encode(encoding)
    sheet = read_sheet(content, "a.csv")
    assert [list(sheet.header), *map(list, sheet.rows)] == ROWS
    again = read_sheet(write_sheet(sheet), "a.csv")
    assert again == sheet
    assert (sheet.separator, sheet.line_end) == (separator, "\r\n")
    assert write_sheet(sheet)[:2] == (content[:2] if encoding in ("utf-8-sig", "utf-16") else b'"N')


@pytest.mark.parametrize("first", ["sep=;", '"sep=;"', "sep=;;"], ids=["plain", "quoted", "filled"])
def test_the_line_with_which_excel_names_the_separator_is_no_line_of_titles(first):
    sheet = read_sheet(f"{first}\r\nName;Points\r\nLi, Ada;2,5\r\n".encode(), "a.csv")
    assert (sheet.header, sheet.rows, sheet.separator) == (("Name", "Points"), (("Li, Ada", "2,5"),), ";")
    assert sheet.line(0) == "line 3"
    with pytest.raises(BadExport, match="^a.csv, line 4: expected 2 cells as in the first line, got 3"):
        read_sheet(f"{first}\nName;Points\nLi;2\nLi;2;3\n".encode(), "a.csv")


def test_blank_lines_are_no_rows_and_short_rows_are_filled():
    sheet = read_sheet(b"a,b,c\n\n1,2\n , ,\n", "a.csv")
    assert sheet.rows == (("1", "2", ""),)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "a.csv is empty: export it again"),
        (b" \n\n", "a.csv is empty: export it again"),
        (b"PK\x03\x04rest", "a.csv is a workbook or a zip file: export it as CSV, or save it as CSV UTF-8"),
        (b"a,b\n1,2,3\n", "a.csv, line 2: expected 2 cells as in the first line, got 3. Export it again, and "
                          "change nothing but cells"),
        (b"a,b\n\x00,2\n", "a.csv is no text: export it as CSV"),
        (b"a,\x81\n", "a.csv is no text in UTF-8, UTF-16 or Windows-1252: save it as CSV UTF-8"),
        (b" <!DOCTYPE html>\n<html>", "a.csv is a web page and no table: sign in to the platform, and export "
                                      "it again"),
        (b'a,b\n"1,2\n', "a.csv is damaged (unexpected end of data): export it again"),
    ],
    ids=["empty", "blank", "workbook", "too many cells", "zero bytes", "no encoding", "page", "open quote"],
)  # fmt: skip
def test_what_is_no_table_is_one_sentence(content, reason):
    with pytest.raises(BadExport) as refusal:
        read_sheet(content, "a.csv")
    assert str(refusal.value) == reason


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+cmd|' /C calc'!A0",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        " =1",
        "\r=1",
        "＝1+1",
        "－2+3",
        "＠x",
        "\n@a",
    ],
)
def test_what_a_spreadsheet_takes_for_a_formula_gets_a_quote(cell):
    assert is_formula(cell)
    assert harmless_cell(cell) == f"'{cell}"
    assert not is_formula(harmless_cell(cell))


@pytest.mark.parametrize(
    "cell", ["", "-", "12", "-5", "+4.5", "-3,25", "85%", "Ada", "#S1", "O'Brien", "a=b", "1-2"]
)
def test_numbers_and_texts_stay_as_they_are(cell):
    assert harmless_cell(cell) == cell


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("12", 12), (" 7.5 ", 7.5), ("7,5", 7.5), ("1,234.50", 1234.5), ("1.234,50", 1234.5), ("85 %", 85),
        ("", None), ("-", None), ("EX", None), ("1.2.3", None), ("(read only)", None),
    ],
)  # fmt: skip
def test_a_number_is_read_with_point_or_comma(cell, number):
    assert read_number(cell) == number
