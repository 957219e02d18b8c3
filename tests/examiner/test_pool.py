"""Many submissions: each ends with an outcome, also one that ends the process that examines it."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from examiner import cluster
from examiner.errors import CourseError, ExaminationDied, GraderAtFault, SchedulerError
from examiner.files import Files
from examiner.grading import prepare, read_exam
from examiner.jobs import Job, Outcome
from examiner.pool import Pool, local_pool
from examiner.verdict import SubmissionState, Verdict
from tests.examiner.conftest import ASSIGNMENT

STUDENTS = ["ada", "ben", "cleo"]


@pytest.fixture
def exam(course, assignment):
    return read_exam(course, assignment)


class Threads(Pool):
    """A pool of two threads that examine by calling a function of the test's."""

    def __init__(self, executor, examine):
        super().__init__(executor, 2)
        self.examine = examine

    def submit(self, job):
        return self.executor.submit(self.examine, job)


@pytest.fixture
def outcomes_of(exam):
    """A function that grades the three students by a function, and returns their outcomes by name."""
    with ThreadPoolExecutor(2) as executor:

        def outcomes_of(
            examine, students=STUDENTS, make=lambda student: Job(exam, student, Files(), "digest")
        ):
            return {o.verdict.student: o for o in Threads(executor, examine).grade_all(students, make)}

        yield outcomes_of


def graded(job, *, firm=True):
    return Outcome(Verdict(job.student, ASSIGNMENT, SubmissionState.GRADED, firm=firm), "", 1)


class Grader:
    """Grades by giving a verdict; what is named by a student's first tries happens in these first."""

    def __init__(self, **first):
        self.first, self.seen, self.lock = first, [], threading.Lock()
        self.running, self.most_at_last = 0, 0

    def __call__(self, job):
        with self.lock:
            self.seen.append(job.student)
            self.running += 1
            self.most_at_last = self.running if len(self.seen) > len(STUDENTS) else 0
        try:
            happens = self.first.get(job.student, [])
            if happens:
                return happens.pop(0)(job)
            return graded(job)
        finally:
            with self.lock:
                self.running -= 1


def dies(job):
    raise ExaminationDied("it ended")


def is_lost(job):
    raise GraderAtFault("The machine was too busy.")


def unfirm(job):
    return graded(job, firm=False)


def states(outcomes):
    return {student: str(outcome.verdict.state) for student, outcome in outcomes.items()}


def test_each_submission_is_graded_once(outcomes_of):
    grader = Grader()
    assert sorted(outcomes_of(grader)) == STUDENTS
    assert sorted(grader.seen) == STUDENTS


def test_no_more_jobs_are_held_than_keep_the_pool_busy(exam):
    taken = []

    def endless():
        for number in range(1000):
            taken.append(number)
            yield "ada"

    with ThreadPoolExecutor(2) as executor:
        job = Job(exam, "ada", Files(), "digest")
        outcomes = Threads(executor, graded).grade_all(endless(), lambda _: job)
        for _ in range(10):
            next(outcomes)
    assert len(taken) <= 13


@pytest.mark.parametrize(
    ("happens", "reason"),
    [
        (
            dies,
            "Grading it ended the grader's own process twice: look at the notebook, and grade it by hand. "
            "What else is known stands in the log of the system (`dmesg`).",
        ),
        (is_lost, "The machine was too busy."),
    ],
    ids=["dies", "lost"],
)
def test_what_the_grader_fails_on_twice_is_a_persons_and_the_others_are_graded(outcomes_of, happens, reason):
    grader = Grader(ben=[happens, happens])
    found = outcomes_of(grader)
    assert states(found) == {"ada": "graded", "ben": "needs_review", "cleo": "graded"}
    verdict = found["ben"].verdict
    assert verdict.reason == reason
    assert [test.grade_id for test in verdict.tests] == ["add-test", "double-test"]
    assert (verdict.points, verdict.firm) == (0, False)
    assert grader.seen[-1] == "ben"


@pytest.mark.parametrize("happens", [dies, is_lost, unfirm])
def test_what_goes_wrong_once_is_tried_again_after_all_others_and_alone(outcomes_of, happens):
    grader = Grader(ada=[happens], ben=[happens])
    assert set(states(outcomes_of(grader)).values()) == {"graded"}
    assert sorted(grader.seen[:3]) == STUDENTS
    assert sorted(grader.seen[3:]) == ["ada", "ben"]
    assert grader.most_at_last == 1


def test_what_ends_by_time_twice_counts(outcomes_of):
    grader = Grader(ben=[unfirm, unfirm])
    found = outcomes_of(grader)
    assert found["ben"].verdict.firm is False
    assert grader.seen.count("ben") == 2


def test_what_ended_by_time_the_last_time_too_is_not_tried_again(outcomes_of, exam):
    grader = Grader(ben=[unfirm])
    known = unfirm(Job(exam, "ben", Files(), "")).verdict

    def make(student):
        before = replace(known, digest="digest") if student == "ben" else None
        return Job(exam, student, Files(), "digest", before=before)

    assert outcomes_of(grader, make=make)["ben"].verdict.firm is False
    assert grader.seen.count("ben") == 1


def test_an_error_of_the_course_is_raised(outcomes_of):
    def an_error(job):
        raise CourseError(f"no source for {job.student}")

    with pytest.raises(CourseError, match="no source for"):
        outcomes_of(an_error)


def test_whoever_has_nothing_to_grade_is_left_out(outcomes_of):
    assert outcomes_of(graded, students=[]) == {}
    assert outcomes_of(graded, make=lambda _: None) == {}


def test_submissions_are_graded_for_real_in_processes_of_their_own(course, exam, hand_in):
    for student in STUDENTS:
        hand_in(student)
    with local_pool(2) as workers:
        found = workers.grade_all(STUDENTS, lambda student: prepare(course, exam, student))
        by_student = {outcome.verdict.student: outcome for outcome in found}
    assert {name: (o.verdict.points, o.n_run) for name, o in by_student.items()} == dict.fromkeys(
        STUDENTS, (60, 2)
    )


def test_a_scheduler_that_does_not_answer_is_named_with_what_to_do(monkeypatch):
    monkeypatch.setattr(cluster, "_CONNECT_SECONDS", 0.5)
    with pytest.raises(SchedulerError) as refusal, cluster.dask_pool("tcp://127.0.0.1:9"):
        pass
    assert str(refusal.value).startswith("no Dask scheduler answers at tcp://127.0.0.1:9 (")
    assert str(refusal.value).endswith(
        "). Start one with `dask scheduler`, and workers with "
        "`dask worker ADDRESS --nthreads 1 --nworkers auto`"
    )
