"""A sample of right answers of one tutorial in other dresses, always the same: `make dresses` tries all."""

import pytest

from tests.notebooks.sampled import exercise_params, sample_of

N_OF_EACH = 1
# Exercises in whose sample a right answer is refused or breaks a cell: take one off when it is mended.
NOT_YET = {}


@pytest.fixture(scope="session")
def tried(tmp_path_factory):
    """What became of the sample, by assignment and exercise."""
    return sample_of("dresses", N_OF_EACH, tmp_path_factory.mktemp("dresses"))


@pytest.mark.parametrize(("assignment", "exercise"), exercise_params(NOT_YET, "a right answer is refused"))
def test_no_right_answer_of_the_sample_is_refused_or_breaks_a_cell(tried, assignment, exercise):
    found = tried[assignment][exercise]
    assert found["tried"]
    assert {fitting["dressed"]: fitting["message"] for fitting in found["refused"]} == {}
    assert {fitting["dressed"]: fitting["cells"] for fitting in found["died"]} == {}
