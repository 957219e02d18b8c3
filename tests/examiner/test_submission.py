import copy
import io
import json
import os
import zipfile

import nbformat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nbconvert import PythonExporter

from examiner import cells
from examiner.errors import Unreadable
from examiner.files import read_files, shown_name
from examiner.release import solution
from examiner.repair import repair
from examiner.submission import read_submission

from .manglings import FILES, zipped

NAME = "adding.ipynb"
CUT = "adding.ipynb is not a notebook: it is not valid JSON, or it was cut short."
AGAIN = "Download it again with File ▸ Download (.ipynb) and hand that file in."
SAID = {
    "bytes_behind_the_end": "What stood behind the end of the notebook in its file was left out.",
    "numbered_by_a_browser": "The file `adding (1).ipynb` was taken for `adding.ipynb`.",
    "copy_of_by_colab": "The file `Copy_of_adding.ipynb` was taken for `adding.ipynb`.",
    "named_txt_by_a_browser": "The file `adding.ipynb.txt` was taken for `adding.ipynb`.",
    "in_a_sub_folder": "The file `homework/week 1/adding.ipynb` was taken for `adding.ipynb`.",
    "in_a_folder_named_like_the_notebook": (
        "The file `adding.ipynb/adding.ipynb` was taken for `adding.ipynb`."
    ),
    "zip_file": "The file `homework.zip/adding.ipynb` was taken for `adding.ipynb`.",
    "zip_file_with_a_folder": "The file `homework.zip/week/adding.ipynb` was taken for `adding.ipynb`.",
    "zip_file_with_path_tricks": "The file `homework.zip/adding.ipynb` was taken for `adding.ipynb`.",
}


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "submitted"
    folder.mkdir()
    return folder


@pytest.fixture
def solved(course, assignment):
    return solution(course, assignment)


@pytest.fixture
def read(folder, assignment):
    return lambda: read_submission(read_files(folder), assignment)


@pytest.fixture
def refused(folder, assignment):
    """A function that hands in files by name and returns the sentence that refuses them."""

    def refused(files):
        for name, content in files.items():
            (folder / name).write_bytes(content)
        with pytest.raises(Unreadable) as error:
            read_submission(read_files(folder), assignment)
        return str(error.value)

    return refused


def sources(notebook):
    return [(cell.cell_type, cell.source) for cell in notebook.cells]


@pytest.mark.parametrize("name", FILES)
def test_a_notebook_is_read_in_whichever_way_it_was_handed_in(folder, solved, read, name):
    FILES[name](folder, NAME, nbformat.writes(solved).encode())
    handed_in = read()
    assert sources(handed_in.notebook) == sources(solved)
    if name in SAID:
        assert SAID[name] in handed_in.repairs
    else:
        assert handed_in.repairs == ()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", f"adding.ipynb is empty. {AGAIN}"),
        (b"\xef\xbb\xbf \n", f"adding.ipynb is empty. {AGAIN}"),
        (b'{"cells": [', f"{CUT} {AGAIN}"),
        (b"[" * 10**6, f"{CUT} {AGAIN}"),
        (b'{"a":' * 10**6, f"{CUT} {AGAIN}"),
        (b"3", f"adding.ipynb is not a notebook: expected an object with cells. {AGAIN}"),
        (b"{}", f"adding.ipynb is not a notebook: it has no list of cells. {AGAIN}"),
        (bytes(range(128, 256)) * 9, f"adding.ipynb is not text in UTF-8, as notebooks are. {AGAIN}"),
        (
            b'{"cells": [\n<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> theirs\n]}',
            "adding.ipynb holds the conflict marks of a version control system (<<<<<<<): open both "
            "versions, keep one, and hand that in.",
        ),
        (
            json.dumps({"cells": [{}] * 5001}).encode(),
            "adding.ipynb has 5001 cells; more than 5000 are not read.",
        ),
    ],
    ids=[
        "empty", "blank", "cut short", "deep lists", "deep objects", "a number", "no cells", "not text",
        "conflict marks", "too many cells",
    ],
)  # fmt: skip
def test_a_file_that_is_no_notebook_is_refused_with_what_to_do(refused, content, reason):
    assert refused({NAME: content}) == reason


def test_nothing_handed_in_is_refused(refused):
    assert refused({}) == f"expected adding.ipynb, found no notebook. {AGAIN}"


