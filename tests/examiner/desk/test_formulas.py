"""Formulas of answers are read in any style, compared by value, and never run."""

import time

import pytest

from examiner.course.facts import read_course
from examiner.desk.formulas import Label, label, result_of, with_fingerprints
from examiner.notebook import cells
from examiner.results.questions import Question, questions_of
from tests.examiner.conftest import ROOT

MODEL = r"So $$\mathrm{NLL}(k) = \sum_i e^{k \cdot x_i} - \sum_i y_i\, k \cdot x_i.$$"
RESULT = result_of(Question("Derive $-\\log P(y \\mid k)$.", MODEL))
ALIKE = {
    "as in the model": MODEL,
    "one sum in brackets": r"$NLL(k)=\sum_{i=1}^n \left[ \exp(k^\top x_i) - y_i k^T x_i \right]$",
    "fonts": r"\[L = -\sum_{i} \big(y_i \mathbf{k}\cdot\mathbf{x}_i - e^{\mathbf{k}\mathbf{x}_i}\big)\]",
    "plain": "NLL(k) = sum_i exp(k.x_i) - y_i k.x_i",
    "unicode": "NLL = Σ_i (exp(k·x_i) − y_i·k·x_i)",
    "high letters": "NLL(k) = ∑ᵢ e^(k·xᵢ) − ∑ᵢ yᵢ k·xᵢ",
    "aligned rows": """\\begin{align}
-\\log P(y|k) &= \\sum_i e^{k x_i} \\\\
&\\quad - \\sum_i y_i k x_i
\\end{align}""",
    "another name": r"$$-\ell(k) = \sum_{i=1}^{N} \left( e^{x_i^\top k} - y_i x_i^{\top} k \right)$$",
    "a chain": r"$$L = \sum_i \lambda_i - y_i \log\lambda_i = \sum_i e^{k\cdot x_i} - y_i\,k\cdot x_i$$",
    "braces": r"$$L = \sum_i (\exp\{k \cdot x_i\} - y_i (k \cdot x_i))$$",
    "code": "`NLL = sum_i(exp(k*x_i) - y_i*k*x_i)`",
    "counted from 0": r"$$\sum_{i=0}^{n-1} e^{k x_i} - y_i k x_i$$",
}  # fmt: skip
OTHERS = {
    "a sign": r"$$\sum_i e^{k \cdot x_i} + \sum_i y_i\, k \cdot x_i$$",
    "all signs": r"$$\sum_i y_i k x_i - e^{k x_i}$$",
    "no sum": r"$$e^{k x_i} - y_i k x_i$$",
    "another exponent": r"$$\sum_i e^{x_i} - y_i k x_i$$",
    "a part": r"$$\sum_i e^{k x_i}$$",
}
HOSTILE = {
    "code of Python": "`__import__('os').system('touch /tmp/x') = 1`",
    "towers": "$9^{9^{9^{9^{9}}}}$ and $9**9**9**9**9$",
    "factorials": "$99999999!!!!!!! + 1$",
    "nested": f"${'(' * 900}x{')' * 900}$",
    "nested fractions": "$" + "\\frac{" * 300 + "$",
    "long sums": r"$\sum_{i=1}^{10000000000} x_i$",
    "sums in sums": "$" + r"\sum_i" * 60 + " x_i$",
    "many terms": f"$$x{'+x' * 900}$$",
    "many environments": "\\begin{align}" * 1500,
    "many dollars": "$" * 20_000,
    "many lines": "a=b\n" * 20_000,
    "many formulas": "$$(x+1)^{(y+1)^{(z+1)}}$$" * 1000,
    "odd letters": "$\u202e\x00\ud800 = ⟨1⟩$",
}


@pytest.mark.parametrize("answer", ALIKE.values(), ids=ALIKE)
def test_the_result_is_known_in_every_style(answer):
    assert label(answer, RESULT) is Label.SAME


@pytest.mark.parametrize("answer", OTHERS.values(), ids=OTHERS)
def test_another_result_is_not_taken_for_it(answer):
    assert label(answer, RESULT) is Label.OTHER


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (r"$$\frac{a}{$$", Label.UNREAD),
        (r"$$P(y|k) + \unknown$$", Label.UNREAD),
        ("It is $k$, or `k`.", Label.NONE),
        ("No formula.", Label.NONE),
    ],
    ids=["broken", "unknown", "only names", "none"],
)
def test_what_cannot_be_read_is_said_and_no_formula_is_nothing(answer, said):
    assert label(answer, RESULT) is said


@pytest.mark.parametrize("answer", HOSTILE.values(), ids=HOSTILE)
def test_whatever_a_student_writes_takes_a_bounded_time_and_is_not_the_result(answer):
    begun = time.process_time()
    assert label(answer, RESULT) is not Label.SAME
    with_fingerprints(answer)
    assert time.process_time() - begun < 2


