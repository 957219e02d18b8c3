"""Measures of exercises: published worked values, and what has no value."""

import pytest
from scipy import stats

from examiner.charts.measures import correlation, quartiles, rank_correlation

ONE, OTHER = [1, 2, 3, 4, 5, 6, 7, 8], [2, 1, 4, 3, 7, 8, 6, 5]


def test_a_correlation_and_its_range_are_those_of_scipy():
    found, wanted = correlation(ONE, OTHER), stats.pearsonr(ONE, OTHER)
    interval = wanted.confidence_interval(0.95)
    assert (found.value, found.low, found.high) == pytest.approx((wanted[0], *interval), abs=1e-4)


def test_a_rank_correlation_is_that_of_scipy_also_with_equal_values():
    tied = [3, 3, 1, 0, 9, 9, 9, 4]
    assert rank_correlation(ONE, tied).value == pytest.approx(stats.spearmanr(ONE, tied)[0])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([], []),
        ([1], [2]),
        ([1, 2, 3, 4], [1, 2, 3, 5]),
        ([1] * 9, list(range(9))),
        (list(range(9)), [0] * 9),
    ],
    ids=["nobody", "one student", "four students", "all alike", "the rest is alike"],
)
def test_where_nothing_can_be_said_there_is_no_correlation(one, other):
    assert correlation(one, other) is None


def test_a_perfect_correlation_has_no_range_around_it():
    found = correlation(ONE, ONE)
    assert (found.low, found.value, found.high) == (1, 1, 1)
    assert not found.is_below


def test_quartiles_are_those_of_the_class_itself():
    assert quartiles([0, 10, 20, 30, 40]) == (10, 20, 30)
