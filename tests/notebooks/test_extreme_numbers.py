"""Second tests, of extreme numbers: what each of them says of an answer that is wrong in another way."""

import numpy as np
import pytest

from examiner.course.facts import read_course
from examiner.notebook import cells
from neurocourse import checks
from tests.notebooks.rehearsal import ROOT

SIGMOID = "def sigmoid(z):\n    return "
NLL = "def compute_NLL(k, x, y):\n    return "
LNP = "def neg_log_lik_lnp(theta, X, y):\n    return "
LOSS = "def logistic_loss(theta, X, y):\n    z = X @ theta\n    return "
OVERFLOW = "exp(1000) overflows: make sure that no exponent is large and positive."
CASES = {
    "sigmoid, flat": (SIGMOID + "0.5 * (1 + np.tanh(np.ravel(z) / 2))", "keep its shape."),
    "sigmoid, sign": (SIGMOID + "0.5 * (1 - np.tanh(z / 2))", "the first check of sigmoid says more."),
    "sigmoid, whole": (
        SIGMOID + "np.trunc(0.5 * (1 + np.tanh(z / 2)))",
        "the first check of sigmoid says more.",
    ),
    "sigmoid, limit": (
        SIGMOID + "0.5 * (1 + np.tanh(np.clip(z, -9, 9) / 2))",
        "do you limit z, or replace a value that overflows?",
    ),
    "sigmoid, nan": (SIGMOID + "np.exp(z) / (1 + np.exp(z))", OVERFLOW),
    "sigmoid, warning": (SIGMOID + "1 / (1 + np.exp(-z))", OVERFLOW),
    "compute_NLL, each image": (
        NLL + "np.exp(x @ k) - y * (x @ k)",
        "Return one number, the sum over images.",
    ),
    "compute_NLL, sign": (
        NLL + "y @ (x @ k) - np.exp(x @ k).sum()",
        "the first check of compute_NLL says more.",
    ),
    "compute_NLL, epsilon": (
        NLL + "np.exp(x @ k).sum() - y @ np.log(np.exp(x @ k) + 1e-9)",
        "use k · x and its exponential as they are.",
    ),
    "neg_log_lik_lnp, each bin": (
        LNP + "np.exp(X @ theta) - y * (X @ theta)",
        "Return one number, the sum over bins.",
    ),
    "neg_log_lik_lnp, mean": (
        LNP + "np.mean(np.exp(X @ theta) - y * (X @ theta))",
        "the first check of neg_log_lik_lnp says more.",
    ),
    "neg_log_lik_lnp, nan": (
        LNP + "np.exp(X @ theta).sum() - y @ np.log(np.exp(X @ theta))",
        "log(exp(X theta)) is X theta itself.",
    ),
    "logistic_loss, each trial": (
        LOSS + "np.logaddexp(0, z) - y * z",
        "Return one number, the sum over trials.",
    ),
    "logistic_loss, mean": (
        LOSS + "np.mean(np.logaddexp(0, z) - y * z)",
        "the first check of logistic_loss says more.",
    ),
    "logistic_loss, nan": (
        LOSS + "-np.sum(y * -np.log(1 + np.exp(-z)) + (1 - y) * np.log(1 - 1 / (1 + np.exp(-z))))",
        "or keep h off 0 and 1.",
    ),
}


def second_test(exercise):
    """Return what students see of the second test of an exercise."""
    course = read_course(ROOT)
    for assignment in course.assignments:
        source = cells.read_notebook(course.path("source", assignment) / assignment.filename)
        for cell in source.cells:
            if cells.grade_id(cell) == f"{exercise}-test-2":
                return cells.without_hidden_tests(cell.source)
    raise LookupError(f"no second test of {exercise}")


@pytest.mark.filterwarnings("ignore::RuntimeWarning")  # of the answers, which are wrong
@pytest.mark.parametrize(
    ("name", "answer", "hint"), [(name, *case) for name, case in CASES.items()], ids=[*CASES]
)
def test_a_second_test_gives_each_cause_its_own_hint(name, answer, hint):
    names = {"np": np, "logistic_regression": lambda *data: None}
    exec(answer, names)
    with pytest.raises(checks.CheckFailed) as failed:
        exec(second_test(name.partition(",")[0]), names)
    assert str(failed.value).endswith(hint)


@pytest.mark.parametrize("answer", ["return None", "raise ValueError", "return 0.0"])
@pytest.mark.parametrize("exercise", ["sigmoid", "compute_NLL", "neg_log_lik_lnp", "logistic_loss", "fit"])
def test_a_second_test_gives_nothing_for_an_answer_that_does_nothing(exercise, answer):
    names = {"np": np, "logistic_regression": lambda *data: None}
    exec(f"def {exercise}(*_):\n    {answer}", names)
    with pytest.raises((checks.CheckFailed, ValueError)):
        exec(second_test(exercise), names)
