import re
from dataclasses import replace

import nbformat
import pytest
from nbformat.v4 import new_markdown_cell

from examiner.batch.run import grade as examine
from examiner.course.facts import read_course
from examiner.desk.deciding import decide
from examiner.desk.exercises import read_exercises
from examiner.desk.reading import read_states
from examiner.desk.revising import begin_items
from examiner.desk.scheme import SchemeItem
from examiner.desk.states import Decision
from examiner.errors import NotGraded
from examiner.gradebook import scores
from examiner.gradebook.database import connect, open_gradebook
from examiner.notebook import cells
from examiner.publishing.release import release
from examiner.results import feedback
from examiner.results.feedback import write_feedback
from examiner.verdict import SubmissionState, read_verdict, write_verdict
from examiner.wording import number
from tests.examiner.attacks import ATTACKS, handlers_and_links


@pytest.fixture
def page(course, assignment, hand_in):
    def page(answers=None, **how):
        hand_in("student", answers, **how)
        scores.record(course, assignment, examine(course, assignment, "student")[0])
        (path,) = write_feedback(course, assignment)
        assert path == course.root / "feedback" / "student" / "01_adding" / "adding.html"
        return path.read_text()

    return page


def text_of(html):
    html = re.sub(r"<(style|title).*?</\1>", "", html, flags=re.DOTALL).replace("<wbr>", "")
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_the_page_shows_score_points_and_the_hint_of_each_exercise(page):
    text = text_of(page({"add": "def add(a, b):\n    return 3"}))
    assert "0 of 60 points graded so far; 40 wait for a person" in text
    assert "■ 0 earned ■ 60 not earned ▨ 40 waiting for a person" in text
    assert "Extra credit: 5 points on top With the exercises&#39; 0, that makes 5 so far" in text
    assert "Next: Look at add below: each says what is missing, and where it is taught." in text
    assert "add code ✗ not yet 0 of 60 double code ✓ passed 5 of 5 extra why written … waits" in text
    assert "add on other numbers is not right. It must use both arguments." in text


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
    assert (
        "Handed in 10 hours late: 6.5 points less With the exercises&#39; 60, that makes 58.5 so far" in text
    )


def test_an_ungraded_submission_says_why(page):
    text = text_of(page(text="{ not json"))
    assert "This submission could not be graded: adding.ipynb is not a notebook" in text


def test_a_comment_of_the_grader_is_shown(course, assignment, page):
    page()
    with scores.open_gradebook(course) as book:
        book.find_comment("why", "adding", assignment.name, "student").manual_comment = "Well said."
        book.db.commit()
    (path,) = write_feedback(course, assignment)
    assert "Comment Well said." in text_of(path.read_text())


@pytest.mark.parametrize(("points", "text"), [(20.0, "20"), (7.5, "7.5"), (0.0, "0"), (1 / 3, "0.33")])
def test_points_read_as_people_write_them(points, text):
    assert number(points) == text


def test_written_answers_stand_on_the_page_with_their_points(course, assignment, page):
    assert "why written … waits for a person , up to 40 points" in text_of(page())
    with scores.open_gradebook(course) as book:
        grade = book.find_grade("why", "adding", assignment.name, "student")
        grade.manual_score, grade.needs_manual_grade = 30, False
        book.db.commit()
    (path,) = write_feedback(course, assignment)
    text = text_of(path.read_text())
    assert "95 of 100 points" in text
    assert "why written ✎ graded by a person , 30 of 40 points" in text


def test_a_score_for_an_earlier_answer_says_so_beside_its_comment(course, assignment, hand_in, page):
    page()
    with scores.open_gradebook(course) as book:
        grade = book.find_grade("why", "adding", assignment.name, "student")
        grade.manual_score, grade.needs_manual_grade = 30, False
        book.find_comment("why", "adding", assignment.name, "student").manual_comment = "Well said."
        book.db.commit()
    text = text_of(page({"why": "Because I say so."}))
    assert "why written ↻ to be graded again , 30 of 40 points" in text
    assert "The points and the comment belong to an earlier version of your answer." in text
    assert "Comment on the earlier version Well said." in text
    assert "Nothing for you to do. A person reads one of your answers" in text


