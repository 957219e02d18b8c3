import pytest
from nbformat.v4 import new_markdown_cell

from examiner.results.questions import Question, question_of

ASKED = "### Exercise: `why` (3 points)\n\nWhy is $a + b = b + a$? Give one reason."
SOURCE = f"""{ASKED}

### BEGIN SOLUTION
Because of **order**.

=== BEGIN MARK SCHEME ===

- 1 point: order.

=== END MARK SCHEME ===
### END SOLUTION"""


def test_a_cell_of_the_source_holds_question_model_answer_and_mark_scheme():
    question = question_of(new_markdown_cell(SOURCE))
    assert question == Question(ASKED, "Because of **order**.", "- 1 point: order.")
    assert question.without_heading == "Why is $a + b = b + a$? Give one reason."


@pytest.mark.parametrize(
    ("source", "answer"),
    [
        (f"{ASKED}\n\nIt is.\n\nTruly.", "It is.\n\nTruly."),
        ("It is.", "It is."),
        (f"It is.\n\n{ASKED}", "It is."),
        (f"{ASKED}\n\nYOUR ANSWER HERE", ""),
        (f"{ASKED}\n\nYOUR ANSWER HERE\n\nIt is.", "It is."),
        ("###  Exercise: `why` (3 points)\n\nIt is.", "It is."),
        ("Why is $a + b = b + a$? I do not know.", "Why is $a + b = b + a$? I do not know."),
        ("", ""),
    ],
    ids=["below", "over", "above", "untouched", "stub left", "spaced anew", "question quoted", "empty"],
)
def test_an_answer_is_what_a_cell_holds_beside_the_question(source, answer):
    assert question_of(new_markdown_cell(SOURCE)).answer_in(source) == answer


def test_a_cell_without_a_question_is_all_answer():
    assert question_of(new_markdown_cell("### BEGIN SOLUTION\nA.\n### END SOLUTION")) == Question("", "A.")
    assert Question("").answer_in("A\n\nB") == "A\n\nB"
