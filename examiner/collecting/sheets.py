"""Reads a table that a platform exported, in its encoding and with its separator, and writes one back.

    bytes ─▶ encoding ─▶ separator ─▶ Sheet ─▶ … ─▶ bytes, in the same form

What is written may be opened in a spreadsheet, so no cell of it can become a formula.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from examiner.errors import BadExport

MAX_BYTES = 200_000_000
_MAX_CELL = 1_000_000

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_SEPARATORS = ",;\t"
_NUMBER = re.compile(r"[+-]?\d[\d.,]*%?", re.ASCII)
# OWASP, "CSV Injection": a spreadsheet takes a cell that begins so for a formula, whatever quotes it has.
# NFKC makes one letter of the wide forms, which Japanese versions of Excel read alike.
_FORMULA = re.compile(r"[\s\x00]*[=+\-@]")
_PAGE = re.compile(r"\s*<(?:!doctype|html|\?xml)", re.IGNORECASE)
_LINE = re.compile(r"\r\n|\n|\r")
# What Excel writes above the titles, and reads, to name the separator.
_NAMED_SEPARATOR = re.compile(r"\"?sep=([,;\t])\"?[,;\t]*(?:\r\n|\n|\r)")


@dataclass(frozen=True)
class Sheet:
    """A table: its titles, its rows as long as these, and how its file is written."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    encoding: str = "utf-8"
    separator: str = ","
    line_end: str = "\r\n"
    titles_line: int = field(default=1, compare=False)

    def columns(self, *titles: str) -> list[int]:
        """Return the places of columns by their titles, in whatever case; those that are not there lack."""
        plain = [title.strip().casefold() for title in self.header]
        return [plain.index(title.casefold()) for title in titles if title.casefold() in plain]

    def column(self, *titles: str) -> int | None:
        """Return the place of the first of these columns that is there."""
        found = self.columns(*titles)
        return found[0] if found else None

    def line(self, number: int) -> str:
        """Return the place of a row as people count it, the first line of the file as 1."""
        return f"line {number + 1 + self.titles_line}"


def read_sheet(content: bytes, name: str) -> Sheet:
    """Return the table in a file; `BadExport` says in one sentence why it is none."""
    if not content.strip():
        raise BadExport(f"{name} is empty: export it again")
    if len(content) > MAX_BYTES:
        raise BadExport(f"{name} has more than {MAX_BYTES // 1_000_000} MB: is it an export of a class?")
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise BadExport(f"{name} is a workbook or a zip file: export it as CSV, or save it as CSV UTF-8")
    encoding, text = _decoded(content, name)
    if _PAGE.match(text):
        raise BadExport(f"{name} is a web page and no table: sign in to the platform, and export it again")
    named = _NAMED_SEPARATOR.match(text)
    text = text[named.end() :] if named else text
    separator = named[1] if named else _separator(text)
    try:
        lines = [row for row in _reader(text, separator) if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise BadExport(f"{name} is damaged ({error}): export it again") from None
    if not lines:
        raise BadExport(f"{name} is empty: export it again")
    header = tuple(cell.strip() for cell in lines[0])
    end = _LINE.search(text)
    first = 2 if named else 1
    rows = _even(lines[1:], header, name, first)
    return Sheet(header, rows, encoding, separator, end.group() if end else "\n", first)


def write_sheet(sheet: Sheet) -> bytes:
    """Return a table as a file in the form in which it came; every cell is in quotes, and none a formula."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=sheet.separator, lineterminator=sheet.line_end, quoting=csv.QUOTE_ALL)
    writer.writerows([[harmless_cell(cell) for cell in row] for row in [sheet.header, *sheet.rows]])
    mark = {encoding: mark for mark, encoding in _MARKS if encoding.startswith("utf-16")}
    return mark.get(sheet.encoding, b"") + text.getvalue().encode(sheet.encoding)


def harmless_cell(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula; a number stays one."""
    return f"'{cell}" if is_formula(cell) else cell


def is_formula(cell: str) -> bool:
    """Return whether a spreadsheet would take a cell for a formula."""
    plain = unicodedata.normalize("NFKC", cell)
    return bool(_FORMULA.match(plain)) and plain.strip() != "-" and not _NUMBER.fullmatch(plain.strip())


def read_number(cell: str) -> float | None:
    """Return the number in a cell, with a point or a comma for its decimals, or None."""
    plain = cell.strip().removesuffix("%").strip()
    if "," in plain and "." in plain:
        thousands = min(",", ".", key=plain.rfind)
        plain = plain.replace(thousands, "")
    if plain.count(",") == 1:
        plain = plain.replace(",", ".")
    return float(plain) if re.fullmatch(r"[+-]?\d+(\.\d+)?", plain, re.ASCII) else None


def has_decimal_comma(cells: Iterable[str]) -> bool:
    """Return whether the numbers of a table have a comma where others have a point."""
    return any(re.fullmatch(r"-?\d+,\d+", cell.strip(), re.ASCII) for cell in cells)


def _decoded(content: bytes, name: str) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding, _text(content.removeprefix(mark), encoding.removesuffix("-sig"), name)
    try:
        content.decode("utf-8")
        encoding = "utf-8"
    except UnicodeDecodeError:
        encoding = "cp1252"  # what Excel writes where nobody asks for UTF-8
    return encoding, _text(content, encoding, name)


def _text(content: bytes, encoding: str, name: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise BadExport(f"{name} is no text in UTF-8, UTF-16 or Windows-1252: save it as CSV UTF-8") from None
    if "\0" in text:
        raise BadExport(f"{name} is no text: export it as CSV")
    return text


def _separator(text: str) -> str:
    """Return what stands between most cells of the first lines, outside of quotes."""
    first = "\n".join(text.splitlines()[:5])
    bare = re.sub(r'"[^"]*"', "", first)
    return max(_SEPARATORS, key=bare.count)


def _reader(text: str, separator: str) -> Iterable[list[str]]:
    before = csv.field_size_limit(_MAX_CELL)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    finally:
        csv.field_size_limit(before)


def _even(
    rows: Sequence[list[str]], header: tuple[str, ...], name: str, first: int
) -> tuple[tuple[str, ...], ...]:
    """Return the rows, each as long as the titles; one that has more cells than titles is a fault."""
    width = len(header)
    for number, row in enumerate(rows):
        if any(cell.strip() for cell in row[width:]):
            raise BadExport(
                f"{name}, line {number + 1 + first}: expected {width} cells as in the first line, got "
                f"{len(row)}. Export it again, and change nothing but cells"
            )
    return tuple(tuple([*row, *[""] * (width - len(row))][:width]) for row in rows)
