"""Tries the tests with mutants: `make mutants`. Exit status 1 where one survives that no list allows."""

import argparse
import json
import sys
import warnings
from pathlib import Path

from tqdm import tqdm

from examiner.course import read_course
from tests.mutants.making import mutants_of, sample
from tests.mutants.report import Score, entry, scores_table, told
from tests.mutants.reviewed import BadList, read_review
from tests.mutants.trial import RefusedAnswer, fates
from tests.notebooks.rehearsal import N_PROCESSES, ROOT, chosen_stops


def main(arguments=None):
    """Try the chosen mutants, print table and survivors, and return the exit status."""
    options = _options(arguments)
    course = read_course(ROOT)
    scores = []
    try:
        for assignment in course.chosen(options.assignment):
            scores += _scores(course, assignment, options)
    except (RefusedAnswer, BadList) as error:
        print(f"mutants: {error}", file=sys.stderr)
        return 2
    if not scores:
        print(f"mutants: no exercise is called {options.exercise}", file=sys.stderr)
        return 2
    print(*filter(None, map(told, scores)), "", scores_table(scores), sep="\n")
    return int(any(score.survivors for score in scores))


def _options(arguments):
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("--assignment", default=None, help="this one alone")
    parser.add_argument("--exercise", nargs="*", default=[], help="these exercises alone")
    parser.add_argument(
        "--sample", type=int, default=0, help="so many mutants of each exercise, always the same"
    )
    parser.add_argument("--jobs", type=int, default=N_PROCESSES, help="processes at once")
    parser.add_argument("--json", type=Path, default=None, help="folder for a file of each assignment")
    return parser.parse_args(arguments)


def _scores(course, assignment, options):
    """Return the scores of an assignment's exercises, and write its JSON file."""
    scores = [
        score_of(stop, n_sample=options.sample, n_processes=options.jobs)
        for stop in chosen_stops(course, assignment, options.exercise)
    ]
    if options.json and scores:
        options.json.mkdir(parents=True, exist_ok=True)
        content = {score.exercise: entry(score) for score in scores}
        text = json.dumps(content, indent=1, ensure_ascii=False)
        (options.json / f"{assignment.name}.json").write_text(text + "\n", encoding="utf-8")
    return scores


def score_of(stop, *, n_sample=0, n_processes=N_PROCESSES):
    """Try the mutants of an exercise, or a sample of them."""
    review = read_review(stop.assignment, stop.exercise)
    made = mutants_of(stop.assignment, stop.solution)
    tried = sample(made, n_sample) if n_sample else made
    running = fates(stop, tried, n_processes)
    found = tuple(tqdm(running, total=len(tried), desc=stop.exercise, unit="mutant", disable=None))
    return Score(stop.assignment, stop.exercise, found, review, review.stale(made, found))


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    sys.exit(main())
