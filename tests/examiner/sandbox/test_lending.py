"""What of a test's stand-ins is lent to the student process, and when."""

import textwrap

import pytest

from examiner.errors import GraderAtFault
from examiner.sandbox.lending import as_lent, in_order, lent_texts

LENDS = """
import numpy as np
from neurocourse import checks

@checks.known
def right_rate(weights, x):
    '''The rate.'''
    return np.exp(x @ weights)  # hidden 41.5

@checks.known
def right_gradient(weights, x, y, scale=1.0):
    return scale * (right_rate(weights, x) - y) @ x

secret = 31.5

def counted(x):
    return x + secret

checks.stand_in(rate=right_rate, gradient=right_gradient, count=counted)
"""


def functions(source):
    namespace = {}
    exec(compile(source, "<test>", "exec"), namespace)
    return namespace


def test_a_lent_text_defines_the_function_and_what_it_uses_and_nothing_else():
    assert lent_texts(LENDS)["right_gradient"] == textwrap.dedent("""\
        import numpy as np
        def right_gradient(weights, x, y, scale=1.0):
            return scale * (right_rate(weights, x) - y) @ x
        def right_rate(weights, x):
            return np.exp(x @ weights)""")
    assert lent_texts(LENDS).keys() == {"right_rate", "right_gradient"}


def test_what_is_not_marked_is_not_lent():
    namespace = functions(LENDS)
    texts = lent_texts(LENDS)
    assert as_lent(namespace["right_rate"], texts) == {"source": texts["right_rate"], "name": "right_rate"}
    assert as_lent(namespace["counted"], texts) is None
    assert as_lent(namespace["right_rate"], {}) is None
    assert as_lent(lambda x: x, texts) is None


@pytest.mark.parametrize("used", ["secret", "counted"])
def test_a_marked_function_that_uses_anything_else_of_the_test_is_the_courses_fault(used):
    source = LENDS.replace("scale * ", f"{used} * ")
    with pytest.raises(GraderAtFault) as caught:
        lent_texts(source)
    assert str(caught.value) == (
        f"The reference `right_gradient` of a test is marked as known, but uses `{used}`, which is neither a "
        f"module nor marked. This is the course's fault: mark `{used}`, too, or take the mark from "
        "`right_gradient`."
    )


def test_a_name_with_two_definitions_is_not_lent():
    twice = LENDS + "\nif secret:\n    def right_rate(weights, x):\n        return secret\n"
    with pytest.raises(GraderAtFault, match="uses `right_rate`"):
        lent_texts(twice)


def test_tests_that_lend_run_last():
    lends = "@checks.known\ndef f(x):\n    return x\n"
    order = in_order({"one": "", "two": lends, "three": "", "four": lends, "five": ""})
    assert order == ["one", "three", "five", "two", "four"]
