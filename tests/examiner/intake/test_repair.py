import ast
import json
import random
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from examiner.course.facts import read_course
from examiner.intake.repair import repair
from examiner.notebook import cells
from examiner.publishing.release import solution
from tests.examiner.conftest import ASSIGNMENT, ROOT
from tests.examiner.intake.conftest import POISSON
from tests.examiner.intake.manglings import MANGLINGS

# After these alone nobody can say which of two texts is the answer: a person is asked.
MAY_BE_DOUBTED = {("a_note_beside_a_written_answer", "without metadata")}


@pytest.fixture(params=[ASSIGNMENT, POISSON])
def case(cases, request):
    return cases[request.param]


def definitions(source):
    try:
        body = ast.parse(source).body
    except SyntaxError:
        return {}
    return {node.name: ast.dump(node) for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef)}


def lost_answers(notebook, answers):
    """Return the answers that do not arrive: a function before its test, a text in its place."""
    lost, defined = set(), {}
    for cell in notebook.cells:
        name = cells.grade_id(cell)
        if cells.is_test(cell):
            exercise = cells.exercise_name(cell)
            wanted = definitions(answers[exercise])
            if {key: defined.get(key) for key in wanted} != wanted:
                lost.add(exercise)
        elif cell.cell_type == "code":
            defined |= definitions(cell.source)
        elif name in answers and cell.source.split() != answers[name].split():
            lost.add(name)
    return lost


def without_answers(notebook):
    return [
        (cell.id, cell.cell_type, cell.metadata, None if cells.is_solution(cell) else cell.source)
        for cell in notebook.cells
        if not cell.id.startswith("added-") and (cells.grade_id(cell) or cell.id == "setup")
    ]


def assert_is_the_release_with(answers, repaired, released):
    assert lost_answers(repaired.notebook, answers) == set()
    assert without_answers(repaired.notebook) == without_answers(released)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("name", MANGLINGS)
def test_after_each_mangling_the_answers_stand_in_their_places_among_the_releases_tests(case, name, seed):
    notebook = case.mangled([name], seed)
    repaired = case.repaired(notebook)
    assert repaired.doubts == ()
    assert_is_the_release_with(notebook["answers"], repaired, case.released)


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("name", MANGLINGS)
def test_after_each_mangling_without_metadata_the_answers_are_found_by_their_content(case, name, seed):
    notebook = case.mangled([name, "all_metadata_stripped"], seed)
    repaired = case.repaired(notebook)
    if (name, "without metadata") in MAY_BE_DOUBTED and repaired.doubts:
        return
    assert repaired.doubts == ()
    assert_is_the_release_with(notebook["answers"], repaired, case.released)


@settings(
    derandomize=True,
    deadline=None,
    max_examples=120,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    names=st.lists(st.sampled_from(sorted(MANGLINGS)), min_size=1, max_size=4),
    seed=st.integers(0, 10**6),
    assignment=st.sampled_from([ASSIGNMENT, POISSON]),
)
def test_no_answer_is_lost_without_a_word_after_several_manglings(cases, names, seed, assignment):
    case = cases[assignment]
    notebook = case.mangled(names, seed)
    repaired = case.repaired(notebook)
    if not repaired.doubts:
        assert_is_the_release_with(notebook["answers"], repaired, case.released)


def test_an_untouched_copy_is_repaired_without_a_word(case):
    repaired = case.repaired(case.solved)
    assert (repaired.repairs, repaired.doubts) == ((), ())
    assert [cell.id for cell in repaired.notebook.cells] == [cell.id for cell in case.released.cells]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("a_test_deleted", "The test cell `double-test` was missing and was put back."),
        ("a_test_edited", "The test cell `double-test` was changed; the original was used."),
        (
            "a_stub_beside_its_answer",
            "The notebook held the cell `double` more than once; the one that was filled in counts.",
        ),
        ("two_answers_merged_into_the_first", "The answer to `double` was in the cell of `add`."),
        ("code_made_raw", "The cell `double` was a raw cell; it was turned back into a code cell."),
        (
            "saved_by_kaggle",
            "The answer to `why` was found by its content, because its cell id was missing.",
        ),
    ],
)
def test_a_repair_is_told_in_a_sentence(tiny, name, sentence):
    said = {text for seed in range(8) for text in tiny.repaired(tiny.mangled([name], seed)).repairs}
    assert sentence in said


def with_cells(case, **sources):
    """Return the solved notebook with further cells, each behind the cell that it is named after."""
    notebook = json.loads(json.dumps(case.solved))
    for name, (source, changes) in sources.items():
        index = next(at for at, cell in enumerate(notebook["cells"]) if cell.get("id") == name)
        notebook["cells"].insert(index + 1, notebook["cells"][index] | {"source": source} | changes)
    return notebook


def test_two_different_definitions_under_one_name_are_shown_to_a_person(tiny):
    notebook = with_cells(tiny, add=("def add(a, b):\n    return b + a", {}))
    assert tiny.repaired(notebook).doubts == (
        "There are 2 different answers to `add`: which one counts? "
        'cell 4: \'"""Return a + b.""" ⏎ return a + b\' / cell 5: \'return b + a\'',
    )


def test_two_different_written_answers_under_one_name_are_shown_to_a_person(tiny):
    notebook = with_cells(tiny, why=("It is a law.", {}))
    assert tiny.repaired(notebook).doubts == (
        "There are 2 different answers to `why`: which one counts? "
        "cell 8: 'Because addition commutes.' / cell 9: 'It is a law.'",
    )


def test_a_definition_that_was_put_aside_as_raw_is_no_rival(tiny):
    notebook = with_cells(tiny, add=("def add(a, b):\n    return 3", {"cell_type": "raw"}))
    repaired = tiny.repaired(tiny_stripped(notebook))
    assert repaired.doubts == ()
    assert_is_the_release_with(tiny.solved["answers"], repaired, tiny.released)