def test_other_files_are_named(refused):
    files = {"essay.pdf": b"%PDF", "broken.zip": b"PK"}
    assert refused(files) == (
        "expected adding.ipynb, found no notebook (essay.pdf is no notebook, broken.zip cannot be unpacked "
        f"(it is damaged, or has a password)). {AGAIN}"
    )


def test_a_link_is_not_followed(folder, tmp_path, solved, refused):
    (tmp_path / "secret.ipynb").write_text(nbformat.writes(solved))
    (folder / NAME).symlink_to(tmp_path / "secret.ipynb")
    assert "(adding.ipynb is a link or a device, which is not followed)" in refused({})


def test_a_folder_that_is_a_link_is_not_followed(tmp_path, folder, solved, assignment):
    (folder / NAME).write_text(nbformat.writes(solved))
    (tmp_path / "link").symlink_to(folder)
    with pytest.raises(Unreadable, match="found no notebook"):
        read_submission(read_files(tmp_path / "link"), assignment)


def test_two_different_notebooks_that_could_be_it_are_refused(refused):
    assert refused({"adding (1).ipynb": b"{}", "adding (2).ipynb": b"[]"}) == (
        "expected one notebook, adding.ipynb, found adding (1).ipynb, adding (2).ipynb: hand in one of them."
    )


def test_of_several_notebooks_the_one_named_like_the_assignment_counts_and_the_others_are_named(
    folder, solved, read
):
    (folder / NAME).write_text(nbformat.writes(solved))
    (folder / "adding (1).ipynb").write_text("{}")
    handed_in = read()
    assert sources(handed_in.notebook) == sources(solved)
    assert handed_in.repairs == ("Not looked at, as one notebook is graded: adding (1).ipynb.",)


def test_a_short_name_is_not_taken_for_the_notebooks(folder, solved, read):
    (folder / "d.ipynb").write_text("{}")
    (folder / "Copy of adding.ipynb").write_text(nbformat.writes(solved))
    assert sources(read().notebook) == sources(solved)


def test_a_zip_bomb_is_refused_unopened(monkeypatch, refused):
    monkeypatch.setattr("examiner.files.MAX_BYTES", 10**6)
    bomb = zipped({f"{number}.ipynb": b"0" * 900_000 for number in range(50)})
    assert len(bomb) < 10**6
    assert "(homework.zip cannot be unpacked (it holds more than 1 MB))" in refused({"homework.zip": bomb})


def test_many_large_files_are_refused_together(monkeypatch, refused):
    monkeypatch.setattr("examiner.files.MAX_BYTES", 10**6)
    files = {f"{number}.ipynb": b" " * 400_000 for number in range(5)}
    assert refused(files) == (
        "The files hold more than 1 MB together: clear the notebook's outputs, and hand in that "
        "notebook alone."
    )


def test_a_file_that_is_too_large_is_refused_unread(monkeypatch, refused):
    monkeypatch.setattr("examiner.files.MAX_BYTES", 10**6)
    assert "adding.ipynb is larger than 1 MB: clear its outputs" in refused({NAME: b" " * (10**6 + 1)})


def test_a_zip_file_whose_data_are_damaged_is_refused(solved, refused):
    data = bytearray(zipped({NAME: nbformat.writes(solved).encode()}))
    data[60:200] = b"\xff" * 140
    assert "homework.zip cannot be unpacked (it is damaged, or has a password)" in refused(
        {"homework.zip": bytes(data)}
    )


def test_a_notebook_of_100_mb_of_outputs_is_read_without_them(folder, solved, read):
    text = nbformat.writes(solved).replace('"outputs": []', '"outputs": ["' + "x" * 100_000_000 + '"]', 1)
    (folder / NAME).write_text(text)
    handed_in = read()
    assert sources(handed_in.notebook) == sources(solved)
    assert "outputs" not in handed_in.notebook.cells[2]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a\x1b[2Jb.ipynb", "a�[2Jb.ipynb"),
        ("a\nb.ipynb", "a�b.ipynb"),
        ("<b onclick='x'>`.ipynb", "�b onclick=�x���.ipynb"),
        ("a\u202ebypni.ipynb", "a�bypni.ipynb"),
        ("a\udcff.ipynb", "a�.ipynb"),
        ("a" * 200 + ".ipynb", "a" * 48 + "…" + "a" * 42 + ".ipynb"),
        ("Übung ß 二 (1).ipynb", "Übung ß 二 (1).ipynb"),
    ],
    ids=["escape sequence", "line", "HTML", "right to left", "bytes", "long", "other scripts"],
)
def test_a_hostile_file_name_is_shown_harmless(refused, name, shown):
    assert shown_name(name) == shown
    assert refused({name: b""}) == f"{shown} is empty. {AGAIN}"


