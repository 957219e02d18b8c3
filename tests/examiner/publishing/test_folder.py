import hashlib
import stat
import subprocess

import pytest

from examiner.commands import main
from examiner.errors import LeakFound, NotPublished
from examiner.publishing.folder import CHECK_SUMS, checked_tree, write_folder
from examiner.publishing.student_repository import PublishedFile


@pytest.fixture
def public(tmp_path):
    return tmp_path / "public"


def a_tree(**files):
    sums = "".join(f"{hashlib.sha256(text).hexdigest()}  {name}\n" for name, text in files.items())
    tree = {name: PublishedFile(text, name.startswith("run")) for name, text in files.items()}
    return tree | {CHECK_SUMS: PublishedFile(sums.encode())}


def contents(folder):
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), stat.S_IMODE(path.stat().st_mode))
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_same_course_gives_the_same_files_with_the_same_modes(publishable_course, tmp_path):
    for name in ("one", "two"):
        write_folder(checked_tree(publishable_course), tmp_path / name)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    modes = {path: mode for path, (_, mode) in contents(tmp_path / "one").items()}
    assert modes.pop("binder/postBuild") == 0o755
    assert set(modes.values()) == {0o644}


def test_the_check_sums_are_those_that_sha256sum_checks(publishable_course, public):
    write_folder(checked_tree(publishable_course), public)
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", CHECK_SUMS], cwd=public, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == len(contents(public)) - 1


def test_publishing_again_replaces_what_changed_and_removes_what_is_no_longer_published(public):
    write_folder(a_tree(**{"a.txt": b"1", "old/deep/b.txt": b"2", "run": b"3"}), public)
    write_folder(a_tree(**{"a.txt": b"one", "run": b"3"}), public)
    assert contents(public).keys() == {"a.txt", "run", CHECK_SUMS}
    assert contents(public)["a.txt"] == (b"one", 0o644)
    assert contents(public)["run"] == (b"3", 0o755)
    assert not (public / "old").exists()


def test_a_run_that_was_stopped_half_way_is_finished_by_the_next_one(public):
    old, new = a_tree(**{"a.txt": b"1", "b.txt": b"2"}), a_tree(**{"a.txt": b"one", "c.txt": b"3"})
    write_folder(old, public)
    (public / "a.txt").write_bytes(b"one")
    (public / "c.txt").write_bytes(b"3")
    write_folder(new, public)
    assert contents(public).keys() == new.keys()


@pytest.mark.parametrize("before", [True, False], ids=["published before", "never published"])
def test_a_folder_with_files_of_somebody_else_is_refused_and_kept(public, before):
    if before:
        write_folder(a_tree(**{"a.txt": b"1"}), public)
    public.mkdir(exist_ok=True)
    for name in ("marks.csv", "thesis.tex", "x.py", "y.py"):
        (public / name).write_text("mine")
    kept = contents(public)
    with pytest.raises(NotPublished) as refused:
        write_folder(a_tree(**{"a.txt": b"2"}), public)
    assert str(refused.value) == (
        f"{public} holds files that `make publish` did not write: marks.csv, thesis.tex, x.py and 1 more. "
        "Nothing was written. Move them away, or choose an empty folder"
    )
    assert contents(public) == kept


def test_a_published_file_that_somebody_changed_is_not_overwritten(public):
    write_folder(a_tree(**{"a.txt": b"1"}), public)
    (public / "a.txt").write_text("corrected by hand")
    with pytest.raises(NotPublished, match=r"holds files that `make publish` did not write: a\.txt\."):
        write_folder(a_tree(**{"a.txt": b"2"}), public)
    assert (public / "a.txt").read_text() == "corrected by hand"


@pytest.mark.parametrize("name", ["a.txt", "linked"])
def test_links_are_not_followed(public, tmp_path, name):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "kept").write_text("mine")
    public.mkdir()
    (public / name).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(NotPublished, match=f"holds files that `make publish` did not write: {name}"):
        write_folder(a_tree(**{"a.txt": b"1"}), public)


def test_a_forged_list_of_check_sums_removes_nothing_outside_the_folder(public, tmp_path):
    outside = tmp_path / "outside"
    outside.write_text("mine")
    public.mkdir()
    digest = hashlib.sha256(b"mine").hexdigest()
    (public / CHECK_SUMS).write_text(f"{digest}  ../outside\n{digest}  {outside}\n")
    write_folder(a_tree(**{"a.txt": b"1"}), public)
    assert outside.read_text() == "mine"


def test_what_git_pip_and_jupyter_make_is_left_alone(public):
    made = {
        ".git/HEAD",
        "week/.ipynb_checkpoints/a.ipynb",
        "src/__pycache__/a.pyc",
        "build/lib/a.py",
        "a.egg-info/b",
    }
    for name in made:
        (public / name).parent.mkdir(parents=True)
        (public / name).write_text("kept")
    write_folder(a_tree(**{"a.txt": b"1"}), public)
    assert contents(public).keys() == {*made, "a.txt", CHECK_SUMS}


def test_a_leak_stops_publishing_before_anything_is_written(publishable_course):
    module = publishable_course.root / "neurocourse" / "plots.py"
    module.write_text("def double(a):\n    return add(a, a)\n")
    with pytest.raises(LeakFound, match=r"neurocourse/plots\.py: solution of source/01_adding, cell double"):
        checked_tree(publishable_course)


@pytest.fixture
def run(publishable_course, monkeypatch, capsys):
    monkeypatch.chdir(publishable_course.root)
    return lambda *arguments: (main(["publish", *arguments]), capsys.readouterr())


def test_the_command_writes_public_and_warns_of_the_placeholder(run, publishable_course):
    status, shown = run()
    assert status == 0
    extent, warning = shown.out.splitlines()
    assert extent.startswith("public: 15 files, ")
    assert warning.startswith("Launch links lead nowhere until you replace YOUR-")
    assert (publishable_course.root / "public" / CHECK_SUMS).is_file()


def test_a_leak_is_a_message_with_exit_status_2_and_the_old_output_stays(run, publishable_course):
    run()
    public = publishable_course.root / "public"
    before = contents(public)
    (publishable_course.root / "data" / "README.md").write_text("Because addition commutes.")
    status, shown = run()
    assert status == 2
    assert shown.err == (
        "examiner: nothing was published, because students would get this:\n"
        "  data/README.md: solution of source/01_adding, cell why (Becauseadd…)\n"
    )
    assert contents(public) == before
