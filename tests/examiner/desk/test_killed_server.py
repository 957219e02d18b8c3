"""Two people mark one question at the real server while it is killed, and go on when it is started again."""

import json
import random
import time
import urllib.error
import urllib.request
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPException
from threading import Event

import pytest
from sqlalchemy import select, update

from examiner.desk.exercises import read_exercises
from examiner.desk.leases import SECONDS
from examiner.desk.reading import read_place_items, read_states
from examiner.desk.serve import EXTENSION
from examiner.gradebook.database import connect
from examiner.gradebook.desk_tables import DECISIONS, LEASES
from tests.browser.servers import started_server
from tests.examiner.desk.conftest import hand_in

TOKEN = "a-token-of-the-tests"
N_GROUPS, N_EQUAL, N_BEFORE = 16, 2, 5
PAGES = ("eves", "fays")
HELD = "has this group on another page: take another one, or wait a little."
CHANGED = (
    f"{N_EQUAL} answers were changed meanwhile by somebody else, here or in Formgrader. Nothing was written. "
    "Look at how they stand now, and decide again."
)


@dataclass
class Marking:
    """What was told to those who mark, on all pages together."""

    saved: list = field(default_factory=list)
    refused: list = field(default_factory=list)
    enough: Event = field(default_factory=Event)


@pytest.fixture
def group_of(course, assignment):
    """A class in which each answer was written by several: the number of its text by student."""
    found = {f"s{number:03}": number % N_GROUPS for number in range(N_GROUPS * N_EQUAL)}
    texts = {
        student: f"Reason {which} is that it was said in the lecture." for student, which in found.items()
    }
    hand_in(course, assignment, texts)
    return found


def call(address, name, page, **fields):
    """Return the status and what is told; `OSError` or `HTTPException` where no server answers."""
    body = {"assignment": "01_adding", "question": "why", "page": page, **fields}
    request = urllib.request.Request(f"{address}desk/api/{name}", json.dumps(body).encode())
    request.add_header("Authorization", f"token {TOKEN}")
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            return response.status, json.load(response)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)


def mark(address, page, marking, rng):
    """Decide on groups that wait until none does or the server is gone: often the one that others take."""
    while True:
        try:
            _, told = call(address, "question", page, distance=0.0)
            waiting = [group for group in told["groups"] if group["waits"]]
            if not waiting:
                return
            decide(address, page, marking, rng, rng.choice(waiting[:2]), told["items"])
        except (OSError, HTTPException):
            return


def decide(address, page, marking, rng, group, items):
    versions = group["versions"]
    chosen = [item["id"] for item in items if rng.random() < 0.5]
    comment = f"{page} {rng.random()}"
    if rng.random() < 0.5:  # who has not taken a group may decide all the same: the versions are compared
        status, told = call(address, "take", page, grades=list(versions))
        if status != 200:
            return marking.refused.append(told["message"])
    status, told = call(address, "decide", page, versions=versions, items=chosen, comment=comment)
    if status != 200:
        return marking.refused.append(told["message"])
    assert (told["n_written"], told["n_kept"]) == (len(versions), 0)
    marking.saved.append((sorted(versions), frozenset(chosen), comment))
    if len(marking.saved) >= N_BEFORE:
        marking.enough.set()
    return None


def in_the_gradebook(course, assignment):
    """Return how the answers stand, and which were in each decision; each must be written as a whole."""
    with connect(course) as connection:
        place = read_exercises(connection, course, assignment)["why"].place
        states = read_states(connection, place)
        points = {item.id: item.points for item in read_place_items(connection, place)}
        decisions = [sorted(json.loads(told)) for told in connection.scalars(select(DECISIONS.c.states))]
    for state in states.values():
        assert (
            (state.marked is None) == (state.manual_score is None) == (state.comment is None) == state.needs
        )
        if state.marked:
            assert state.is_marked_here
            assert state.manual_score == sum(points[item] for item in state.items)
        else:
            assert not state.items
    return states, decisions


def check(marking, states, decisions, group_of):
    """What was told to be saved stands, each group is decided as a whole, and nothing was decided twice."""
    for grades, items, comment in marking.saved:
        assert {(states[grade].items, states[grade].comment) for grade in grades} == {(items, comment)}
    by_group = {}
    for state in states.values():
        by_group.setdefault(group_of[state.student], set()).add((state.items, state.comment))
    assert {len(stands) for stands in by_group.values()} == {1}
    times = Counter(grade for grades in decisions for grade in grades)
    assert set(times.values()) == {1}, "no answer was decided twice"
    assert times.keys() == {grade for grade, state in states.items() if state.marked}


def test_a_server_killed_under_two_graders_keeps_what_it_saved_and_writes_nothing_by_halves(
    course, assignment, group_of, tmp_path, monkeypatch
):
    monkeypatch.setenv("JUPYTER_NO_CONFIG", "1")  # JupyterLab and nbgrader are not needed, and take seconds
    marking = Marking()
    with (
        started_server(course.root, tmp_path, EXTENSION, token=TOKEN) as (server, address),
        ThreadPoolExecutor(len(PAGES)) as pool,
    ):
        first = _one_group(address)
        call(address, "take", "dead", grades=list(first))
        jobs = [pool.submit(mark, address, page, marking, random.Random(page)) for page in PAGES]
        assert marking.enough.wait(60)
        server.kill()
        [job.result(60) for job in jobs]
    killed_at = time.time()
    n_before = len(marking.saved)
    states, decisions = in_the_gradebook(course, assignment)
    check(marking, states, decisions, group_of)
    assert n_before <= len(decisions) <= n_before + len(PAGES), "what was on its way may have been written"
    assert len(decisions) < N_GROUPS, "it was killed in the middle"

    with started_server(course.root, tmp_path, EXTENSION, token=TOKEN) as (_, address):
        held, until = leases(course)
        assert until <= killed_at + SECONDS
        assert call(address, "take", "next", grades=held)[1]["message"].endswith(HELD)
        assert call(address, "take", "dead", grades=held)[0] == 200, "the page that is still open goes on"
        let_time_pass(course)
        assert call(address, "take", "next", grades=held)[0] == 200
        call(address, "let-go", "next")
        with ThreadPoolExecutor(len(PAGES)) as pool:
            jobs = [pool.submit(mark, address, page, marking, random.Random(f"{page}2")) for page in PAGES]
            [job.result(60) for job in jobs]
        late = call(address, "decide", "next", versions=first, items=[])
        assert (late[0], late[1]["message"]) == (409, CHANGED)
    states, decisions = in_the_gradebook(course, assignment)
    check(marking, states, decisions, group_of)
    assert len(decisions) == N_GROUPS
    assert {told[-len(HELD) :] for told in marking.refused if told != CHANGED} <= {HELD}


def _one_group(address):
    """Return the versions of the group that is shown last, to which nobody comes before the end."""
    _, told = call(address, "question", "dead", distance=0.0)
    return told["groups"][-1]["versions"]


def leases(course):
    """Return the answers that the dead server's page held, and until when any lease holds."""
    with connect(course) as connection:
        rows = connection.execute(select(LEASES)).all()
    return [row.grade for row in rows if row.holder.endswith("#dead")], max(row.until for row in rows)


def let_time_pass(course):
    with connect(course) as connection, connection.begin():
        connection.execute(update(LEASES).values(until=LEASES.c.until - SECONDS))