def test_a_script_exported_by_jupyter_is_read_with_its_written_answers(
    folder, solved, read, course, assignment
):
    script, _ = PythonExporter().from_notebook_node(solved)
    (folder / "adding.py").write_text(script)
    assert_repaired(read(), solved, course, assignment)


@pytest.mark.parametrize("mark", ["# %%", "# %% [code] {}", "#%%".replace("#", "# ")], ids=repr)
def test_a_script_exported_by_vs_code_is_read(folder, solved, read, course, assignment, mark):
    parts = [
        f"{mark}\n{cell.source}"
        if cell.cell_type == "code"
        else "# %% [markdown]\n# " + cell.source.replace("\n", "\n# ")
        for cell in solved.cells
    ]
    (folder / "adding.py").write_text("\n\n".join(parts))
    assert_repaired(read(), solved, course, assignment)


def test_a_script_without_marks_is_read_by_what_it_defines(folder, solved, read, course, assignment):
    code = [cell.source for cell in solved.cells if cells.is_solution(cell) and cell.cell_type == "code"]
    (folder / "adding.py").write_text("\n\n".join(code))
    released = cells.read_notebook(course.path("release", assignment) / NAME)
    repaired = repair(read().notebook, released)
    assert repaired.doubts == ()
    assert "`double` was answered in the cell of `add`." in repaired.repairs


def assert_repaired(handed_in, solved, course, assignment):
    said = "A Python script was handed in; its parts were taken for cells."
    assert handed_in.repairs == ("The file `adding.py` was taken for `adding.ipynb`.", said)
    repaired = repair(handed_in.notebook, cells.read_notebook(course.path("release", assignment) / NAME))
    assert repaired.doubts == ()
    answers = {cell.id: cell.source for cell in solved.cells if cells.is_solution(cell)}
    assert {cell.id: cell.source for cell in repaired.notebook.cells if cell.id in answers} == answers


def test_letters_that_are_no_utf_8_are_replaced_and_counted(folder, solved, read):
    content = nbformat.writes(solved).encode().replace(b"Return a + b", b"Summe f\xfcr a")
    (folder / NAME).write_bytes(content)
    assert read().repairs == ("Characters of its file that are no text in UTF-8 were replaced: 1.",)


def test_what_is_in_a_cell_beside_source_and_names_is_dropped(folder, solved, read):
    solved = copy.deepcopy(solved)
    solved.cells[3].metadata.nbgrader.points = 1000
    (folder / NAME).write_text(nbformat.writes(solved))
    assert read().notebook.cells[3].metadata == {"nbgrader": {"grade_id": "add"}}


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["a", "nbgrader", "grade_id"]), inner),
    max_leaves=5,
)
odd_cells = st.fixed_dictionaries(
    {},
    optional={
        "cell_type": st.sampled_from(["code", "markdown", "raw", "heading"]) | anything,
        "source": st.text() | st.lists(st.text()) | anything,
        "id": anything,
        "metadata": anything,
        "outputs": anything,
    },
)
odd_notebooks = st.fixed_dictionaries(
    {}, optional={"cells": st.lists(odd_cells | anything) | anything, "worksheets": anything}
)