def test_code_and_explanation_of_an_exercise_have_a_row_each(course, assignment, page):
    path = course.path("source", assignment) / assignment.filename
    source = cells.read_notebook(path)
    source.cells[-1].id = source.cells[-1].metadata["nbgrader"]["grade_id"] = "add-written"
    path.write_text(cells.canonical_text(source))
    release(course, assignment)
    text = text_of(page({"add": "def add(a, b):\n    return 3"}))
    assert "add code ✗ not yet 0 of 60 add written … waits for a person up to 40 double" in text


def test_what_failed_comes_first_and_open_and_what_passed_is_folded(page):
    html = page({"double": "def double(a):\n    return 0"})
    order = [html.index(f'id="{name}"') for name in ("double-code", "why-written", "add-code")]
    assert order == sorted(order)
    assert '<section class="part failed" id="double-code">' in html
    assert '<details class="part passed" id="add-code">' in html


def test_the_error_of_the_students_own_cell_comes_before_what_the_test_says(page):
    text = text_of(page({"add": "print('hello')\ndef add(a, b):\n    return 3\nundefined"}))
    own, test = text.index("NameError: name"), text.index("add on other numbers is not right.")
    assert "Your cell did not run to its end NameError: name &#39;undefined&#39; is not defined" in text
    assert own < test


def test_formulas_are_set_in_question_answer_and_comment_and_the_question_has_no_second_heading(
    course, assignment, page
):
    path = course.path("source", assignment) / assignment.filename
    source = cells.read_notebook(path)
    source.cells[-1].source = "### Exercise: `why` (40 points)\n\nWhy $q^2$?\n\n" + source.cells[-1].source
    path.write_text(cells.canonical_text(source))
    release(course, assignment)
    answer = "### Exercise: `why` (40 points)\n\nWhy $q^2$?\n\nBecause $a^3$ and $\\odd$."
    page({"why": answer})
    with scores.open_gradebook(course) as book:
        book.find_comment("why", "adding", assignment.name, "student").manual_comment = "No, $c^4$."
        book.db.commit()
    (path,) = write_feedback(course, assignment)
    html = path.read_text()
    for formula in ("q^2", "a^3", "c^4"):
        assert html.count(f'alttext="{formula}"') == 1
    assert '<code class="formula" title="A formula, as it was written">$\\odd$</code>' in html
    assert "Exercise: " not in html
    assert "¶" not in html


@pytest.mark.parametrize(
    ("repository", "shown"),
    [
        ("YOUR-ORGANISATION/tiny", '<p class="taught">Taught in section 2. Adding</p>'),
        (
            "someone/tiny",
            'Taught in section <a href="https://colab.research.google.com/github/someone/tiny/blob/main/release/'
            '01_adding/adding.ipynb#scrollTo=section">2. Adding</a>',
        ),
    ],
    ids=["no repository yet", "a repository"],
)
def test_what_failed_names_the_section_that_teaches_it(course, assignment, page, repository, shown):
    text = (course.root / "course.toml").read_text()
    (course.root / "course.toml").write_text(text.replace("YOUR-ORGANISATION/tiny", repository))
    path = course.path("source", assignment) / assignment.filename
    source = cells.read_notebook(path)
    source.cells.insert(3, new_markdown_cell("## 2. Adding (5 min)\n\nIt is easy.", id="section"))
    path.write_text(cells.canonical_text(source))
    release(course, assignment)
    page({"add": "def add(a, b):\n    return 3"})
    (path,) = write_feedback(read_course(course.root), assignment)
    assert path.read_text().count(shown) == 1


