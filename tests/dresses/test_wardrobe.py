"""Which dresses an exercise allows, and what its list excludes."""

import pytest

from examiner.course.facts import read_course
from examiner.notebook import cells
from tests.dresses import wardrobe
from tests.dresses.allowed import FILE, Exclusions, read_exclusions
from tests.dresses.wardrobe import dressed_answers, dresses_for
from tests.notebooks import bank
from tests.notebooks.bank import BadList
from tests.notebooks.rehearsal import BANK, ROOT, Stop

COURSE = read_course(ROOT)


def stop_at(name, exercise):
    """Return a stop at which nothing runs."""
    source = cells.read_notebook(ROOT / "source" / name / COURSE.assignment(name).filename)
    source.cells = [cell for cell in source.cells if cell.cell_type == "code"]
    place = next(i for i, cell in enumerate(source.cells) if cells.grade_id(cell) == exercise)
    return Stop(name, exercise, source, place, None, COURSE.limits)


def names_for(name, exercise):
    stop = stop_at(name, exercise)
    return {dress.name for dress in dresses_for(stop.source, stop.place)}


def test_the_docstring_says_which_dresses_there_are():
    a_number = names_for("01_lnp_encoding", "compute_NLL")
    assert {"0-d array", "float32", "lambda", "read-only inputs", "two cells"} <= a_number
    assert not a_number & {"list", "pandas", "list of results", "int32"}
    a_network = names_for("05_deep_networks", "DeepNetSoftmax")
    assert a_network == {"two cells", "helper cell"}
    assert names_for("05_deep_networks", "count_parameters") == {"two cells", "helper cell"}
    assert {"list of results", "int32", "float64"} <= names_for("03_logistic_decoding", "kmeans")


def test_each_answer_comes_as_it_is_and_once_in_each_dress():
    dressed = dressed_answers(stop_at("01_lnp_encoding", "stas"), Exclusions())
    assert len({each.name for each in dressed}) == len(dressed)
    assert {each.answer for each in dressed if each.dress == "as it is"} == {
        "solution", "float32_lists", "list_comprehension", "two_calls", "without_the_function",
    }  # fmt: skip
    by_keyword = {each.answer for each in dressed if each.dress == "earlier functions called by keyword"}
    assert by_keyword == {"solution", "list_comprehension", "two_calls"}


def test_cells_below_are_looked_at_for_the_solution_in_a_dress_and_for_each_answer_as_it_is():
    dressed = dressed_answers(stop_at("01_lnp_encoding", "compute_STA"), Exclusions())
    looked_at = {each.name for each in dressed if each.shows}
    assert {"solution: list", "solution: as it is", "torch_tensor: as it is"} <= looked_at
    assert not looked_at & {"solution: lambda", "np_average: list"}


def test_what_needs_a_package_that_is_missing_is_left_out(monkeypatch):
    monkeypatch.setattr(wardrobe.importlib.util, "find_spec", lambda name: None)
    dressed = dressed_answers(stop_at("01_lnp_encoding", "compute_STA"), Exclusions())
    assert "pandas" not in {each.dress for each in dressed}


def test_an_exclusion_is_for_all_answers_or_for_some():
    exclusions = Exclusions(
        ((frozenset({"list"}), frozenset(), "why"), (frozenset({"tensor"}), frozenset({"np_average"}), "why"))
    )
    dressed = {each.name for each in dressed_answers(stop_at("01_lnp_encoding", "compute_STA"), exclusions)}
    assert "solution: tensor" in dressed
    assert not dressed & {"solution: list", "np_average: list", "np_average: tensor"}
    assert exclusions.unknown({"list"}, {"solution"}) == ["np_average", "tensor"]


def test_below_an_answer_that_is_excluded_as_it_is_no_cell_is_looked_at_but_its_own_test_is():
    exclusions = Exclusions(((frozenset({"as it is"}), frozenset({"torch_tensor"}), "why"),))
    dressed = dressed_answers(stop_at("01_lnp_encoding", "compute_STA"), exclusions)
    shows = {each.name: each.shows for each in dressed}
    assert shows["solution: as it is"]
    assert not shows["torch_tensor: as it is"]


@pytest.mark.parametrize(
    "text", ["[[excluded]]\ndresses = ['list']\n", "[[excluded]]\nreason = 'It is one number.'\n"]
)
def test_an_exclusion_needs_dresses_and_a_reason(tmp_path, monkeypatch, text):
    monkeypatch.setattr(bank, "BANK", tmp_path)
    (tmp_path / "01_adding" / "add").mkdir(parents=True)
    (tmp_path / "01_adding" / "add" / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(BadList, match="each .* needs dresses, and a reason in a sentence"):
        read_exclusions("01_adding", "add")


def test_the_exclusions_of_the_course_can_be_read():
    for path in BANK.glob(f"*/*/{FILE}"):
        assert read_exclusions(path.parts[-3], path.parts[-2]).entries
