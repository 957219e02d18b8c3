"""What the desk's calls take, and what they refuse before anything is read."""

import pytest

from examiner.desk.requests import BadRequest, Fields


@pytest.mark.parametrize(
    ("read", "body"),
    [
        (lambda fields: fields.text("x"), {"x": 1}),
        (lambda fields: fields.text("x", 3), {"x": "long"}),
        (lambda fields: fields.text("x"), {"x": "nul\x00"}),
        (lambda fields: fields.text("x"), {"x": "half \ud800"}),
        (lambda fields: fields.number("x"), {"x": float("nan")}),
        (lambda fields: fields.number("x"), {"x": True}),
        (lambda fields: fields.flag("x"), {"x": 1}),
        (lambda fields: fields.ids("x"), {"x": "abc"}),
        (lambda fields: fields.ids("x"), {"x": [1]}),
        (lambda fields: fields.versions("x"), {"x": {}}),
        (lambda fields: fields.versions("x"), {"x": {"a": None}}),
        (lambda fields: fields.holder("eve"), {"page": "a#b"}),
        (lambda fields: fields.question, {"assignment": ["a"]}),
        (lambda fields: fields.revision, {"points": "1"}),
    ],
)
def test_fields_of_another_kind_are_refused(read, body):
    with pytest.raises(BadRequest):
        read(Fields(body))


def test_a_holder_is_one_page_of_one_person():
    assert Fields({"page": "ab12"}).holder("eve#1") == "eve 1#ab12"


def test_no_comment_leaves_each_answer_its_own():
    assert Fields({"comment": None}).comment("comment") is None
    assert Fields({"comment": ""}).comment("comment") == ""