@pytest.fixture
def page_of(course, assignment, page):
    """A function that changes the verdict or the graded notebook of a student before the page is made."""

    def page_of(answers=None, *, outputs=(), name="student", **changes):
        page(answers)
        folder = course.path("autograded", assignment, "student")
        path = folder / assignment.filename
        notebook = cells.read_notebook(path)
        for cell in notebook.cells:
            if cell.id == "add" and outputs:
                cell.outputs = list(outputs)
        path.write_text(nbformat.writes(notebook), errors="replace")
        write_verdict(replace(read_verdict(folder), **changes), folder)
        (path,) = write_feedback(course, assignment)
        return path.read_text()

    return page_of


def test_repairs_and_what_was_seen_are_told(page_of):
    notes = ("The cell `add` was stopped after 4 s, so it does not count.",)
    text = text_of(page_of(repairs=("The file was called <b>x</b>.",), notes=notes))
    assert "What was repaired in your notebook The file was called &lt;b&gt;x&lt;/b&gt;." in text
    assert "What happened while your notebook ran The cell add was stopped after 4 s, so" in text


def test_a_submission_that_is_a_persons_says_so_and_ends_in_one_full_stop(page_of):
    text = text_of(
        page_of(state=SubmissionState.NEEDS_REVIEW, reason="Two cells define `add`.", repairs=("A.",))
    )
    assert "A person must look at this submission before it can be graded: Two cells define add . " in text
    assert "What was repaired in your notebook A." in text


def shown(data):
    return {"output_type": "display_data", "metadata": {}, "data": data}


@pytest.mark.parametrize(
    "output",
    [
        {"output_type": "stream", "name": "stdout", "text": "<script>alert(1)</script>"},
        {"output_type": "error", "ename": "<script>", "evalue": "</pre><script>alert(1)", "traceback": []},
        {"output_type": "error", "traceback": []},
        shown({"text/html": "<script>alert(1)</script>"}),
        shown({"image/svg+xml": "<svg onload='alert(1)'/>"}),
        shown({"image/png": 'x" onerror="alert(1)'}),
        shown({"text/plain": 5}),
        shown({"text/plain": "</pre><img src=x onerror=alert(1)>"}),
        {"output_type": "stream", "name": "stdout", "text": "\ud800\x00\x1b[31mred\x1b[0m"},
    ],
    ids=str,
)  # fmt: skip
def test_no_output_of_a_student_becomes_markup(page_of, output):
    assert handlers_and_links(page_of(outputs=[nbformat.from_dict(output)])) == ["style"]


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_that_a_student_wrote_runs_on_the_page(page_of, attack):
    html = page_of(
        {"why": attack, "add": f"'''{attack}'''"}, reason=attack, notes=(attack,), repairs=(attack,)
    )
    assert handlers_and_links(html) == ["style"]


def test_text_that_is_no_unicode_survives(page_of):
    assert "a ? b" in page_of(notes=("a \ud800 b",))


def test_huge_outputs_are_cut(page_of):
    long = [nbformat.v4.new_output("stream", text="x" * 3_000_000)]
    many = [nbformat.v4.new_output("stream", text=f"line {i}") for i in range(5_000)]
    html = page_of(outputs=long + many)
    assert len(html) < 60_000
    assert "xxx … (cut)" in html
    assert "… and 4981 more outputs (cut)" in html


def test_a_manual_score_of_a_test_counts_in_its_exercise(course, assignment, page):
    page({"add": "def add(a, b):\n    return 3"})
    with scores.open_gradebook(course) as book:
        book.find_grade("add-test", "adding", assignment.name, "student").manual_score = 45
        book.db.commit()
    (path,) = write_feedback(course, assignment)
    text = text_of(path.read_text())
    assert "add code ✎ graded by a person , 45 of 60 points" in text
    assert "45 of 60 points graded so far; 40 wait for a person" in text


def test_a_page_before_the_gradebook_knows_the_grade_says_what_to_run(course, assignment, hand_in):
    hand_in("student")
    examine(course, assignment, "student")
    with pytest.raises(NotGraded, match="01_adding of student is not in the gradebook yet: run `make grade`"):
        write_feedback(course, assignment)