@settings(
    derandomize=True,
    deadline=None,
    max_examples=300,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(content=st.binary() | (odd_notebooks | anything).map(lambda data: json.dumps(data).encode()))
@pytest.mark.parametrize("name", [NAME, "adding.py", "adding.zip"])
def test_whatever_a_file_holds_it_is_read_and_repaired_or_refused(
    folder, read, released_notebook, name, content
):
    (folder / name).write_bytes(content)
    try:
        handed_in = read()
    except Unreadable as error:
        assert str(error).endswith(".")
    else:
        repaired = repair(handed_in.notebook, released_notebook)
        assert len(repaired.notebook.cells) >= len(released_notebook.cells)


@pytest.fixture
def released_notebook(course, assignment):
    return cells.read_notebook(course.path("release", assignment) / NAME)


def test_a_member_of_a_zip_file_with_a_password_is_refused(solved, refused):
    data = bytearray(zipped({NAME: nbformat.writes(solved).encode()}))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
    central = data.index(b"PK\x01\x02")
    data[6] |= 1
    data[central + 8] |= 1
    assert "(it is damaged, or has a password)" in refused({"homework.zip": bytes(data)})


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("name", [NAME, "adding.py"])
def test_text_of_two_or_four_bytes_a_letter_is_read_without_a_mark_that_says_so(
    folder, solved, read, encoding, name
):
    text = nbformat.writes(solved) if name == NAME else PythonExporter().from_notebook_node(solved)[0]
    (folder / name).write_bytes(text.encode(encoding))
    repairs = read().repairs
    assert f"Its file was text in {encoding[:6].upper()}, not in UTF-8." in repairs


@pytest.mark.parametrize("digits", [4_299, 4_301, 5_000_000])
def test_a_number_of_many_digits_does_not_cost_the_notebook(folder, solved, read, digits):
    text = nbformat.writes(solved).replace('"nbformat_minor": 5', f'"nbformat_minor": {"9" * digits}')
    (folder / NAME).write_text(text)
    assert sources(read().notebook) == sources(solved)


def test_a_notebook_beside_an_environment_is_found(folder, solved, read):
    (folder / "zzz").mkdir()
    for number in range(1_500):
        (folder / f"a{number:04}.py").write_text("x = 1")
        (folder / "zzz" / f"b{number:04}.txt").touch()
    packages = folder / "env" / "lib" / "site-packages" / "demo"
    packages.mkdir(parents=True)
    (packages / NAME).write_text("{}")
    (folder / "zzz" / NAME).write_text(nbformat.writes(solved))
    handed_in = read()
    assert sources(handed_in.notebook) == sources(solved)
    assert handed_in.repairs == (f"The file `zzz/{NAME}` was taken for `{NAME}`.",)


def test_a_notebook_behind_a_thousand_files_of_a_zip_file_is_found(folder, solved, read):
    files = {f"a{number:04}.py": b"x = 1" for number in range(1_500)}
    (folder / "all.zip").write_bytes(zipped({**files, NAME: nbformat.writes(solved).encode()}))
    assert sources(read().notebook) == sources(solved)


def test_a_notebook_beside_much_data_is_found(folder, solved, read, monkeypatch):
    monkeypatch.setattr("examiner.files.MAX_BYTES", 100_000)
    (folder / NAME).write_text(nbformat.writes(solved))
    (folder / "data.zip").write_bytes(zipped({"one.ipynb": b" " * 99_999}))
    assert sources(read().notebook) == sources(solved)


def test_many_files_and_no_notebook_are_told_in_a_short_sentence(refused):
    told = refused({f"picture {number:04}.png": b"" for number in range(3_000)})
    assert told.startswith(
        "expected adding.ipynb, found no notebook (picture 0000.png is no notebook, picture 0001.png is no "
    )
    assert len(told) < 400


def test_a_folder_that_may_not_be_entered_is_named_and_the_notebook_read(folder, solved, read, monkeypatch):
    (folder / NAME).write_text(nbformat.writes(solved))
    (folder / "closed").mkdir()
    walk = os.walk

    def refuses(top, onerror):
        onerror(PermissionError(13, "Permission denied", str(folder / "closed")))
        yield from walk(top)

    monkeypatch.setattr("examiner.files.os.walk", refuses)
    assert read_files(folder).refused == ("closed cannot be read (Permission denied)",)
    assert sources(read().notebook) == sources(solved)


def test_a_zip_file_that_lists_too_many_files_is_not_opened(refused, monkeypatch):
    monkeypatch.setattr("examiner.files._ZIP_LIST_AT_MOST", 1_000)
    many = zipped({f"file {number}.txt": b"" for number in range(100)})
    assert "(homework.zip cannot be unpacked (it holds too many files))" in refused({"homework.zip": many})


def test_code_without_end_is_refused_with_what_to_do(refused):
    cell = {"cell_type": "code", "source": "x = 1\n" * 200_000, "metadata": {}, "outputs": []}
    assert refused({NAME: json.dumps({"cells": [cell] * 9}).encode()}) == (
        "The code in adding.ipynb has more than 10,000,000 characters: load data from a file in place of "
        "writing it into a cell."
    )
