"""What editors, platforms and people do to a notebook between its release and its submission.

`MANGLINGS` are pure functions on a solved notebook as plain data; `FILES` write one to a folder in some odd
way. A notebook that is being mangled carries, beside what a file holds, the `role` of each cell, the released
`stubs`, and the `answers` that must be found in it; `as_handed_in` takes them off.
"""

import copy
import io
import json
import os
import zipfile

from examiner import cells

HELPER = "def helper(x):\n    return x"
FORGED = {"grade_id": "forged", "grade": True, "solution": False, "points": 1000, "locked": False}


def marked(solved, released):
    """Return a solved notebook as plain data, with the marks that manglings need."""
    notebook = json.loads(json.dumps(solved))
    notebook["stubs"] = {cell.id: cell.source for cell in released.cells if cells.is_solution(cell)}
    notebook["answers"] = {
        cell["id"]: cell["source"] for cell in notebook["cells"] if cells.is_solution(cell)
    }
    for cell in notebook["cells"]:
        kind = "test" if cells.is_test(cell) else "answer" if cells.is_solution(cell) else "given"
        cell["role"] = [kind, cell["id"]]
    return notebook


def as_handed_in(notebook):
    """Return what a file of the mangled notebook would hold."""
    notebook = copy.deepcopy(notebook)
    notebook.pop("stubs"), notebook.pop("answers")
    for cell in notebook["cells"]:
        cell.pop("role", None)
        cell["source"] = cell["source"].splitlines(keepends=True)
    if notebook.pop("version 3", False):
        notebook["worksheets"] = [{"cells": [_version_3(cell) for cell in notebook.pop("cells")]}]
    return notebook


def _version_3(cell):
    old = {key: value for key, value in cell.items() if key not in ("source", "id")}
    return old | {"input" if cell["cell_type"] == "code" else "source": cell["source"]}


MANGLINGS = {}


def mangling(function):
    """Register a function that changes a copy of a notebook in place."""

    def mangle(notebook, rng):
        notebook = copy.deepcopy(notebook)
        function(notebook, rng)
        return notebook

    MANGLINGS[function.__name__] = mangle
    return mangle


def indices(notebook, kind, cell_type=None):
    return [
        index
        for index, cell in enumerate(notebook["cells"])
        if cell.get("role", [""])[0] == kind and cell_type in (None, cell["cell_type"])
    ]


def any_cell(notebook, rng, kind, cell_type=None):
    found = indices(notebook, kind, cell_type)
    return rng.choice(found) if found else None


def is_intact(notebook, index):
    """Whether this is the one cell of its answer: what was merged or doubled is not cut further."""
    cell = notebook["cells"][index]
    return cell["source"] == notebook["answers"][cell["role"][1]]


def code_answers(notebook):
    return [
        index
        for index in indices(notebook, "answer", "code")
        if is_intact(notebook, index)
        and "YOUR ANSWER HERE" not in notebook["stubs"][notebook["cells"][index]["role"][1]]
    ]


def code_answer(notebook, rng):
    found = code_answers(notebook)
    return rng.choice(found) if found else None


def code(source, **more):
    return {
        "cell_type": "code",
        "source": source,
        "metadata": {},
        "outputs": [],
        "execution_count": None,
        **more,
    }


def text(source, **more):
    return {"cell_type": "markdown", "source": source, "metadata": {}, **more}


def _saved(notebook, *, keep, extra, ids):
    """Save cells as an editor does: what it keeps of nbgrader's metadata and of ids, and what it adds."""
    for number, cell in enumerate(notebook["cells"]):
        settings = cell["metadata"].get("nbgrader") if keep else None
        name = cell.pop("id", None)
        cell["metadata"] = extra(number, name) | ({"nbgrader": settings} if settings else {})
        if ids and name:
            cell["id"] = name


@mangling
def nothing_changed(notebook, rng):
    pass


@mangling
def all_metadata_stripped(notebook, rng):
    notebook["metadata"] = {}
    _saved(notebook, keep=False, extra=lambda number, name: {}, ids=False)


@mangling
def metadata_stripped_but_ids(notebook, rng):
    _saved(notebook, keep=False, extra=lambda number, name: {}, ids=True)


@mangling
def ids_stripped(notebook, rng):
    notebook["nbformat_minor"] = 4
    for cell in notebook["cells"]:
        cell.pop("id", None)


def _colab(number, name):
    return {
        "id": name,
        "outputId": f"4f1e{number}",
        "colab": {"base_uri": "https://localhost:8080/", "height": 441},
        "cellView": "form",
        "executionInfo": {
            "status": "ok",
            "elapsed": 7,
            "user_tz": -60,
            "user": {"displayName": "A", "userId": "1"},
        },
    }


