"""A sample of the mutants of one tutorial, always the same: `make mutants` tries all of them."""

import pytest

from tests.notebooks.sampled import exercise_params, sample_of

N_OF_EACH = 1
# Exercises of whose sample a mutant still survives: take one off when its tests have become better.
SURVIVED = {}


@pytest.fixture(scope="session")
def tried(tmp_path_factory):
    """What became of the sample, by assignment and exercise."""
    return sample_of("mutants", N_OF_EACH, tmp_path_factory.mktemp("mutants"))


@pytest.mark.parametrize(("assignment", "exercise"), exercise_params(SURVIVED, "a mutant survives"))
def test_no_mutant_of_the_sample_survives_unlisted_and_no_entry_is_stale(tried, assignment, exercise):
    found = tried[assignment][exercise]
    assert found["made"] == N_OF_EACH
    assert {mutant["mutant"]: mutant["differs"] for mutant in found["survivors"]} == {}
    assert found["stale"] == []
