import re

import pytest

from examiner import gradebook
from examiner.exam import examine
from examiner.feedback import number, write_feedback


@pytest.fixture
def page(course, assignment, hand_in):
    def page(answers=None, **how):
        hand_in("student", answers, **how)
        gradebook.record(course, assignment, examine(course, assignment, "student")[0])
        (path,) = write_feedback(course, assignment)
        assert path == course.root / "feedback" / "student" / "01_adding" / "adding.html"
        return path.read_text()

    return page


def text_of(html):
    html = re.sub(r"<(style|title).*?</\1>", "", html, flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_the_page_shows_score_points_and_the_hint_of_each_exercise(page):
    text = text_of(page({"add": "def add(a, b):\n    return 3"}))
    assert "5 of 100 points" in text
    assert "add ✗ not yet 0 of 60 points" in text
    assert "double ✓ passed 5 of 5 extra points" in text
    assert "add on other numbers is not right: it is 3. It must use both arguments." in text
    assert "Written answers are still to be graded by a person." in text


def test_the_page_holds_no_hidden_test(page):
    html = page({"add": "def add(a, b):\n    return 3"})
    for hidden in ("41.5", "31.5", "HIDDEN", "MARK SCHEME", "stand_in"):
        assert hidden not in html


def test_the_page_asks_nothing_of_the_network(page):
    assert not re.search(r"""(src|href)=["']?(https?:)?//""", page())


def test_what_a_student_wrote_is_shown_and_cannot_become_markup(page):
    html = page(
        {
            "why": "**because**\n\n<script>alert(1)</script>",
            "double": "print('<b>hello</b>')\ndef double(a):\n    return 2 * a",
        }
    )
    assert "<script>" not in html
    assert "<strong>because</strong>" in html
    assert "<b>hello" not in html
    assert "&lt;b&gt;hello&lt;/b&gt;" in html


def test_late_work_says_what_it_lost(page):
    text = text_of(page(timestamp="2027-02-13 10:00:00 UTC"))
    assert "Handed in 0.4 days late: 6.5 points less" in text


def test_an_ungraded_submission_says_why(page):
    text = text_of(page(text="{ not json"))
    assert "This submission could not be graded: adding.ipynb: not a notebook" in text


def test_a_comment_of_the_grader_is_shown(course, assignment, page):
    page()
    with gradebook.open_gradebook(course) as book:
        book.find_comment("why", "adding", assignment.name, "student").manual_comment = "Well said."
        book.db.commit()
    (path,) = write_feedback(course, assignment)
    assert "Comment: Well said." in text_of(path.read_text())


@pytest.mark.parametrize(("points", "text"), [(20.0, "20"), (7.5, "7.5"), (0.0, "0"), (1 / 3, "0.33")])
def test_points_read_as_people_write_them(points, text):
    assert number(points) == text


def test_written_answers_stand_on_the_page_with_their_points(course, assignment, page):
    assert "why … a person grades this 0 of 40 points" in text_of(page())
    with gradebook.open_gradebook(course) as book:
        grade = book.find_grade("why", "adding", assignment.name, "student")
        grade.manual_score, grade.needs_manual_grade = 30, False
        book.db.commit()
    (path,) = write_feedback(course, assignment)
    assert "why ◐ partly passed 30 of 40 points" in text_of(path.read_text())