def _save_in_colab(notebook, *, keep, extra=_colab):
    notebook["nbformat_minor"] = 0
    notebook["metadata"] = {
        "colab": {"provenance": [], "toc_visible": True},
        "kernelspec": {"name": "python3"},
    }
    _saved(notebook, keep=keep, extra=extra, ids=False)


@mangling
def saved_by_colab(notebook, rng):
    _save_in_colab(notebook, keep=True)


@mangling
def saved_by_colab_without_nbgrader(notebook, rng):
    _save_in_colab(notebook, keep=False)


@mangling
def saved_by_colab_with_new_ids(notebook, rng):
    _save_in_colab(notebook, keep=False, extra=lambda number, name: _colab(number, f"Xk3b{number}"))


@mangling
def saved_by_vs_code(notebook, rng):
    _saved(notebook, keep=True, extra=lambda number, name: {"vscode": {"languageId": "python"}}, ids=True)


@mangling
def saved_by_vs_code_without_nbgrader(notebook, rng):
    _saved(notebook, keep=False, extra=lambda number, name: {"vscode": {"languageId": "python"}}, ids=True)


@mangling
def saved_by_kaggle(notebook, rng):
    _saved(
        notebook, keep=False, extra=lambda number, name: {"trusted": True, "_uuid": f"8f2{number}"}, ids=False
    )


@mangling
def saved_by_jupyterlab(notebook, rng):
    extra = {"editable": True, "slideshow": {"slide_type": ""}, "tags": [], "execution": {"iopub": "2027"}}
    _saved(notebook, keep=True, extra=lambda number, name: extra, ids=True)


@mangling
def saved_as_version_3(notebook, rng):
    notebook["nbformat"], notebook["nbformat_minor"], notebook["version 3"] = 3, 0, True


@mangling
def a_test_deleted(notebook, rng):
    index = any_cell(notebook, rng, "test")
    if index is not None:
        del notebook["cells"][index]


@mangling
def a_test_edited(notebook, rng):
    index = any_cell(notebook, rng, "test")
    if index is not None:
        notebook["cells"][index]["source"] = "assert True  # it works on my machine"


@mangling
def a_line_added_to_a_test(notebook, rng):
    index = any_cell(notebook, rng, "test")
    if index is not None:
        notebook["cells"][index]["source"] += "\nprint('mine')"


@mangling
def all_tests_deleted(notebook, rng):
    notebook["cells"] = [cell for cell in notebook["cells"] if cell.get("role", [""])[0] != "test"]


@mangling
def a_given_cell_deleted(notebook, rng):
    index = any_cell(notebook, rng, "given")
    if index is not None:
        del notebook["cells"][index]


@mangling
def an_answer_duplicated(notebook, rng):
    index = any_cell(notebook, rng, "answer")
    if index is not None:
        notebook["cells"].insert(index + rng.choice([0, 1]), copy.deepcopy(notebook["cells"][index]))


@mangling
def a_stub_beside_its_answer(notebook, rng):
    index = code_answer(notebook, rng)
    if index is not None:
        stub = copy.deepcopy(notebook["cells"][index])
        stub["source"] = notebook["stubs"][stub["role"][1]]
        notebook["cells"].insert(index + rng.choice([0, 1]), stub | {"role": ["stub", ""]})


@mangling
def an_answer_beside_its_untouched_stub(notebook, rng):
    index = any_cell(notebook, rng, "answer")
    if index is not None and is_intact(notebook, index):
        cell = notebook["cells"][index]
        answer = {key: value for key, value in copy.deepcopy(cell).items() if key != "id"} | {"metadata": {}}
        cell["source"] = notebook["stubs"][cell["role"][1]]
        cell["role"] = ["stub", ""]
        notebook["cells"].insert(index + rng.choice([0, 1]), answer)


def _split(notebook, rng, *, copied):
    index = code_answer(notebook, rng)
    if index is None:
        return
    answer = notebook["cells"][index]
    piece = code("from math import inf\n\nLIMIT = inf")
    if copied:
        piece |= {key: copy.deepcopy(answer[key]) for key in ("id", "metadata") if key in answer}
    notebook["cells"].insert(index + rng.choice([0, 1]), piece)


@mangling
def an_answer_split_with_copied_metadata(notebook, rng):
    _split(notebook, rng, copied=True)


@mangling
def an_answer_split(notebook, rng):
    _split(notebook, rng, copied=False)


