import pytest

from examiner.course.facts import read_course
from examiner.errors import CourseError
from examiner.notebook import cells
from tests.exercises import new
from tests.notebooks.conftest import copy_course

NAME = "02_poisson_glm"


@pytest.fixture
def course(tmp_path, monkeypatch):
    monkeypatch.setattr(new, "BANK", tmp_path / "course" / "tests" / "answers")
    return copy_course(tmp_path / "course")


@pytest.fixture
def begin(course):
    return lambda name, **settings: new.begin_exercise(course, course.assignment(NAME), name, **settings)


def source_of(course):
    assignment = read_course(course.root).assignment(NAME)
    return cells.read_notebook(course.path("source", assignment) / assignment.filename)


def files_in(root):
    return {path.relative_to(root): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_the_cells_go_before_the_summary_with_a_stub_and_a_test_of_two_parts(course, begin):
    before = [cell.id for cell in source_of(course).cells]
    begin("spike_rate")
    source = source_of(course)
    ids = [cell.id for cell in source.cells]
    place = ids.index("summary")
    assert ids[place - 3 : place] == ["spike_rate-task", "spike_rate", "spike_rate-test"]
    assert ids[: place - 3] + ids[place:] == before
    solution, test = source.cells[place - 2 : place]
    assert cells.is_solution(solution) and not cells.is_written(solution)
    assert cells.without_solution(solution.source).startswith("def spike_rate(values):\n")
    assert cells.is_test(test)
    assert (cells.points(test), cells.bonus(test)) == (0, 0)
    assert cells.without_hidden_tests(test.source) != test.source
    assert test.source.endswith('print("spike_rate: all visible checks pass.")')


def test_the_notebook_stays_in_its_canonical_form_and_nothing_else_in_it_changes(course, begin):
    before = source_of(course).cells
    path, *_ = begin("spike_rate", before="design-why")
    source = source_of(course)
    assert path.read_text() == cells.canonical_text(source)
    ours = {"spike_rate-task", "spike_rate", "spike_rate-test"}
    assert [cell for cell in source.cells if cell.id not in ours] == before
    ids = [cell.id for cell in source.cells]
    assert ids[ids.index("spike_rate-test") + 1] == "design-why"


def test_the_bank_begins_with_an_answer_of_each_kind(course, begin):
    _, *bank = begin("spike_rate")
    folder = new.BANK / NAME / "spike_rate"
    assert bank == [folder / "right" / "in_a_loop.py", folder / "wrong" / "largest_only.py"]
    assert bank[0].read_text().startswith("# Approach: FILL IN")
    assert bank[1].read_text().splitlines()[1].startswith("# Hint: FILL IN")
    assert list(new.BANK.rglob(".*")) == []


@pytest.mark.parametrize(
    ("name", "why"),
    [
        (
            "class",
            "'class' cannot be the name of a function, expected letters, digits and _ such as spike_rate",
        ),
        ("2fast", "'2fast' cannot be the name of a function"),
        ("spike-rate", "'spike-rate' cannot be the name of a function"),
        ("spike rate", "'spike rate' cannot be the name of a function"),
        ("größe", "'größe' cannot be the name of a function"),
        ("../x", "'../x' cannot be the name of a function"),
        ("_hidden", "'_hidden' cannot be the name of a function"),
        ("", "'' cannot be the name of a function"),
        ("sum", "sum is a function of Python itself, expected a new name"),
        ("fit_lnp", "fit_lnp is an exercise of 02_poisson_glm, expected a new name"),
        ("sigmoid", "sigmoid is an exercise of 03_logistic_decoding, expected a new name"),
        ("summary", "summary is the id of a cell of 02_poisson_glm, expected a new name"),
        ("stim", "stim is a name that a cell of 02_poisson_glm gives to something else, expected a new name"),
        ("np", "np is a name that a cell of 02_poisson_glm gives to something else, expected a new name"),
    ],
)
def test_a_name_that_cannot_be_is_refused_with_a_sentence_and_nothing_is_written(course, begin, name, why):
    before = files_in(course.root)
    with pytest.raises(CourseError) as refused:
        begin(name)
    assert str(refused.value).startswith(why)
    assert str(refused.value).endswith(": nothing was written")
    assert files_in(course.root) == before


def test_answers_that_are_there_already_are_not_written_over(course, begin):
    (new.BANK / NAME / "spike_rate").mkdir(parents=True)
    with pytest.raises(CourseError, match="^spike_rate has answers in tests/answers/02_poisson_glm/spike"):
        begin("spike_rate")


def test_a_cell_that_is_not_there_is_no_place(course, begin):
    before = files_in(course.root)
    with pytest.raises(CourseError, match="^02_poisson_glm has no cell 'sumary', expected the id of"):
        begin("spike_rate", before="sumary")
    assert files_in(course.root) == before


@pytest.mark.parametrize("method", ["replace", "rename"], ids=["the notebook", "the bank"])
def test_what_cannot_be_written_whole_is_not_written_in_part(course, begin, monkeypatch, method):
    def fail(*_):
        raise OSError("no space left")

    before = files_in(course.root)
    monkeypatch.setattr(f"pathlib.Path.{method}", fail)
    with pytest.raises(OSError, match="no space left"):
        begin("spike_rate")
    assert files_in(course.root) == before
