"""Tries the tests with mutants. The exit status is 1 where one survives that no reviewed list allows."""

import sys
import warnings

from tqdm import tqdm

from tests.mutants.making import mutants_of, sample
from tests.mutants.report import Score, entry, scores_table, told
from tests.mutants.reviewed import read_review
from tests.mutants.trial import fates
from tests.notebooks.command import Command, told_of_before


def score_of(stop, options):
    """Try the mutants of an exercise, or a sample of them."""
    review = read_review(stop.assignment, stop.exercise)
    made = mutants_of(stop.assignment, stop.solution)
    tried = sample(made, options.sample) if options.sample else made
    lived = told_of_before(options, stop, {"survivors": "mutant", "reviewed_survivors": "mutant"})
    if lived is not None:
        tried = [mutant for mutant in tried if mutant.name in lived]
    running = fates(stop, tried, options.jobs)
    found = tuple(tqdm(running, total=len(tried), desc=stop.exercise, unit="mutant", mininterval=2))
    return Score(stop.assignment, stop.exercise, found, review, review.stale(made, found))


COMMAND = Command(
    name="mutants",
    description=__doc__,
    try_stop=score_of,
    told=told,
    entry=entry,
    table=scores_table,
    is_bad=lambda score: bool(score.survivors),
)

if __name__ == "__main__":
    warnings.simplefilter("ignore")
    sys.exit(COMMAND.main())