def _merge(notebook, first, second, *, keep):
    """Merge two cells where the first one stood, with the metadata of one of them."""
    one, other = notebook["cells"][first], notebook["cells"][second]
    kept = copy.deepcopy(one if keep == 0 else other)
    kept |= {"source": one["source"] + "\n\n" + other["source"], "role": ["merged", ""], "cell_type": "code"}
    notebook["cells"][first] = kept
    del notebook["cells"][second]


def _merge_answers(notebook, rng, *, keep):
    found = code_answers(notebook)
    if len(found) > 1:
        place = rng.randrange(len(found) - 1)
        _merge(notebook, found[place], found[place + 1], keep=keep)


@mangling
def two_answers_merged_into_the_first(notebook, rng):
    _merge_answers(notebook, rng, keep=0)


@mangling
def two_answers_merged_into_the_second(notebook, rng):
    _merge_answers(notebook, rng, keep=1)


def _merge_with_test(notebook, rng, *, keep):
    index = code_answer(notebook, rng)
    cells_ = notebook["cells"]
    if (
        index is not None
        and index + 1 < len(cells_)
        and cells_[index + 1].get("role", [""])[0] == "test"
        and cells_[index + 1]["cell_type"] == "code"
    ):
        _merge(notebook, index, index + 1, keep=keep)


@mangling
def answer_and_test_merged(notebook, rng):
    _merge_with_test(notebook, rng, keep=0)


@mangling
def answer_and_test_merged_into_the_test(notebook, rng):
    _merge_with_test(notebook, rng, keep=1)


@mangling
def blocks_moved(notebook, rng):
    cut = sorted(rng.sample(range(len(notebook["cells"]) + 1), 2))
    start, middle, end = (
        notebook["cells"][: cut[0]],
        notebook["cells"][slice(*cut)],
        notebook["cells"][cut[1] :],
    )
    blocks = [start, middle, end]
    rng.shuffle(blocks)
    notebook["cells"] = sum(blocks, [])


@mangling
def two_neighbours_swapped(notebook, rng):
    index = rng.randrange(len(notebook["cells"]) - 1)
    some = notebook["cells"]
    some[index], some[index + 1] = some[index + 1], some[index]


@mangling
def code_made_markdown(notebook, rng):
    index = code_answer(notebook, rng)
    if index is not None:
        notebook["cells"][index]["cell_type"] = "markdown"


@mangling
def code_made_raw(notebook, rng):
    index = code_answer(notebook, rng)
    if index is not None:
        notebook["cells"][index]["cell_type"] = "raw"


@mangling
def a_written_answer_made_code(notebook, rng):
    index = any_cell(notebook, rng, "answer", "markdown")
    if index is not None and is_intact(notebook, index):
        notebook["cells"][index]["cell_type"] = "code"


@mangling
def a_written_answer_made_raw(notebook, rng):
    index = any_cell(notebook, rng, "answer", "markdown")
    if index is not None:
        notebook["cells"][index]["cell_type"] = "raw"


@mangling
def a_test_made_raw(notebook, rng):
    index = any_cell(notebook, rng, "test")
    if index is not None:
        notebook["cells"][index]["cell_type"] = "raw"


@mangling
def duplicate_ids(notebook, rng):
    some = rng.sample(notebook["cells"], 3)
    for cell in some[1:]:
        for key in ("id", "metadata"):
            cell.pop(key, None)
            if key in some[0]:
                cell[key] = copy.deepcopy(some[0][key])
        cell.setdefault("metadata", {})


