"""Marks a synthetic class by keyboard at the desk, and in Formgrader, and counts what each of them asks for.

`python -m benchmarks.marking [STUDENTS] [--formgrader STUDENTS]`. The same answers to three questions are
marked in one run in Chromium. In Formgrader a person goes from field to field by Tab, or through the class
with one question by Ctrl and the full stop; only the first `--formgrader` students are opened there, as each
costs the same. Ctrl and another key are two keys: Ctrl cannot stay down, as the next key is a digit. Then the
page of a large class is opened: `python -m benchmarks.marking 0` does that alone.
"""

import argparse
import os
import statistics
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import psutil
from playwright.sync_api import expect

from benchmarks.marking_class import ASSIGNMENT, copied_course, hand_in
from benchmarks.written_answers import QUESTIONS
from examiner.course.facts import read_course
from examiner.desk.serve import EXTENSION
from examiner.gradebook import scores
from tests.browser.chromium import running_browser
from tests.browser.servers import running_server, started_server

N_STUDENTS, N_FORMGRADER, N_LARGE = 200, 10, 1000
_POINTS = {
    "nll_equation": [2, 3, 2, 2, 1],
    "nll_gradient": [2, 3, 2, 2, 1],
    "larger_steps-written": [2, 2, 1, 1],
}
_PATIENCE, _TIMES_OPENED = 600_000, 6
_LAPTOP = {"width": 1280, "height": 800}


@dataclass
class Count:
    """What marking asked for, so far."""

    answers: int = 0
    decisions: int = 0
    keys: int = 0
    seconds: float = 0.0

    def row(self, name):
        """Return a line of the table: all per answer."""
        each = [self.decisions / self.answers, self.keys / self.answers, self.seconds / self.answers]
        return f"{name:28}{self.answers:9}{each[0]:12.2f}{each[1]:8.2f}{each[2]:10.2f}"


