"""What people do to tests, given cells and answers."""

import copy

from .base import any_cell, code, code_answer, code_answers, is_intact, mangling


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
