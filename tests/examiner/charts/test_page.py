"""The page of a class: what it says in sentences, few students, hostile texts, one file without a network."""

import re
import time
from xml.etree import ElementTree

import pytest

from examiner import class_page
from examiner.charts import page as page_module
from examiner.charts.page import chapter, page_of, write_page
from examiner.charts.record import ItemCount
from examiner.charts.svg import _VARIABLES
from examiner.publishing.student_repository import student_repository
from examiner.verdict import TestState
from tests.examiner.attacks import handlers_and_links
from tests.examiner.charts.conftest import HOSTILE, failed, record_of, score_of
from tests.examiner.conftest import ROOT
from tests.examiner.verdicts import unreadable, verdict_on

SVG = re.compile(r"<svg .*?</svg>", re.DOTALL)
IDS = re.compile(r'\bid="([^"]+)"')


def page(course, record):
    return page_of(course, [chapter(record)])


def section(record, title):
    return next(each for each in chapter(record).sections if each.title == title)


def told(record, title):
    return " ".join(section(record, title).sentences)


def test_a_page_is_one_file_that_asks_for_nothing_and_runs_nothing(course, mixed_class):
    html = page(course, mixed_class)
    assert not re.search(r"<script|<link|<img|\bon\w+=|https?://(?!www\.w3\.org/)|@import|url\((?!#)", html)
    assert html.count("<svg ") == 7


def test_hostile_names_messages_and_comments_are_text(course, mixed_class):
    html = page(course, mixed_class)
    assert "<script" not in html
    assert handlers_and_links(SVG.sub("", html)) == ["style"]
    assert html.count("&lt;script&gt;") >= 6


def test_each_drawing_says_in_words_what_it_shows_and_has_a_table_behind_it(mixed_class):
    for each in chapter(mixed_class).sections:
        for picture in each.pictures:
            root = ElementTree.fromstring(str(picture.svg))
            assert root.get("role") == "img"
            assert len(root.get("aria-label")) > 20
        assert bool(each.pictures) <= bool(each.tables)


def test_no_two_things_of_a_page_have_the_same_id_and_each_reference_leads_somewhere(course, mixed_class):
    html = page(course, mixed_class)
    ids = IDS.findall(html)
    assert len(ids) == len(set(ids))
    assert {*re.findall(r'url\(#([^)]+)\)|href="#([^"]+)"', html)} - {("", "")}
    referred = {one or other for one, other in re.findall(r'url\(#([^)]+)\)|href="#([^"]+)"', html)}
    assert referred <= set(ids)


def test_colours_of_drawings_are_those_of_the_page(course, mixed_class):
    html = page(course, mixed_class)
    style = html[: html.index("</style>")]
    assert not [colour for colour in _VARIABLES if colour in html]
    assert all(f"{name}:" in style for name in _VARIABLES.values())
    drawn = "".join(SVG.findall(html))
    assert set(re.findall(r"(?:fill|stroke): (?!none|var|url)([^;\"]+)", drawn)) == set()


@pytest.mark.parametrize("number", [0, 1, 2, 4], ids=["nobody", "one student", "two", "four"])
def test_few_students_are_told_of_in_sentences_without_charts_that_compare_them(course, number):
    record = record_of([verdict_on(f"s{n}", add=n % 2 == 0) for n in range(number)])
    assert page(course, record)
    assert not section(record, "Scores").pictures
    said = told(record, "Scores")
    of = "of 100 points, with extra credit and after the late penalty."
    wanted = {
        0: "There is no score yet.",
        1: f"The one student has 95 % {of}",
        2: f"The 2 students have between 35 % and 95 % {of}",
        4: f"The 4 students have between 35 % and 95 % {of}",
    }
    assert said == wanted[number]
    exercises = told(record, "Exercises: how hard, and what they tell apart")
    assert ("says nothing, so none is shown" in exercises) == (number > 0)


def test_a_class_with_one_score_is_a_sentence(course):
    record = record_of([verdict_on(f"s{n}") for n in range(30)])
    assert told(record, "Scores").startswith("All 30 students have the same score: 95 % of 100 points")
    assert not section(record, "Scores").pictures
    assert len(section(record, "Exercises: how hard, and what they tell apart").pictures) == 1
    assert page(course, record)


def test_work_that_needs_a_person_first_counts_in_no_number(course):
    record = record_of([*(verdict_on(f"s{n}", add=n > 2) for n in range(8)), unreadable("zoe")])
    assert "1 submission needs a person first, and is in no number below." in told(record, "Who handed in")
    assert "Half of the 8 students" in told(record, "Scores")
    (listing,) = section(record, "Who handed in").listings
    assert listing.lines == ("zoe: No notebook.",)