@mangling
def some_ids_missing(notebook, rng):
    for cell in rng.sample(notebook["cells"], len(notebook["cells"]) // 2):
        cell.pop("id", None)
        cell["metadata"].pop("nbgrader", None)


@mangling
def a_graded_cell_forged(notebook, rng):
    place = rng.randrange(len(notebook["cells"]) + 1)
    notebook["cells"].insert(place, code("print('full marks')", id="forged", metadata={"nbgrader": FORGED}))


@mangling
def points_forged(notebook, rng):
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader"):
            cell["metadata"] |= {"bonus": 1000}
            cell["metadata"]["nbgrader"] = cell["metadata"]["nbgrader"] | {"points": 1000, "grade": True}


@mangling
def two_grade_ids_swapped(notebook, rng):
    one, other = rng.sample(notebook["cells"], 2)
    for key in ("id", "metadata"):
        before, after = one.pop(key, None), other.pop(key, None)
        for cell, value in ((one, after), (other, before)):
            if value is not None:
                cell[key] = value


@mangling
def a_helper_before_an_answer(notebook, rng):
    index = code_answer(notebook, rng)
    if index is not None:
        notebook["cells"].insert(index, code(HELPER))


@mangling
def a_helper_between_answer_and_test(notebook, rng):
    index = code_answer(notebook, rng)
    if index is not None:
        notebook["cells"].insert(index + 1, code(HELPER))


@mangling
def a_note_beside_a_written_answer(notebook, rng):
    index = any_cell(notebook, rng, "answer", "markdown")
    if index is not None:
        notebook["cells"].insert(index + rng.choice([0, 1]), text("Note to myself: see page 12."))


@mangling
def an_older_release(notebook, rng):
    a_given = any_cell(notebook, rng, "given", "markdown")
    if a_given is not None:
        notebook["cells"][a_given]["source"] = "An older wording. " + notebook["cells"][a_given]["source"]
    index = code_answer(notebook, rng)
    if index is not None:
        cell = notebook["cells"][index]
        cell["source"] = cell["source"].replace("):\n", '):\n    "An older docstring."\n', 1)
        notebook["answers"][cell["role"][1]] = cell["source"]
    another = any_cell(notebook, rng, "given")
    if another is not None:
        del notebook["cells"][another]


@mangling
def long_outputs(notebook, rng):
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "x" * 100_000}]


@mangling
def empty_cells_added(notebook, rng):
    for _ in range(5):
        notebook["cells"].insert(rng.randrange(len(notebook["cells"]) + 1), code(rng.choice(["", "  \n\n"])))


@mangling
def windows_line_ends(notebook, rng):
    for cell in notebook["cells"]:
        cell["source"] = cell["source"].replace("\r\n", "\n").replace("\n", "\r\n")


@mangling
def a_blank_line_behind_each_cell(notebook, rng):
    for cell in notebook["cells"]:
        cell["source"] += "\n\n"


FILES = {}


def file_mangling(function):
    """Register a function that hands in a notebook's content under its name in some odd way."""
    FILES[function.__name__] = function
    return function


@file_mangling
def byte_order_mark(folder, name, content):
    (folder / name).write_bytes(b"\xef\xbb\xbf" + content)


@file_mangling
def carriage_returns(folder, name, content):
    (folder / name).write_bytes(content.replace(b"\n", b"\r\n"))


@file_mangling
def utf_16(folder, name, content):
    (folder / name).write_bytes(content.decode().encode("utf-16"))


@file_mangling
def bytes_behind_the_end(folder, name, content):
    (folder / name).write_bytes(content + b"\0\0\xff garbage }")


@file_mangling
def numbered_by_a_browser(folder, name, content):
    (folder / name.replace(".ipynb", " (1).ipynb")).write_bytes(content)


@file_mangling
def copy_of_by_colab(folder, name, content):
    (folder / f"Copy_of_{name}").write_bytes(content)


@file_mangling
def named_txt_by_a_browser(folder, name, content):
    (folder / f"{name}.txt").write_bytes(content)


@file_mangling
def in_a_sub_folder(folder, name, content):
    (folder / "homework" / "week 1").mkdir(parents=True)
    (folder / "homework" / "week 1" / name).write_bytes(content)


@file_mangling
def in_a_folder_named_like_the_notebook(folder, name, content):
    (folder / name).mkdir()
    (folder / name / name).write_bytes(content)


def zipped(files):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


@file_mangling
def zip_file(folder, name, content):
    (folder / "homework.zip").write_bytes(zipped({name: content}))


@file_mangling
def zip_file_with_a_folder(folder, name, content):
    files = {
        f"week/{name}": content,
        f"__MACOSX/week/._{name}": b"\0",
        f"week/.ipynb_checkpoints/{name}": b"",
    }
    (folder / "homework.zip").write_bytes(zipped(files))


@file_mangling
def zip_file_with_path_tricks(folder, name, content):
    (folder / "homework.zip").write_bytes(zipped({f"../../..\\..//{name}": content}))


@file_mangling
def beside_a_checkpoint(folder, name, content):
    (folder / ".ipynb_checkpoints").mkdir()
    (folder / ".ipynb_checkpoints" / name).write_bytes(b"{}")
    (folder / name).write_bytes(content)


@file_mangling
def beside_a_named_pipe(folder, name, content):
    os.mkfifo(folder / "pipe.ipynb")
    (folder / name).write_bytes(content)


@file_mangling
def beside_a_loop_of_links(folder, name, content):
    (folder / "again").symlink_to(folder)
    (folder / name).write_bytes(content)
