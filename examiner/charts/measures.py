"""Computes what the pictures show: how hard a part is, how it tells students apart, what goes with what.

Pure functions of numbers. Where a measure means nothing, as for one student or if all are alike, it is None.

Sources: L. Crocker and J. Algina, *Introduction to Classical and Modern Test Theory* (1986), chapter 14, for
difficulty and the item-rest correlation; R. Ebel and D. Frisbie, *Essentials of Educational Measurement*
(1991), chapter 13, for the limit of 0.2; R. A. Fisher (1915) for the interval.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

LEAST_TOLD_APART = 0.2  # below it, a part says little of what a student can do
FEWEST = 5  # students: fewer are told of in sentences, and no chart is drawn
_NORMAL_95 = 1.96


@dataclass(frozen=True)
class Correlation:
    """How two things go together, from -1 to 1, and between which values that lies in 95 of 100 classes."""

    value: float
    low: float
    high: float

    @property
    def is_below(self) -> bool:
        """Whether it is too small to say much of what a student can do."""
        return self.value < LEAST_TOLD_APART


def correlation(one: Sequence[float], other: Sequence[float]) -> Correlation | None:
    """Return Pearson's correlation with Fisher's interval, or None where nothing differs."""
    if min(map(len, (set(one), set(other))), default=0) < 2 or len(one) < FEWEST:
        return None
    found = max(-1.0, min(1.0, statistics.correlation(one, other)))
    if abs(found) > 1 - 1e-12:
        return Correlation(found, found, found)
    centre, reach = math.atanh(found), _NORMAL_95 / math.sqrt(len(one) - 3)
    return Correlation(found, math.tanh(centre - reach), math.tanh(centre + reach))


def rank_correlation(one: Sequence[float], other: Sequence[float]) -> Correlation | None:
    """Return Spearman's correlation: that of the ranks, so that a few extreme values decide nothing."""
    return correlation(_ranks(one), _ranks(other))


def _ranks(values: Sequence[float]) -> list[float]:
    """Return each value's rank; equal ones share the mean of theirs."""
    places: dict[float, list[int]] = {}
    for place, value in enumerate(sorted(values)):
        places.setdefault(value, []).append(place)
    return [statistics.fmean(places[value]) for value in values]


def quartiles(values: Sequence[float]) -> tuple[float, float, float]:
    """Return the values below which a quarter, a half and three quarters of the class lie."""
    low, middle, high = statistics.quantiles(values, n=4, method="inclusive")
    return low, middle, high