def test_scores_that_can_rise_are_told_apart_from_final_ones():
    verdicts = [verdict_on(f"s{n}", add=n % 2 == 0) for n in range(8)]
    scores = {v.student: score_of(v, why=None if n < 3 else 40) for n, v in enumerate(verdicts)}
    record = record_of(verdicts, scores=scores)
    assert "3 students have written answers that wait for a person." in told(record, "Scores")
    (table,) = section(record, "Scores").tables
    assert sum(int(row[1]) for row in table.rows) == 5
    assert sum(int(row[2]) for row in table.rows) == 3
    assert told(record, "Marking progress").startswith("5 of 8 written answers are marked (62 %).")


def test_an_answer_that_only_hidden_checks_refused_is_named_and_a_blank_one_is_no_hint(mixed_class):
    said = told(mixed_class, "How answers ended")
    assert "Students who read “all visible checks pass” and still got no points: `add` (3)." in said
    hints = section(mixed_class, "Hints by frequency")
    assert "Not filled in, and so not among the hints: `add` (1)." in hints.sentences[0]
    assert hints.tables[0].rows[0] == ("add(1, 2) is not right. Use +.", "add", "4", "13 %")


def test_exercises_say_their_share_and_how_they_tell_apart():
    verdicts = [verdict_on(f"s{n}", add=n >= 5, double=n >= 6) for n in range(10)]
    (table,) = section(record_of(verdicts), "Exercises: how hard, and what they tell apart").tables
    rows = {row[0]: row[1:] for row in table.rows}
    assert rows["double"][:4] == ("5", "10", "40 %", "0.82")
    assert rows["why (written)"] == ("40", "10", "75 %", "–", "–")


def test_items_that_written_answers_missed_are_named(course):
    items = (ItemCount("why", 1, "Says <b>why</b>", 10, 2, 8), ItemCount("why", 2, "Says how", 30, 6, 8))
    record = record_of([verdict_on(f"s{n}") for n in range(8)], items=items)
    found = section(record, "What written answers missed")
    assert found.headline == "The item that most missed, 6 of 8 answers (75 %), is of `why`: Says how"
    assert found.tables[1].rows[1] == ("why, item 1", "Says <b>why</b>", "10", "2", "8", "25 %")
    assert "Says &lt;b&gt;why" in page(course, record)
    assert "`make mark`" in told(record_of([verdict_on("ada")]), "What written answers missed")


def test_time_and_score_are_compared_in_a_sentence(mixed_class):
    said = told(mixed_class, "Hand-in time and score")
    assert re.search(r"\(rank correlation -?0\.\d\d, between -?0\.\d\d and -?0\.\d\d for 95 of 100", said)
    (table,) = section(mixed_class, "Hand-in time and score").tables
    assert sum(int(row[1]) for row in table.rows) == 30


def test_names_stand_only_where_somebody_has_to_be_asked(course, mixed_class):
    html = page(course, mixed_class)
    assert [name for name in ("s3", "f0", "h1") if f">{name}<" in html or f"{name}:" in html] == []
    assert "<li>zoe</li>" in html


def test_a_class_of_two_thousand_is_drawn_in_seconds_and_a_small_file(course):
    verdicts = [
        failed(f"s{n}", f"add(1, 2) is not right: it is {n}.", state=TestState.FAILED)
        if n % 3
        else verdict_on(f"s{n}", double=n % 2 == 0)
        for n in range(2_000)
    ]
    before = time.process_time()
    html = page(course, record_of(verdicts))
    assert time.process_time() - before < 8
    assert len(html) < 400_000


def test_students_never_get_the_page(publishable_course):
    for folder in ("report", "harvest"):
        (publishable_course.root / folder).mkdir()
        (publishable_course.root / folder / "index.html").write_text("ada handed in nothing")
    tree = student_repository(publishable_course)
    assert [path for path, file in tree.items() if b"handed in nothing" in file.content] == []
    ignored = (ROOT / ".gitignore").read_text().splitlines()
    assert {"/report/", "/harvest/"} <= set(ignored)


def test_an_assignment_that_cannot_be_drawn_is_named_and_costs_the_others_nothing(
    course, assignment, hand_in, monkeypatch, capsys
):
    hand_in("ada")
    monkeypatch.setattr(page_module, "read_record", lambda *_: 1 / 0)
    assert class_page.tell_of_page(course, None) == 1
    said = capsys.readouterr().out
    assert "01_adding is not in it: the examiner itself failed (ZeroDivisionError: division by zero" in said
    assert (course.root / "report" / "index.html").is_file()


def test_the_page_is_written_whole_and_says_that_students_never_get_it(course, assignment, hand_in):
    hand_in("ada")
    path = write_page(course, [assignment])
    assert path == course.root / "report" / "index.html"
    assert [other.name for other in path.parent.iterdir()] == ["index.html"]
    html = path.read_text(encoding="utf-8")
    assert "For instructors only: do not publish it." in html
    assert "Nothing is graded yet: run <code>make grade</code>." in html
    assert HOSTILE not in html
