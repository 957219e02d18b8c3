"""Outputs of cells: those of our own, and what is kept of those that a student process sent."""

import nbformat
import pytest
from nbformat.v4 import new_output

from examiner.notebook.outputs import error_output, kept_outputs, text_output

SHOWN = {"data": {"text/plain": ["a\n", "b"], "application/json": {"a": [1]}}, "metadata": {}}


def test_outputs_of_our_own_are_those_that_nbformat_makes():
    assert text_output("stderr", "late\n") == new_output("stream", name="stderr", text="late\n")
    made = new_output("error", ename="failed", evalue="Not yet.", traceback=["Not yet."])
    assert error_output("failed", "Not yet.") == made


@pytest.mark.parametrize(
    "garbage",
    [None, 3, "abc", {}, [None], [3], [{}], [{"output_type": "stream"}], [{"output_type": "no such"}],
     [{"output_type": "stream", "name": "stdout", "text": None}], [[["output_type", "stream"]]],
     [{"output_type": "display_data", "data": {"text/plain": 3}}],
     [{"output_type": "error", "ename": "E", "evalue": "e"}],
     [{"output_type": "execute_result", "data": {}, "execution_count": -1}],
     [{"output_type": "stream", "name": "stdout", "text": "a", "more": 1}]],
    ids=repr,
)  # fmt: skip
def test_outputs_that_are_none_are_dropped(garbage):
    assert kept_outputs(garbage) == []


def test_outputs_are_kept_beside_garbage():
    text = {"output_type": "stream", "name": "stdout", "text": ["a", "b"]}
    assert kept_outputs([None, text, {}]) == [new_output("stream", name="stdout", text="ab")]


@pytest.mark.parametrize(
    "output",
    [
        {"output_type": "display_data", **SHOWN},
        {"output_type": "execute_result", "execution_count": 3, **SHOWN},
        {"output_type": "error", "ename": "E", "evalue": "e", "traceback": ["a", "b"]},
    ],
    ids=lambda output: output["output_type"],
)
def test_an_output_is_kept_as_it_is_and_is_nbformats(output):
    (kept,) = kept_outputs([output])
    assert kept == output
    nbformat.validate(kept, ref="output", version=4)


def test_what_an_output_need_not_say_is_added():
    (kept,) = kept_outputs([{"output_type": "execute_result"}])
    assert kept == {"output_type": "execute_result", "data": {}, "metadata": {}, "execution_count": None}
