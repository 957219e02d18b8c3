import json
from dataclasses import replace

import pytest

from examiner.verdict import (
    SubmissionState,
    TestResult,
    TestState,
    Verdict,
    WrittenAnswer,
    read_verdict,
    write_verdict,
)

VERDICT = Verdict(
    student="ada",
    assignment="01_adding",
    state=SubmissionState.GRADED,
    tests=(
        TestResult("add-test", "add", TestState.PASSED, 60, 0),
        TestResult("double-test", "double", TestState.TIMED_OUT, 0, 5, "Your code ran longer."),
    ),
    repairs=("The file was renamed.",),
    notes=("A cell was stopped. \ud800 \x00",),
    written=(WrittenAnswer("why", True, "0f"),),
    digest="ab",
)


def test_a_verdict_comes_back_from_its_folder_as_it_was_written(tmp_path):
    write_verdict(VERDICT, tmp_path / "ada")
    assert read_verdict(tmp_path / "ada") == VERDICT
    assert [path.name for path in (tmp_path / "ada").iterdir()] == ["verdict.json"]


def test_a_class_of_verdicts_holds_the_texts_that_they_share_once(tmp_path):
    said = "add on other numbers is not right. " * 3
    test = TestResult("add-test", "add", TestState.FAILED, 60, 0, said, "0f" * 32)
    for student in ("ada", "ben"):
        write_verdict(replace(VERDICT, student=student, tests=(test,)), tmp_path / student)
    (ada,), (ben,) = (read_verdict(tmp_path / student).tests for student in ("ada", "ben"))
    assert ada == ben == test
    assert all(getattr(ada, name) is getattr(ben, name) for name in ("grade_id", "message", "key"))


def changed(**fields):
    return json.dumps({**json.loads(VERDICT.to_json()), **fields})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '"tests"',
        "null",
        "{}",
        "[" * 100_000,
        VERDICT.to_json()[:200],
        changed(tests=[3]),
        changed(tests=None),
        changed(tests=[{"grade_id": "add-test"}]),
        changed(state="excellent"),
        changed(student=3),
        changed(points=100),
        changed(repairs=3),
        changed(written=[{"grade_id": "why", "answered": True, "digest": "0f", "changed": False}]),
        VERDICT.to_json().replace("60", '"60"'),
        VERDICT.to_json().replace('"passed"', '"surpassed"'),
    ],
    ids=lambda text: text[:20],
)
def test_an_older_or_garbled_file_is_no_verdict(tmp_path, text):
    (tmp_path / "verdict.json").write_text(text)
    assert read_verdict(tmp_path) is None


def test_bytes_that_are_no_text_are_no_verdict(tmp_path):
    (tmp_path / "verdict.json").write_bytes(b"\xff\xfe\x00")
    assert read_verdict(tmp_path) is None


def test_where_nothing_was_graded_there_is_no_verdict(tmp_path):
    assert read_verdict(tmp_path) is None


@pytest.mark.parametrize("state", [state for state in TestState if state is not TestState.PASSED])
def test_nothing_but_a_passed_test_earns_points(state):
    assert TestResult("add-test", "add", state, 60, 5).points == 0
    assert TestResult("add-test", "add", state, 60, 5).bonus == 0