@pytest.fixture
def rewritten(course, assignment, page, monkeypatch):
    """A function that says whether the page of a student is written anew."""
    page()
    written = []
    works = feedback.write_page
    monkeypatch.setattr(feedback, "write_page", lambda *told: written.append(told) or works(*told))

    def rewritten():
        written.clear()
        now = read_course(course.root)
        assert len(write_feedback(now, now.assignment(assignment.name))) == 1
        return bool(written)

    return rewritten


def test_a_page_whose_parts_are_as_they_were_stays(rewritten):
    assert not rewritten()


def more_points(course, assignment):
    with scores.open_gradebook(course) as book:
        book.find_grade("why", "adding", assignment.name, "student").manual_score = 30
        book.db.commit()


def another_hand_in_time(course, assignment):
    (course.path("submitted", assignment, "student") / "timestamp.txt").write_text("2027-02-12 10:00:00 UTC")


def another_title(course, assignment):
    path = course.root / "course.toml"
    path.write_text(path.read_text().replace("Adding and doubling", "Sums"))


def another_note(course, assignment):
    folder = course.path("autograded", assignment, "student")
    write_verdict(replace(read_verdict(folder), notes=("It was slow.",)), folder)


def another_output(course, assignment):
    path = course.path("autograded", assignment, "student") / "adding.ipynb"
    path.write_text(path.read_text().replace("a + b", "b + a"))


def no_page(course, assignment):
    (course.path("feedback", assignment, "student") / "adding.html").unlink()


CHANGES = [more_points, another_hand_in_time, another_title, another_note, another_output, no_page]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_page_is_written_anew_where_what_it_shows_may_have_changed(course, assignment, rewritten, change):
    change(course, assignment)
    assert rewritten()
    assert not rewritten()


def test_a_name_is_shown_and_cannot_become_markup(course, assignment, hand_in):
    name = "<script>alert(1)<"
    hand_in(name)
    scores.record(course, assignment, examine(course, assignment, name)[0])
    (path,) = write_feedback(course, assignment)
    html = path.read_text()
    assert "Feedback for &lt;script&gt;alert(1)&lt; on 01_<wbr>adding" in html
    assert handlers_and_links(html) == ["style"]


def test_a_student_who_shows_the_arguments_of_a_test_sees_none_on_the_page(page):
    shown = "print('seen', a, b)"
    fails = "raise ValueError(f'seen {a} {b}')"
    spy = f"def add(a, b):\n    {shown}\n    if a == 1:\n        return 3\n    {fails}"
    html = page({"add": spy})
    assert "31.5" not in html
    assert "seen 31" not in html
    assert "Your code raised ValueError" in html


def test_an_answer_that_was_marked_by_items_says_what_earned_points_and_what_was_missing(
    page, course, assignment
):
    page()
    with connect(course) as connection:
        place = read_exercises(connection, course, assignment)["why"].place
        connection.rollback()
        items = begin_items(
            connection,
            place,
            [
                SchemeItem("says that $a + b = b + a$ <script>", 25),
                SchemeItem("says why", 15),
                SchemeItem("**lies**", -5),
            ],
        )
        versions = {each.grade: each.version for each in read_states(connection, place).values()}
        connection.rollback()
        decide(connection, place, Decision(versions, frozenset([items[0].id])), "eve#1")
    (path,) = write_feedback(course, assignment)
    html = path.read_text()
    text = text_of(html)
    assert "✎ graded by a person , 25 of 40 points" in text
    assert (
        "What earned points, and what was missing ✓ says that a + b = b + a 25 of 25 ✗ says why 0 of 15"
        in text
    )
    assert "lies" not in text
    assert "<script>" not in html
    with open_gradebook(course) as book:
        book.find_grade("why", "adding", assignment.name, "student").manual_score = 3
        book.db.commit()
    write_feedback(course, assignment)
    assert "says why" not in path.read_text(), "nobody knows which items another score stands for"
