"""What the desk's page can ask for, each a call that reads or writes the gradebook and returns plain data.

    page ─handlers─▶ service ─▶ answers, gradebook ─▶ groups, items, HTML ─▶ page

Names of students go to a page only where it asks for them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Engine

from examiner.course.facts import Assignment, Course
from examiner.desk.answers import ClassAnswers, Written
from examiner.desk.deciding import decide, undo
from examiner.desk.exercises import Exercise, read_exercises
from examiner.desk.groups import Group, arrange, numbers
from examiner.desk.guessing import FEWEST, Guess
from examiner.desk.leases import held_by_others, let_go, take
from examiner.desk.library import Library, guide
from examiner.desk.placing import put_together, read_placed
from examiner.desk.reading import read_place_items, read_states
from examiner.desk.revising import Revision, begin_items, preview, revise
from examiner.desk.second import agreement, mark_again, read_second, sample
from examiner.desk.states import AnswerState, Decision, Stand
from examiner.errors import DeskRefusal, NotReleased
from examiner.gradebook.database import connect, in_one_line
from examiner.gradebook.items import Item
from examiner.results.markup import safe_html
from examiner.wording import harmless

_NOTHING = Written("")


class Desk:
    """The desk of a course, open until `close`; safe to use from several threads."""

    def __init__(self, course: Course):
        self.course = course
        self._library = Library()
        self._answers = {each.name: ClassAnswers(course, each) for each in course.assignments}
        self._open = ExitStack()
        self._engine: Engine = self._open.enter_context(connect(course)).engine

    def close(self) -> None:
        """Let go of the gradebook."""
        self._open.close()

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        # On SQLite a commit of such a connection waits for the disk: what is told is kept.
        with in_one_line(self._engine.url), self._engine.connect() as connection:
            yield connection

    def overview(self, name: str = "") -> list[dict[str, Any]]:
        """Return the assignments, or the one of this name, and how many answers to each question wait.

        One that is not released yet has no questions.
        """
        found = []
        with self._connected() as connection:
            for assignment in self.course.chosen(name):
                try:
                    questions = list(self._exercises(connection, assignment).values())
                except NotReleased:
                    questions = []
                told = [self._counted(connection, exercise) for exercise in questions]
                found.append({"name": assignment.name, "title": assignment.title, "questions": told})
        return found

    def _exercises(self, connection: Connection, assignment: Assignment) -> dict[str, Exercise]:
        try:
            return read_exercises(connection, self.course, assignment)
        finally:
            connection.rollback()

    def _counted(self, connection: Connection, exercise: Exercise) -> dict[str, Any]:
        stands = Counter(state.stand for state in read_states(connection, exercise.place).values())
        connection.rollback()
        return {
            "name": exercise.name,
            "title": exercise.title,
            "points": exercise.place.worth.total,
            "n_answers": stands.total() - stands[Stand.NONE],
            "n_waiting": stands[Stand.OPEN] + stands[Stand.CHANGED],
        }

    @contextmanager
    def _at(self, assignment: str, name: str) -> Iterator[tuple[Connection, Exercise]]:
        with self._connected() as connection:
            found = self._exercises(connection, self.course.assignment(assignment)).get(name)
            if found is None:
                raise DeskRefusal(f"{assignment} has no written exercise {name!r}: go back to the list")
            yield connection, found

    def guide(self, assignment: str, name: str) -> dict[str, Any]:
        """Return what a question asks and is marked by."""
        with self._at(assignment, name) as (_, exercise):
            return {"title": exercise.title, "worth": exercise.place.worth.total, **guide(exercise)}

    def question(self, assignment: str, name: str, distance: float, holder: str) -> dict[str, Any]:
        """Return items and groups of a question, as they are now."""
        with self._at(assignment, name) as (connection, exercise):
            begin_items(connection, exercise.place, exercise.scheme)
            states = read_states(connection, exercise.place)
            placed, others = read_placed(connection, exercise.place), held_by_others(connection, holder)
            items = read_place_items(connection, exercise.place)
            connection.rollback()
        written = self._written(assignment, name, states)
        likely = self._library.groups(f"{assignment}/{name}", exercise, written, distance)
        groups = arrange(likely, placed, states.values(), _seed(assignment, name))
        stands = Counter(state.stand for state in states.values())
        return {
            "items": [_item(item) for item in items if not item.retired],
            "worth": exercise.place.worth.total,
            "groups": [self._told(group, exercise, written, others) for group in groups],
            "n_answers": len(states) - stands[Stand.NONE],
            "n_waiting": stands[Stand.OPEN] + stands[Stand.CHANGED],
            "n_second": len(sample(states.values())),
        }

    def _written(self, assignment: str, name: str, states: Mapping[str, AnswerState]) -> dict[str, Written]:
        """Return what is written in each answer, by the ids of grades."""
        read = self._answers[self.course.assignment(assignment).name].read()
        return {grade: read.get(state.student, {}).get(name, _NOTHING) for grade, state in states.items()}

    def _told(
        self, group: Group, exercise: Exercise, written: Mapping[str, Written], others: Mapping[str, str]
    ) -> dict[str, Any]:
        first = group.members[0]
        holder = next((others[each.grade] for each in group.members if each.grade in others), "")
        comments = {each.comment or "" for each in group.members}
        shown = group.stand is not Stand.OPEN
        labels = Counter(self._library.label(exercise, written[each.grade]) for each in group.members)
        return {
            "id": group.id,
            "stand": group.stand,
            "kind": group.kind,
            "waits": group.waits,
            "versions": {each.grade: each.version for each in group.members},
            "items": sorted(first.items) if shown and first.stand is not Stand.ELSEWHERE else [],
            "suggested": None if group.suggested is None else sorted(group.suggested),
            "points": first.points if shown else None,
            "comment": comments.pop() if len(comments) == 1 else None,
            "labels": {said: count for said, count in labels.items() if said},
            "held_by": holder.partition("#")[0],
            "excerpt": self._library.excerpt(exercise, written[first.grade]),
        }

    def take(
        self,
        assignment: str,
        name: str,
        grades: Collection[str],
        holder: str,
        *,
        names: bool = False,
        guesses: bool = False,
    ) -> dict[str, Any]:
        """Hold a group for this page, and return its answers, equal ones once, and a guess of their items."""
        with self._at(assignment, name) as (connection, exercise):
            take(connection, exercise.place, grades, holder)
            states = read_states(connection, exercise.place)
            items = read_place_items(connection, exercise.place)
        told = self._shown(assignment, exercise, states, grades, names=names)
        guess = self._guessed(assignment, exercise, states, grades, items) if guesses else None
        return {"answers": told, "guess": guess and asdict(guess)}

    def _guessed(
        self,
        assignment: str,
        exercise: Exercise,
        states: Mapping[str, AnswerState],
        grades: Collection[str],
        items: Collection[Item],
    ) -> Guess | None:
        """Return what people's marks so far say of answers that nobody has marked."""
        asked = [grade for grade in grades if grade in states]
        marked = {grade: state.items for grade, state in states.items() if state.is_read_and_marked}
        if len(marked) < FEWEST or not all(states[grade].stand is Stand.OPEN for grade in asked):
            return None
        written = self._written(assignment, exercise.name, states)
        guesser = self._library.guesser(f"{assignment}/{exercise.name}", exercise, written)
        return guesser.guess(marked, asked, [item.id for item in items if not item.retired])

    def read(self, assignment: str, name: str, grades: Collection[str], *, names: bool) -> dict[str, Any]:
        """Return answers of a question, without what they got and without a guess."""
        with self._at(assignment, name) as (connection, exercise):
            states = read_states(connection, exercise.place)
        return {"answers": self._shown(assignment, exercise, states, grades, names=names)}

    def _shown(
        self,
        assignment: str,
        exercise: Exercise,
        states: Mapping[str, AnswerState],
        grades: Collection[str],
        *,
        names: bool,
    ) -> list[dict[str, Any]]:
        """Return answers as safe HTML, those of one text once, in their order of chance."""
        called = self._called(assignment, exercise.name, states, names=names)
        those = {grade: states[grade] for grade in grades if grade in states}
        written = self._written(assignment, exercise.name, those)
        texts: dict[tuple[str, str], list[str]] = {}
        for grade in sorted(written, key=lambda each: called[each][0]):
            texts.setdefault((written[grade].source, written[grade].pictures), []).append(grade)
        return [
            {
                "grades": equal,
                "called": [called[each][1] for each in equal],
                "html": self._library.html(exercise, written[equal[0]]),
                "label": self._library.label(exercise, written[equal[0]]),
            }
            for equal in texts.values()
        ]

    def _called(
        self, assignment: str, name: str, states: Mapping[str, AnswerState], *, names: bool
    ) -> dict[str, tuple[int, str]]:
        """Return by which number, and by which words, a page calls each answer."""
        order = numbers(states.values(), _seed(assignment, name))
        return {
            grade: (number, harmless(states[grade].student) if names else f"Answer {number}")
            for grade, number in order.items()
        }

    def let_go(self, holder: str) -> dict[str, Any]:
        """Let go of what a page holds."""
        with self._connected() as connection:
            let_go(connection, holder)
        return {}

    def decide(self, assignment: str, name: str, decision: Decision, holder: str) -> dict[str, Any]:
        """Write a decision, and return how many answers it was for; it is durable then."""
        with self._at(assignment, name) as (connection, exercise):
            after = decide(connection, exercise.place, decision, holder)
        points = next((state.points for state in after.values()), None)
        return {"n_written": len(after), "n_kept": len(decision.versions) - len(after), "points": points}

    def undo(self, assignment: str, name: str, holder: str) -> dict[str, Any]:
        """Take back this person's last decision on a question."""
        with self._at(assignment, name) as (connection, exercise):
            return {"grades": sorted(undo(connection, exercise.place, holder))}

    def put_together(self, assignment: str, name: str, grades: Collection[str]) -> dict[str, Any]:
        """Make a group of these answers alone."""
        with self._at(assignment, name) as (connection, exercise):
            put_together(connection, exercise.place, grades)
        return {"grades": sorted(grades)}

    def preview(self, assignment: str, name: str, revision: Revision, *, names: bool) -> dict[str, Any]:
        """Return whose points a change of an item changes; nothing is written."""
        with self._at(assignment, name) as (connection, exercise):
            shown = preview(connection, exercise.place, revision)
            states = read_states(connection, exercise.place)
        called = self._called(assignment, name, states, names=names)
        by_student = {state.student: called[grade][1] for grade, state in states.items()}
        rows = [[by_student[each.student], each.before, each.after] for each in shown.changed]
        kept = [by_student[student] for student in shown.kept]
        return {"changed": rows, "kept": kept, "token": shown.token}

    def revise(self, assignment: str, name: str, revision: Revision, token: str) -> dict[str, Any]:
        """Change an item, with everybody who was marked by it, as the preview of this token said."""
        with self._at(assignment, name) as (connection, exercise):
            done = revise(connection, exercise.place, revision, token)
        return {"n_changed": len(done.changed)}

    def second(self, assignment: str, name: str) -> dict[str, Any]:
        """Return the next answer of the sample that is marked twice, blind, and how far the rounds agree."""
        with self._at(assignment, name) as (connection, exercise):
            states = read_states(connection, exercise.place)
            again = read_second(connection, exercise.place)
            items = [item for item in read_place_items(connection, exercise.place) if not item.retired]
        drawn = sample(states.values())
        left = [grade for grade in drawn if again.get(grade, ("",))[0] != states[grade].digest]
        shown = [{**_item(each.item), "told": each.told} for each in agreement(items, states, again)]
        return {"n_sample": len(drawn), "left": left, "agreement": shown}

    def mark_again(
        self, assignment: str, name: str, grade: str, items: Collection[str], holder: str
    ) -> dict[str, Any]:
        """Keep a second look at an answer."""
        with self._at(assignment, name) as (connection, exercise):
            mark_again(connection, exercise.place, grade, items, holder)
        return {}

    def get_ready(self, assignment: str) -> None:
        """Read and compare the answers to an assignment before somebody opens a page."""
        from examiner.desk.grouping import TIGHT

        for name in self._names(assignment):
            self.question(assignment, name, TIGHT, "#")

    def _names(self, assignment: str) -> list[str]:
        with self._connected() as connection:
            return list(self._exercises(connection, self.course.assignment(assignment)))


def _item(item: Item) -> dict[str, Any]:
    html = safe_html(item.text, headings=False)
    return {"id": item.id, "text": item.text, "html": html, "points": item.points}


def _seed(assignment: str, name: str) -> str:
    return f"{assignment}/{name}"
