"""Answers without what could tell whose they are: what goes, what stays, and that they do the same."""

import nbformat
import numpy as np
import pytest
from nbformat.v4 import new_code_cell

from examiner.harvest.cleaning import cleaned, vocabulary_of

COURSE = '''import numpy as np
def spike_rate(spikes, dt):
    """Return it."""
    raise NotImplementedError()
method = "L-BFGS-B"'''
VOCABULARY = vocabulary_of(nbformat.v4.new_notebook(cells=[new_code_cell(COURSE)]))

NAMED = '''# Maria Müller, 20231107
import numpy as np
from maria_lib import maria
import maria_tools as mt
def spike_rate(spikes, dt: "Maria's dt") -> "maria":
    """Maria wrote this on 3 May."""
    marias_total: float = 0  # by Maria
    np.random.seed(20231107)
    print("Maria was here", f"maria {marias_total}")
    for müller in spikes:
        marias_total += müller
    names = {"maria": marias_total, "jo": 2}
    "a stray maria"
    try:
        return names["maria"] / len(spikes)
    except ZeroDivisionError as marias_error:
        raise ValueError("maria says no") from marias_error
class Maria:
    marias_weight = 3
    def marias_method(self, maria):
        self.maria = maria
        return self.maria
'''


@pytest.fixture
def text():
    return cleaned(NAMED, VOCABULARY)


@pytest.mark.parametrize("secret", ["maria", "müller", "2023", "May", "jo", "#", '"""', "print"])
def test_nothing_that_could_tell_who_wrote_it_is_left(text, secret):
    assert secret not in text.lower()


def test_what_the_course_and_libraries_call_things_stays(text):
    for kept in ("def spike_rate(spikes, dt):", "np.random.seed(123456)", "len(spikes)", "ZeroDivisionError"):
        assert kept in text


def test_a_cleaned_answer_does_the_same(text):
    namespace = {}
    exec(text, namespace)
    assert namespace["spike_rate"]([1, 2, 3], 0.1) == 2


def test_answers_that_differ_in_names_and_comments_alone_become_one():
    other = "def spike_rate(spikes, dt):\n    '''mine'''\n    bens = sum(spikes)\n    return bens\n"
    one = "def spike_rate(spikes, dt):\n    adas = sum(spikes)  # Ada\n    return adas\n"
    assert cleaned(one, VOCABULARY) == cleaned(other, VOCABULARY)


@pytest.mark.parametrize(
    "line",
    [
        'np.einsum("ij,j->i", a, b)', 'np.convolve(a, b, mode="same")', 'a.astype("float32")', "a[::2, None]",
        'minimize(f, a, method="L-BFGS-B")', "np.zeros(100000)", "np.zeros(65536 * 4)", "1e-10 * a",
        "lambda spikes: spikes", "np.nan", "a if a > 0.123456 else -a", "[dt for dt in spikes if dt]",
    ],
)  # fmt: skip
def test_what_steers_a_library_stays_as_it_is(line):
    known = vocabulary_of(nbformat.v4.new_notebook(cells=[new_code_cell("a = b = f = minimize"), *[]]))
    both = type(known)(known.names | VOCABULARY.names, VOCABULARY.texts, VOCABULARY.numbers)
    assert cleaned(line, both) == f"{line}\n".replace('"', "'")


def test_a_keyword_of_a_library_keeps_its_name_although_a_variable_has_it():
    source = (
        "def spike_rate(spikes, dt):\n    keepdims = True\n    return np.sum(spikes, keepdims=keepdims)\n"
    )
    namespace = {"np": np}
    exec(cleaned(source, VOCABULARY), namespace)
    assert namespace["spike_rate"]([1, 2], 1) == [3]


@pytest.mark.parametrize(
    "source",
    ["def f(:", "x = " + "(" * 5_000 + ")" * 5_000, "x = 1" + "0" * 60_000, "\x00", "x = '\ud800'",
     "x = " + " + ".join("1" * 3_000)],
    ids=["broken", "deep", "long", "null", "surrogate", "long sum"],
)  # fmt: skip
def test_what_cannot_be_read_is_left_out_or_cleaned_and_raises_nothing(source):
    text = cleaned(source, VOCABULARY)
    assert text is None or text.isascii()