def test_equal_formulas_are_the_same_text_and_others_are_not():
    same = {
        with_fingerprints(f"So {formula}").split()[-1]
        for formula in (r"$a\,(b+c)$", "$$ab + ac$$", r"\(c a + b a\)")
    }
    assert len(same) == 1
    assert with_fingerprints("$ab + ac$") != with_fingerprints("$ab - ac$")
    assert with_fingerprints(r"$P(a \mid b)$") == r"$P(a \mid b)$"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("$a < b$", "$a > b$"),
        ("$a + b = c$", r"$a + b \neq c$"),
        (r"$\log L = x + y$", r"$-\log L = x + y$"),
        ("$NLL = x + y$", "$LL = x + y$"),
        ("$p = x + y$", r"$\log p = x + y$"),
        ("$y - x > 0$", "$y - x < 0$"),
    ],
    ids=["less", "not equal", "a sign before the name", "another name", "its logarithm", "below 0"],
)
def test_formulas_that_say_other_things_are_never_the_same_text(one, other):
    assert with_fingerprints(one) != with_fingerprints(other)


@pytest.mark.parametrize(
    "same", [r"$$\mathrm{NLL}(k) = x+y$$", "NLL = y + x", r"\(NLL(\mathbf{k}) = x + y\)"]
)
def test_what_is_defined_is_the_same_in_every_style(same):
    assert with_fingerprints(same).strip() == with_fingerprints("$NLL = x + y$").strip()


NEVER_EQUIVALENT = {
    "a function of a sum": (r"\sigma(a + b)", r"\sigma(a) + \sigma(b)"),
    "a word of a sum": ("sigmoid(a + b)", "sigmoid(a) + sigmoid(b)"),
    "a variance": ("Var(a + b)", "Var(a) + Var(b)"),
    "a maximum": ("max(a + b)", "max(a) + max(b)"),
    "a derivative": (r"\frac{d}{dx} x^2", "x"),
    "a derivative in a line": ("d x^2 / d x", "x^2"),
    "a partial derivative": (r"\frac{\partial f}{\partial x}", r"\frac{f}{x}"),
    "a gradient of a product": (r"\nabla (f g)", r"f \nabla g"),
    "an outer product": (r"\sum_i x_i x_i^\top", r"\sum_i x_i^\top x_i"),
    "matrices in another order": (r"(X^\top X)^{-1} X^\top y", r"(X X^\top)^{-1} X y"),
    "a power by a number of times": ("(1 - p)^T", "1 - p"),
    "a sum by its index": (r"\sum_{i=0}^{n-1} i x", r"\sum_{i=1}^{n} i x"),
}


@pytest.mark.parametrize(("one", "other"), NEVER_EQUIVALENT.values(), ids=NEVER_EQUIVALENT)
def test_what_is_not_the_same_is_never_equivalent(one, other):
    for model, answer in ((one, other), (other, one)):
        result = result_of(Question("", f"$$z = {model}$$"))
        assert label(f"$$z = {answer}$$", result) is not Label.SAME


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (r"1 - \sigma(w^\top x)", r"1 - \sigma(w \cdot x)"),
        (r"\sum_{i=0}^{n-1} x_i y_i", r"\sum_{i=1}^{n} y_i x_i"),
        (r"\sum_{i=0}^{n-1} x_{i+1}", r"\sum_i x_i"),
        (r"(k^\top x_i) y_i", r"y_i\, k\cdot x_i"),
    ],
    ids=["of a function", "from 0", "from 0, moved", "a dot product"],
)
def test_what_is_the_same_is_still_equivalent(one, other):
    assert label(f"$$z = {one}$$", result_of(Question("", f"$$z = {other}$$"))) is Label.SAME


def test_what_an_answer_denies_is_not_its_result():
    result = result_of(Question("", "$$f = 2x + 2y$$"))
    assert label("$f = 2(x + y)$", result) is Label.SAME
    assert label(r"$f \neq 2(x + y)$", result) is Label.OTHER
    assert label("$f < 2(x + y)$", result) is Label.OTHER


def test_a_question_that_says_the_result_gives_no_labels():
    assert result_of(Question("Show that $f = 2x + 2y$.", "$$2(x + y)$$")) == ""


def test_the_course_s_own_derivations_have_a_result_that_is_known_again():
    course = read_course(ROOT)
    assignment = course.assignment("01_lnp_encoding")
    source = cells.read_notebook(course.path("source", assignment) / assignment.filename)
    questions = questions_of(source)
    results = {name: result_of(question) for name, question in questions.items()}
    assert [name for name, result in results.items() if result] == ["nll_equation", "nll_gradient"]
    assert all(
        label(questions[name].model_answer, result) is Label.SAME
        for name, result in results.items()
        if result
    )
