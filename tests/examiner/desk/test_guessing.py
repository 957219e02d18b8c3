"""Items are guessed from what people have marked, where that tells them, for a page to begin with."""

import pytest
from sqlalchemy import select

from examiner.desk.grouping import Answer, Likeness
from examiner.desk.guessing import FEWEST, Guesser
from examiner.desk.reading import read_states
from examiner.desk.service import Desk
from examiner.desk.states import Decision
from examiner.gradebook.database import connect
from examiner.gradebook.desk_tables import CHOSEN, DECISIONS, MARKS
from tests.examiner.desk.conftest import hand_in

OPENINGS = """My first thought was this. From the lecture. As a sketch shows. Let me begin slowly.
In short it is this. What follows is brief. Here is one way. By the usual reading. To put it plainly.
At last I saw it. After some thought. With pen and paper. On a second look. In my own words.
For what it is worth. This took an hour.""".replace("\n", " ").split(". ")
SAID = {"a": "Addition commutes, whichever of the two terms stands in front.", "b": "$a + b = b + a$"}
ITEMS = ("a", "b")


def earned(number):
    """Return which items an answer of the class earns: each of the four possible sets as often."""
    return frozenset(item for place, item in enumerate(ITEMS) if number >> place & 1)


def text(number):
    """Return an answer that says what it earns, in words of its own."""
    said = [SAID[item] for item in sorted(earned(number))]
    return "\n\n".join([OPENINGS[number], *said])


TEXTS = {f"s{number:02}": text(number) for number in range(len(OPENINGS))}
MARKED = {f"s{number:02}": earned(number) for number in range(len(OPENINGS) - 4)}
OPEN = sorted(TEXTS.keys() - MARKED.keys())


def guesser(more=()):
    return Guesser(Likeness([*(Answer(*each) for each in TEXTS.items()), *more]))


@pytest.mark.parametrize("student", OPEN)
def test_what_marked_answers_tell_is_guessed(student):
    guess = guesser().guess(MARKED, [student], ITEMS)
    assert {item for item, yes in guess.items.items() if yes} == earned(int(student[1:]))
    assert set(guess.items) == set(ITEMS)
    assert (guess.n_marked, guess.n_right) == (FEWEST, FEWEST)


def test_answers_that_differ_are_guessed_only_where_they_are_guessed_alike():
    guess = guesser().guess(MARKED, ["s13", "s15"], ITEMS)
    assert guess.items == {"a": True}, "one of them lacks the formula"


def test_what_they_do_not_tell_is_not_guessed():
    by_chance = {student: frozenset("b" * (number % 3 == 0)) for number, student in enumerate(MARKED)}
    assert guesser().guess(by_chance, OPEN[:1], ("b",)) is None
    everybody = dict.fromkeys(MARKED, frozenset("a"))
    assert guesser().guess(everybody, OPEN[:1], ("a",)) is None
    few = dict(list(MARKED.items())[: FEWEST - 1])
    assert guesser().guess(few, OPEN[:1], ITEMS) is None


def test_copies_of_one_answer_are_no_more_to_learn_from_than_one():
    copies = [Answer(f"copy{number}", text(1)) for number in range(FEWEST)]
    marked = {each.id: frozenset("a") for each in copies} | dict(list(MARKED.items())[:4])
    assert guesser(copies).guess(marked, OPEN[:1], ITEMS) is None


def test_stubs_and_pictures_are_never_guessed():
    more = [Answer("stub", "idk"), Answer("picture", "See the picture.", "hash")]
    assert guesser(more).guess(MARKED, ["stub"], ITEMS) is None
    assert guesser(more).guess(MARKED, ["picture"], ITEMS) is None


def test_a_guess_comes_with_a_group_alone_and_writes_nothing(course, assignment):
    hand_in(course, assignment, TEXTS)
    desk = Desk(course)
    where = (assignment.name, "why")
    told = desk.question(*where, 0.0, "eve#1")
    with connect(course) as connection:
        place = desk._exercises(connection, assignment)["why"].place
        ids = {state.student: grade for grade, state in read_states(connection, place).items()}
    item = told["items"][0]["id"]
    for student, items in MARKED.items():
        versions = next(each["versions"] for each in told["groups"] if ids[student] in each["versions"])
        chosen = frozenset([item] * ("a" in items))
        desk.decide(*where, Decision(versions, chosen), "eve#1")
    before = written(course)
    (asked,) = (ids[student] for student in OPEN[1:2])
    taken = desk.take(*where, [asked], "eve#1", guesses=True)
    assert taken["guess"] == {"items": {item: True}, "n_marked": FEWEST, "n_right": FEWEST}
    assert desk.take(*where, [asked], "eve#1")["guess"] is None
    assert desk.take(*where, [ids["s01"]], "eve#1", guesses=True)["guess"] is None, "it is marked"
    assert desk.read(*where, [asked], names=False).keys() == {"answers"}, "nor in the blind second round"
    assert written(course) == before
    desk.close()


def written(course):
    with connect(course) as connection:
        return [connection.execute(select(table)).all() for table in (MARKS, CHOSEN, DECISIONS)]
