import shutil

import pytest

from examiner import doctor
from examiner.commands import main
from examiner.sandbox import bubblewrap, nursery_client


def test_a_machine_that_can_grade_is_told_what_it_has(course, monkeypatch, capsys):
    monkeypatch.chdir(course.root)
    assert main(["doctor"]) == 0
    told = capsys.readouterr().out
    assert "ok    the sandbox starts (bubblewrap " in told
    graded = "ok    the solution gets all points and the release none (01_adding), in"
    assert f"{graded} {course.root}, in the locale " in told
    assert "ok    the gradebook opens and knows 1 assignment\n" in told
    assert "FAIL" not in told


def test_a_machine_without_a_sandbox_ends_with_status_1_and_says_what_to_install(course, monkeypatch, capsys):
    monkeypatch.chdir(course.root)
    monkeypatch.setenv("PATH", "/nowhere")
    assert main(["doctor"]) == 1
    told = capsys.readouterr().out
    assert "FAIL  bwrap is missing: run `apt-get install bubblewrap`" in told


def test_a_sandbox_that_does_not_start_says_why(monkeypatch):
    monkeypatch.setattr(nursery_client, "what_is_missing", lambda: "user namespaces are not allowed.")
    assert str(doctor.check_sandbox()) == "FAIL  user namespaces are not allowed."


@pytest.mark.parametrize(
    ("version", "fine"), [((3, 10), False), ((3, 11), True), ((3, 13), True), ((3, 14), False)]
)
def test_pythons_that_the_course_runs_on_are_fine(version, fine):
    finding = doctor.check_python(version)
    assert finding.fine is fine
    assert ("3.11 to 3.13 is needed" in finding.what) is not fine


def test_too_little_memory_for_one_submission_says_what_to_lower():
    finding = doctor.check_memory(memory=3_500, limit=3_000, cores=2)
    assert not finding.fine
    assert "lower memory_mb, or grade on a larger machine" in finding.what


def test_memory_says_how_many_submissions_fit_at_once():
    assert "2 submissions of at most 3000 MB at once" in doctor.check_memory(7_500, 3_000, 8).what


def test_a_gradebook_that_does_not_open_is_told(course):
    (course.root / "gradebook.db").write_bytes(b"no database at all" * 100)
    finding = doctor.check_gradebook(course)
    assert not finding.fine
    assert finding.what == (
        f"the gradebook {course.root}/gradebook.db cannot be used: file is not a database. "
        "Make the file writable, or restore it from a backup"
    )


def test_a_course_before_its_first_release_has_no_gradebook_and_that_is_fine(course):
    (course.root / "gradebook.db").unlink()
    assert str(doctor.check_gradebook(course)) == "ok    no gradebook yet: `make release` makes it"
    assert not (course.root / "gradebook.db").exists()


@pytest.mark.parametrize(
    ("privileged", "uid", "told"),
    [
        (True, 0, "running as root: student code becomes an ordinary user in the sandbox"),
        (False, 0, "running as a root that may not mount: nothing limits the number of a submission's "
                   "processes. Grade as an ordinary user if you can."),
        (False, 1000, "running as the ordinary user 1000"),
    ],
    ids=["root", "root_of_a_container", "user"],
)  # fmt: skip
def test_who_grades_is_told(monkeypatch, privileged, uid, told):
    monkeypatch.setattr(bubblewrap, "is_privileged", lambda: privileged)
    monkeypatch.setattr(doctor.os, "getuid", lambda: uid)
    assert doctor.check_user().what == told


def test_grading_that_gives_other_points_than_it_should_is_told(course, monkeypatch):
    shutil.rmtree(course.root / "release")
    assert (
        "the solution gets all points and the release none (a trial), in" in doctor.check_grading(course).what
    )
    monkeypatch.setattr("examiner.batch.trial._ANSWER", "def double(numbers):\n    return numbers")
    finding = doctor.check_grading(course)
    assert not finding.fine
    assert finding.what.startswith(f"grading does not work in {course.root}, in the locale ")
    assert "must earn all points here, but got 0 of 1 points; first double-test (double" in finding.what


def test_whatever_stops_a_trial_of_grading_is_told(course, monkeypatch):
    def fails(*_):
        raise UnicodeDecodeError("ascii", b"\xc3", 0, 1, "ordinal not in range(128)")

    monkeypatch.setattr(doctor, "read_exam", fails)
    finding = doctor.check_grading(course)
    assert (finding.fine, "(UnicodeDecodeError: 'ascii' codec can't decode" in finding.what) == (False, True)


def test_modules_that_the_course_offers_are_looked_for(course, monkeypatch, capsys):
    path = course.root / "course.toml"
    section = '[grading]\npackages = ["numpy", "no_such_module"]\n'
    path.write_text(path.read_text().replace("[[assign", f"{section}\n[[assign"))
    monkeypatch.chdir(course.root)
    assert main(["doctor"]) == 1
    told = capsys.readouterr().out
    assert "ok    numpy, of [grading] packages in course.toml, is installed\n" in told
    assert (
        "FAIL  no_such_module, of [grading] packages in course.toml, is not installed: install the p" in told
    )
    assert main(["grade"]) == 2
    assert (
        "nothing was graded: course.toml offers no_such_module to students' code" in capsys.readouterr().err
    )


def test_what_students_have_in_colab_and_not_here_is_one_line(monkeypatch):
    monkeypatch.setattr(doctor, "missing_here", lambda: [f"module{n}" for n in range(15)])
    finding = doctor.compare_with_colab()
    assert finding.fine
    assert finding.what.startswith("in Colab (20")
    assert "modules that are missing here: module0, module1," in finding.what
    assert "module11 and 3 more. Install those that they may use, and name them" in finding.what
    monkeypatch.setattr(doctor, "missing_here", list)
    assert doctor.compare_with_colab().what.startswith("all modules of Colab's list of 20")
