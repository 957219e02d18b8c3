"""What the report says of a class's exercises."""

from dataclasses import replace

import pytest

from examiner.results.report import _exercise_table, discrimination
from examiner.verdict import SubmissionState, TestResult, TestState, Verdict

EXERCISES = ("add", "double", "halve")


def verdict(student, *passed):
    tests = tuple(
        TestResult(f"{name}-test", name, TestState.PASSED if name in passed else TestState.FAILED, 10, 0)
        for name in EXERCISES
    )
    return Verdict(student, "01", SubmissionState.GRADED, tests=tests)


@pytest.mark.parametrize(
    ("passed", "expected"),
    [
        ([("add", "double", "halve"), ("add", "double"), ("halve",), ()], "0.71"),
        ([("add", "double", "halve"), ("add", "double", "halve"), (), ()], "1.00"),
        ([("add",), ("double", "halve"), ("double", "halve")], "-1.00"),
        ([("add", "double"), ("add",)], ""),
        ([("add", "double"), ("double",)], ""),
        ([("add",)], ""),
        ([], ""),
    ],
    ids=["well", "perfectly", "against the rest", "all pass", "the rest is alike", "one student", "nobody"],
)
def test_an_exercise_tells_a_class_apart_as_its_points_go_with_those_of_the_rest(passed, expected):
    verdicts = [verdict(f"s{number}", *names) for number, names in enumerate(passed)]
    assert discrimination([verdict.by_exercise() for verdict in verdicts], "add") == expected


def test_an_exercise_of_two_tests_counts_students_who_pass_both():
    both = tuple(TestResult(f"add-test{n}", "add", TestState.PASSED, 5, 0) for n in ("", "-2"))
    one = (both[0], replace(both[1], state=TestState.FAILED, message="Mind large numbers."))
    verdicts = [
        Verdict(student, "01", SubmissionState.GRADED, tests=tests)
        for student, tests in (("ada", both), ("ben", one), ("eve", one))
    ]
    assert "1/3" in _exercise_table(verdicts)
    assert "Mind large numbers." in _exercise_table(verdicts)