def main():
    """Print the counts side by side, groups that mix, and how long a page of 1,000 answers takes to open."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.marking")
    parser.add_argument("students", nargs="?", type=int, default=N_STUDENTS, help="0: nobody is marked")
    parser.add_argument("--formgrader", type=int, default=N_FORMGRADER)
    parser.add_argument(
        "--large", type=int, default=N_LARGE, help="answers of the page that is opened; 0: none"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, running_browser() as browser:
        if options.students:
            _mark(browser, Path(folder), options.students, options.formgrader)
        if options.large:
            _open_large(browser, Path(folder) / "large", options.large)


def _mark(browser, folder, n_students, n_formgrader):
    """Print what marking a class asks for, at the desk and in Formgrader."""
    course = copied_course(folder / "course")
    drawn = hand_in(course, n_students)
    with (
        running_server(course.root, folder / "home", EXTENSION) as address,
        browser.new_context(viewport=_LAPTOP) as context,
    ):
        page = context.new_page()
        page.set_default_timeout(_PATIENCE)
        print(f"{'':28}{'answers':>9}{'decisions':>12}{'keys':>8}{'seconds':>10}  (each of an answer)")
        first = sorted(drawn)[:n_formgrader]
        by_tab = _in_formgrader(course, page, address, drawn, first)
        print(by_tab.row("Formgrader, by Tab"), flush=True)
        by_question = _through_the_class(course, page, address, drawn, first)
        print(by_question.row("Formgrader, by question"), flush=True)
        desk, mixed, wrong, guesses = _at_the_desk(page, address, drawn)
        print(desk.row("the desk"))
        _tell(course, desk, mixed, wrong, by_tab, by_question)
        _tell_of_guesses(guesses)


def _tell_of_guesses(guesses):
    """Print how often something was guessed, and how often the person who marked had to correct it."""
    items = [(place in earned) == yes for guessed, earned in guesses for place, yes in guessed.items()]
    groups = [
        all((n in earned) == yes for n, yes in guessed.items()) for guessed, earned in guesses if guessed
    ]
    print(f"groups with a guess: {len(groups)} of {len(guesses)}, {groups.count(False)} of them corrected; "
          f"items: {len(items)} guessed, {items.count(False)} wrong")  # fmt: skip


def _tell(course, desk, mixed, wrong, *others):
    for name, other in zip(("by Tab", "by question"), others, strict=True):
        keys = (desk.keys / desk.answers) / (other.keys / other.answers)
        print(f"keys of the desk to those of Formgrader {name}: {keys:.2f}")
    print(f"groups that mix answers which earn different items: {mixed} of {desk.decisions}; "
          f"{wrong} of {desk.answers} answers got other items than they earn")  # fmt: skip
    book = scores.scores(read_course(course.root), course.assignments[0])
    waiting = sum(each.waiting for score in book.values() for each in score.written.values())
    print(f"answers that wait in the gradebook: {waiting}")


def _press(page, count, *keys):
    for key in keys:
        page.keyboard.press(key)
    count.keys += len(keys)


def _at_the_desk(page, address, drawn):
    """Mark every group as the answer that is shown first deserves."""
    count, n_mixed, n_wrong, guesses = Count(answers=len(drawn) * len(QUESTIONS)), 0, 0, []
    for question in QUESTIONS:
        page.goto(f"{address}desk/{ASSIGNMENT}/{question}")
        page.locator(".answer").first.wait_for()
        page.locator("#names").check()
        page.locator(".answer h3").filter(has_text="student").first.wait_for()
        page.locator("#names").blur()
        begun = time.perf_counter()
        while page.locator("#group-title").inner_text() != "All answers are marked":
            members = _members(page)
            earned = [drawn[student][question].earned for student in members]
            n_mixed += len(set(earned)) > 1
            n_wrong += sum(each != earned[0] for each in earned)
            told = page.locator("#progress").inner_text()
            guesses.append((_guessed(page), earned[0]))
            _press(page, count, *_keys(earned[0], page))
            count.decisions += 1
            expect(page.locator("#progress")).not_to_have_text(told, timeout=_PATIENCE)
            page.locator("#desk[aria-busy=false]").wait_for()
        count.seconds += time.perf_counter() - begun
    return count, n_mixed, n_wrong, guesses


def _members(page):
    """Return the students of the group that is open, the first one shown before the others."""
    if page.get_by_role("button", name="Show").count():
        page.get_by_role("button", name="Show").click()
    titles = page.locator(".answer h3").all()
    return [name for title in titles for name in (title.get_attribute("data-called") or "").split("\n")]


def _keys(earned, page):
    """Return the fewest keys that choose these items, from those that are pressed already, and go on."""
    pressed = page.locator(".item").evaluate_all("all => all.map(each => each.ariaPressed === 'true')")
    begun = {place for place, is_on in enumerate(pressed) if is_on}
    ways = [
        sorted(begun ^ earned),
        ["a", *sorted(set(range(len(pressed))) - earned)],
        ["0", *sorted(earned)],
    ]
    if not earned and not begun and "suggested" not in page.locator("#group-told").inner_text():
        ways = ways[2:]  # that no item is chosen has to be said
    told = min(ways, key=len)
    return [*(key if isinstance(key, str) else str(key + 1) for key in told), "Enter"]


def _guessed(page):
    """Return what the page guesses, by the places of items."""
    told = page.locator(".item").evaluate_all("all => all.map(each => each.dataset.guess || '')")
    return {place: guess == "yes" for place, guess in enumerate(told) if guess}


def _submissions(course, students):
    with scores.open_gradebook(course) as book:
        found = {each.student.id: each.id for each in book.notebook_submissions("lnp_encoding", ASSIGNMENT)}
    return [(student, found[student]) for student in students]


def _score(drawn, student, question):
    return sum(_POINTS[question][place] for place in drawn[student][question].earned)


def _open_submission(page, address, submission):
    page.goto(f"{address}formgrader/submissions/{submission}/")
    page.locator("input.score[placeholder]").first.wait_for()
    page.locator("#nll_equation").wait_for()


def _in_formgrader(course, page, address, drawn, students):
    """Mark submission by submission, from field to field by Tab."""
    count = Count(answers=len(students) * len(QUESTIONS))
    begun = time.perf_counter()
    for student, submission in _submissions(course, students):
        _open_submission(page, address, submission)
        count.keys += 2  # Ctrl and the full stop, which lead to the next submission
        for question in QUESTIONS:
            while page.evaluate("document.activeElement.id") != question:
                _press(page, count, "Tab")
            _press(page, count, *str(_score(drawn, student, question)))
            count.decisions += 1
        with page.expect_response(lambda response: "/api/grade/" in response.url):
            _press(page, count, "Tab")
    count.seconds = time.perf_counter() - begun
    return count


def _through_the_class(course, page, address, drawn, students):
    """Mark question by question, from submission to submission."""
    count = Count(answers=len(students) * len(QUESTIONS))
    begun = time.perf_counter()
    for question in QUESTIONS:
        for student, submission in _submissions(course, students):
            _open_submission(page, address, submission)
            count.keys += 2  # Ctrl and the full stop, which saves and goes on to the same field
            page.locator(f"[id='{question}']").focus()
            page.locator(f"[id='{question}']").select_text()
            _press(page, count, *str(_score(drawn, student, question)))
            count.decisions += 1
            page.keyboard.press("Tab")  # the score is saved as the field is left: by Ctrl and the full stop
    count.seconds = time.perf_counter() - begun
    return count


def _open_large(browser, root, n_answers):
    """Print how long the page of a question takes to open, by the clock and by what computes.

    The first time may include what the server does once, when it starts.
    """
    course = copied_course(root)
    hand_in(course, n_answers, seed=1)
    print(
        f"{n_answers} answers, the machine's load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    )
    with (
        started_server(root, root / "home", EXTENSION) as (server, address),
        browser.new_context() as context,
    ):
        page = context.new_page()
        page.set_default_timeout(_PATIENCE)
        opened = defaultdict(list)
        for _ in range(_TIMES_OPENED):
            for question in QUESTIONS:
                opened[question].append(_opened(page, f"{address}desk/{ASSIGNMENT}/{question}", server))
    print(f"{'seconds to open':28}{'clock':>16}{'server':>16}{'browser':>16}   (first, median of the others)")
    for question, times in opened.items():
        told = [(first, statistics.median(rest)) for first, *rest in zip(*times, strict=True)]
        print(f"{question:28}" + "".join(f"{first:8.2f}{later:8.2f}" for first, later in told))


def _opened(page, url, server):
    """Open a page until a group is shown; return seconds: the clock's, the server's, the browser's."""

    def now():
        ours = psutil.Process().children(recursive=True)
        browser = [process for process in ours if "chrom" in process.name()]
        return time.perf_counter(), _seconds([psutil.Process(server.pid)]), _seconds(browser)

    begun = now()
    page.goto(url)
    page.locator(".answer").first.wait_for()
    return [after - before for before, after in zip(begun, now(), strict=True)]


def _seconds(processes):
    return sum(sum(process.cpu_times()[:2]) for process in processes)


if __name__ == "__main__":
    main()
