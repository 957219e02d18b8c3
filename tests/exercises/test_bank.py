import re

import pytest

from tests.exercises import bank

RIGHT = "# Approach: plus\ndef add(a, b):\n    return a + b\n"
WRONG = "# Misconception: minus\n# Hint: Use +.\ndef add(a, b):\n    return a - b\n"
PASSED = {"grade_id": "add-test", "exercise": "add", "state": "passed", "message": ""}
REFUSED = PASSED | {"state": "failed", "message": "add(1, 2) is not right. Use +."}
OTHER = {"grade_id": "double-test", "exercise": "double", "state": "error", "message": "No add."}


@pytest.fixture
def answer(tmp_path, monkeypatch):
    monkeypatch.setattr(bank, "ROOT", tmp_path)
    monkeypatch.setattr(bank, "BANK", tmp_path / "answers")
    monkeypatch.setattr(
        bank,
        "answers",
        lambda name, exercise, kind: sorted((tmp_path / "answers").glob(f"{name}/{exercise}/{kind}/*")),
    )

    def answer(kind, text, name="one"):
        path = tmp_path / "answers" / "01_adding" / "add" / kind / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    return answer


def test_answers_are_counted_and_say_what_they_are(answer):
    answer("right", RIGHT)
    for number in range(bank.N_WRONG):
        answer("wrong", WRONG if number else "# Hint: Use +.\ndef add(a, b): ...", f"n{number}")
    assert list(bank.what_is_missing("01_adding", "add")) == [
        "answers/01_adding/add/right/ has 1 answer, expected 3 or more.",
        "add/wrong/n0.py has no line `# Misconception: …` at its top.",
    ]


def test_no_bank_at_all_is_two_sentences(answer):
    assert list(bank.what_is_missing("01_adding", "add")) == [
        "answers/01_adding/add/right/ has 0 answers, expected 3 or more.",
        "answers/01_adding/add/wrong/ has 0 answers, expected 8 or more.",
    ]


@pytest.mark.parametrize(
    ("kind", "text", "results", "said"),
    [
        ("right", RIGHT, [PASSED], []),
        (
            "right",
            RIGHT,
            [],
            ["add/right/one.py ended the process that ran it, so no test could say anything."],
        ),
        (
            "right",
            RIGHT,
            [REFUSED, OTHER],
            [
                "add/right/one.py is right, but add-test refuses it: add(1, 2) is not right. Use +.",
                "add/right/one.py is right, but double-test refuses it: No add.",
            ],
        ),
        ("wrong", WRONG, [REFUSED], []),
        ("wrong", WRONG, [PASSED], ["add/wrong/one.py is wrong, but every test of add passes it."]),
        (
            "wrong",
            WRONG.replace("Use +.", "Use a plus."),
            [REFUSED],
            [
                "add/wrong/one.py is refused without its hint “Use a plus.”. The student reads “add(1, "
                "2) is not "
                "right. Use +.”."
            ],
        ),
        (
            "wrong",
            WRONG,
            [REFUSED, OTHER],
            ["add/wrong/one.py also costs the points of double-test: No add."],
        ),
    ],
    ids=["right", "dead", "right but refused", "wrong", "accepted", "another hint", "costs others"],
)
def test_an_answer_that_is_not_treated_as_it_should_be_is_a_sentence(answer, kind, text, results, said):
    assert list(bank.judge(answer(kind, text), {"tests": results, "seen": True})) == said


def test_what_only_hidden_tests_refuse_says_why(answer):
    graded, below = {"tests": [REFUSED], "seen": False}, WRONG + "# Hidden: it stands too low\n"
    told = WRONG.replace("\ndef", "\n# Hidden: no example is long enough\ndef")
    assert list(bank.judge(answer("wrong", told), graded)) == []
    for text in (WRONG, below):
        assert list(bank.judge(answer("wrong", text), graded)) == [
            "add/wrong/one.py is refused by hidden tests alone. Let visible ones show this mistake, or "
            "say in the third line why they cannot: `# Hidden: …`."
        ]
    assert list(bank.judge(answer("wrong", told), graded | {"seen": True})) == [
        "add/wrong/one.py says `# Hidden: …`, but the visible tests refuse it: take that line out."
    ]


def test_lint_names_an_answer_that_does_not_say_what_it_is_or_that_no_test_knows(checkout, python):
    answers = checkout / "tests" / "answers" / "02_poisson_glm"
    (answers / "compare_models").rename(answers / "compare_modles")
    sorted((answers / "fit_lnp" / "right").glob("*.py"))[0].write_text("fit_lnp = None\n")
    status, said = python("tests.exercises", "banks")
    assert status == 1
    assert "compare_models/right/ has 0 answers, expected 3 or more.\n" in said
    assert "02_poisson_glm/compare_modles has answers, but the notebook has no test of that name.\n" in said
    assert re.search(r"^fit_lnp/right/\w+\.py has no line `# Approach: …` at its top\.$", said, re.MULTILINE)