def tiny_stripped(notebook):
    return MANGLINGS["all_metadata_stripped"](notebook, random.Random(0))


def test_an_answer_that_repeats_an_earlier_one_is_no_rival_of_it(tiny):
    notebook = json.loads(json.dumps(tiny.solved))
    notebook["cells"][5]["source"] = (
        "def add(a, b):\n    return b + a\n\n\ndef double(a):\n    return add(a, a)"
    )
    repaired = tiny.repaired(tiny_stripped(notebook))
    assert repaired.doubts == ()
    assert repaired.notebook.cells[3].source == tiny.solved["answers"]["add"]
    assert repaired.notebook.cells[5].source == notebook["cells"][5]["source"]


def test_cells_that_were_added_run_before_the_cell_that_they_stood_before(tiny):
    notebook = with_cells(
        tiny, setup=("one = 1", {"id": "x1"}), add=("two = 2", {"id": "x2", "metadata": {}}), why=("", {})
    )
    assert [cell.id for cell in tiny.repaired(notebook).notebook.cells] == [
        "launch-links", "title", "setup", "added-4", "add", "added-6", "add-test", "double", "double-test",
        "why",
    ]  # fmt: skip


def test_what_was_added_to_the_set_up_runs_after_the_original(tiny):
    notebook = json.loads(json.dumps(tiny.solved))
    notebook["cells"][2]["source"] += "\nimport math"
    repaired = tiny.repaired(notebook)
    assert repaired.notebook.cells[2].source == tiny.released.cells[2].source
    assert repaired.notebook.cells[3].source.endswith("import math")
    assert repaired.repairs == (
        "The cell `setup` was changed. The original ran first, then the changed cell.",
    )


@pytest.mark.parametrize("other", ["01_lnp_encoding", "03_logistic_decoding", "05_deep_networks"])
def test_another_assignments_notebook_is_for_a_person_and_says_so_alone(cases, other):
    course = read_course(ROOT)
    solved = solution(course, course.assignment(other))
    (doubt,) = repair(solved, cases[POISSON].released).doubts
    assert doubt.startswith("Only 0 of the 17 cells with exercises and tests were found: is this another ")


def rivals(case, n, name="add", changes=None):
    """Return the solved notebook, without metadata, with so many more answers to an exercise."""
    notebook = json.loads(json.dumps(case.solved))
    answer = next(cell for cell in notebook["cells"] if cell.get("id") == name)
    notebook["cells"] += [
        answer | {"source": f"{answer['source']}\n# {k}"} | (changes or {}) for k in range(n)
    ]
    return tiny_stripped(notebook)


def test_of_many_rivals_three_are_shown(tiny):
    (doubt,) = tiny.repaired(rivals(tiny, 40)).doubts
    assert doubt.startswith("There are 41 different answers to `add`: which one counts? cell 4: ")
    assert doubt.endswith(" / cell 10: '# 1' / and 38 more")


def test_a_doubt_is_never_longer_than_a_few_lines(cases):
    case = cases[POISSON]
    notebook = json.loads(json.dumps(case.solved))
    answers = [cell for cell in notebook["cells"] if cell["source"].startswith("def ")]
    for words in ("one ", "two "):
        notebook["cells"] += [cell | {"source": f"{cell['source']}\n# {words * 900}"} for cell in answers]
    repaired = case.repaired(tiny_stripped(notebook))
    assert sum(map(len, repaired.doubts)) < 2_500
    assert repaired.doubts[-1] == "There is more than one answer to 4 more exercises."


@pytest.mark.parametrize("kind", ["code", "markdown", "given", "test"])
def test_a_notebook_of_5000_cells_that_are_nearly_equal_is_repaired_in_seconds(cases, kind):
    case = cases[POISSON]
    notebook = json.loads(json.dumps(case.solved))
    chosen = {
        "code": lambda cell: cell["id"] == "make_design_matrix",
        "markdown": lambda cell: cell["cell_type"] == "markdown" and len(cell["source"]) > 300,
        "given": lambda cell: cell["id"].startswith("show-"),
        "test": lambda cell: cell["id"].endswith("-test"),
    }[kind]
    like = next(filter(chosen, notebook["cells"]))
    n = 4_900 - len(notebook["cells"])
    notebook["cells"] += [like | {"source": f"{like['source'][:1_500]}\n# {number}"} for number in range(n)]
    notebook = tiny_stripped(notebook)
    begun = time.process_time()
    repaired = case.repaired(notebook)
    assert time.process_time() - begun < 30
    assert sum(map(len, repaired.doubts)) < 1_000


def another_course(case, n):
    """Return a notebook that is not the release's, in which each function of it stands so many times."""
    answers = [case.solved["answers"][name] for name in sorted(case.solved["answers"])]
    code = [answer for answer in answers if answer.startswith("def ")]
    cells = [
        {"cell_type": "code", "source": f"{source}\n# version {number}", "metadata": {}, "outputs": []}
        for source in code
        for number in range(n)
    ]
    return json.loads(json.dumps(case.solved)) | {"cells": cells}


def test_a_notebook_of_another_course_with_functions_of_the_same_names_says_so_in_a_sentence(cases):
    case = cases[POISSON]
    assert case.repaired(another_course(case, 3)).doubts == (
        "This looks like another course's notebook: its functions have the same names, but this "
        "assignment's texts and tests are missing. Hand in the notebook of this assignment.",
    )


def test_answers_alone_are_no_other_courses_notebook(cases):
    case = cases[POISSON]
    assert case.repaired(another_course(case, 1)).doubts == ()
