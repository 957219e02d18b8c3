import re
import socket
import threading
import time
from pathlib import Path

import pytest

from neurocourse import datasets, recordings
from neurocourse.recordings import RecordingDamaged, RecordingUnavailable, obtain

pytestmark = pytest.mark.usefixtures("plain_environment")

CHECKOUT = Path(__file__).parents[2]


@pytest.fixture
def registered(server, register, cache):
    register(server.url)
    return server


@pytest.fixture
def closed_url():
    """An address on loopback where nobody listens."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{unused.getsockname()[1]}/download"


def test_a_download_lands_in_the_cache_whole_and_alone(registered, cache):
    path = obtain("RGCdata.mat")
    assert path == cache / "RGCdata.mat"
    assert path.read_bytes() == registered.content
    assert [found.name for found in cache.iterdir()] == ["RGCdata.mat"]


def test_the_second_time_the_cache_is_used_and_nobody_is_asked(registered):
    first = obtain("RGCdata.mat")
    assert obtain("RGCdata.mat") == first
    assert registered.n_requests == 1


def test_a_cached_file_that_was_damaged_is_downloaded_again(registered, cache):
    cache.mkdir()
    (cache / "RGCdata.mat").write_bytes(b"half a recording")
    assert obtain("RGCdata.mat").read_bytes() == registered.content


@pytest.mark.parametrize("source", ["auto", "recorded"])
def test_a_download_with_a_wrong_hash_is_an_error_and_leaves_nothing(registered, register, cache, source):
    registered.behaviours = ["alter"]
    _, expected = register(registered.url)
    with pytest.raises(RecordingDamaged) as error:
        obtain("RGCdata.mat", source)
    message = str(error.value)
    assert f"{registered.url} sent something else than the recording RGCdata.mat. It was not kept." in message
    assert f"expected {expected} but got " in message
    assert "use the simulated twin: source='simulated'" in message
    assert list(cache.iterdir()) == []
    assert registered.n_requests == 1


def test_a_transfer_that_breaks_off_once_is_tried_again(registered, cache):
    registered.behaviours = ["break_off", "serve"]
    assert obtain("RGCdata.mat", "recorded").read_bytes() == registered.content
    assert [found.name for found in cache.iterdir()] == ["RGCdata.mat"]


def test_a_transfer_that_breaks_off_twice_is_given_up_and_leaves_nothing(registered, cache):
    registered.behaviours = ["break_off"]
    with pytest.raises(RecordingUnavailable, match=r"\(the connection to 127.0.0.1 broke off\)$"):
        obtain("RGCdata.mat", "recorded")
    assert list(cache.iterdir()) == []
    assert registered.n_requests == 2


@pytest.mark.parametrize("behaviour", ["stall", "say_nothing"])
def test_a_server_that_stalls_is_given_up_at_the_time_out(registered, cache, monkeypatch, behaviour):
    registered.behaviours = [behaviour]
    monkeypatch.setattr(recordings, "_TIMEOUT", (0.2, 0.2))
    started = time.monotonic()
    with pytest.raises(RecordingUnavailable, match=r"\(127.0.0.1 did not answer in time\)$"):
        obtain("RGCdata.mat", "recorded")
    assert time.monotonic() - started < 5
    assert list(cache.iterdir()) == []
    assert registered.n_requests == 1


def test_the_time_outs_are_short_enough_for_a_student_without_a_network():
    connect, read = recordings._TIMEOUT
    assert connect <= 5
    assert read <= 15


def test_a_server_that_refuses_is_named_with_its_answer(registered):
    registered.behaviours = ["refuse"]
    with pytest.raises(RecordingUnavailable, match=r"\(127.0.0.1 answered 503\)$"):
        obtain("RGCdata.mat", "recorded")


def test_without_a_connection_recorded_is_an_error(register, cache, closed_url):
    register(closed_url)
    with pytest.raises(RecordingUnavailable) as error:
        obtain("RGCdata.mat", "recorded")
    assert str(error.value) == "RGCdata.mat could not be downloaded (no connection to 127.0.0.1)"


def test_without_a_connection_auto_says_in_a_line_that_the_twin_steps_in(register, cache, closed_url, capfd):
    register(closed_url)
    assert obtain("RGCdata.mat") is None
    shown = capfd.readouterr()
    assert shown.out == (
        "Using the simulated twin of the recording (retinal ganglion cells): "
        "RGCdata.mat could not be downloaded (no connection to 127.0.0.1).\n"
    )
    assert shown.err == ""


def test_a_download_shows_no_log_line_of_a_library(registered, capfd):
    obtain("RGCdata.mat")
    shown = capfd.readouterr()
    assert shown.out == ""
    assert "From 127.0.0.1" in shown.err  # the progress bar
    assert "Downloading data from" not in shown.err
    assert "\n" not in shown.err  # and it goes when it is done


def test_simulated_asks_nobody_for_anything(registered, cache, monkeypatch):
    monkeypatch.setenv("NEUROCOURSE_DATA", "recorded")
    assert obtain("RGCdata.mat", "simulated") is None
    assert registered.n_requests == 0
    assert not cache.exists()


def test_the_environment_chooses_the_source_unless_the_caller_does(registered, monkeypatch):
    monkeypatch.setenv("NEUROCOURSE_DATA", "simulated")
    assert obtain("RGCdata.mat") is None
    assert obtain("RGCdata.mat", "auto") is not None


def test_a_folder_of_ones_own_comes_first(registered, tmp_path, monkeypatch):
    (tmp_path / "RGCdata.mat").write_bytes(registered.content)
    monkeypatch.setenv("NEUROCOURSE_DATA_DIR", str(tmp_path))
    assert obtain("RGCdata.mat") == tmp_path / "RGCdata.mat"
    assert registered.n_requests == 0


def test_any_known_copy_of_a_recording_is_accepted(registered, cache, tmp_path, monkeypatch):
    cache.mkdir()
    (cache / "RGCdata.mat").write_bytes(b"another save")
    assert obtain("RGCdata.mat") == cache / "RGCdata.mat"
    (tmp_path / "RGCdata.mat").write_bytes(b"another save")
    monkeypatch.setenv("NEUROCOURSE_DATA_DIR", str(tmp_path))
    assert obtain("RGCdata.mat") == tmp_path / "RGCdata.mat"
    assert registered.n_requests == 0


@pytest.mark.parametrize("source", ["auto", "recorded"])
def test_a_wrong_file_in_ones_own_folder_is_an_error(registered, register, tmp_path, monkeypatch, source):
    another, served = register(registered.url)
    wrong = tmp_path / "RGCdata.mat"
    wrong.write_bytes(b"")
    monkeypatch.setenv("NEUROCOURSE_DATA_DIR", str(tmp_path))
    with pytest.raises(RecordingDamaged) as error:
        obtain("RGCdata.mat", source)
    assert str(error.value) == (
        f"{wrong} is not the recording: its hash must be {another} or {served}, got "
        "md5:d41d8cd98f00b204e9800998ecf8427e, "
        "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855. "
        "Replace the file, or remove it from NEUROCOURSE_DATA_DIR: then it is downloaded."
    )
    assert wrong.exists()
    assert registered.n_requests == 0


def test_a_folder_of_ones_own_without_the_file_is_passed_over(registered, cache, tmp_path, monkeypatch):
    monkeypatch.setenv("NEUROCOURSE_DATA_DIR", str(tmp_path / "elsewhere"))
    assert obtain("RGCdata.mat") == cache / "RGCdata.mat"


def test_a_folder_of_ones_own_without_the_file_is_named_when_the_download_fails(
    register, cache, closed_url, tmp_path, monkeypatch
):
    register(closed_url)
    monkeypatch.setenv("NEUROCOURSE_DATA_DIR", str(tmp_path))
    with pytest.raises(RecordingUnavailable) as error:
        obtain("RGCdata.mat", "recorded")
    assert str(error.value).startswith(f"RGCdata.mat is not in {tmp_path} (NEUROCOURSE_DATA_DIR), and ")


def test_a_cache_that_cannot_be_written_is_named(registered, cache):
    cache.write_text("a file where the folder should be")
    with pytest.raises(RecordingUnavailable, match=re.escape(f"({cache} cannot be written: ")):
        obtain("RGCdata.mat", "recorded")


def test_no_thread_of_a_failed_download_lives_on(registered, monkeypatch):
    before = set(threading.enumerate())
    registered.behaviours = ["break_off"]
    with pytest.raises(RecordingUnavailable):
        obtain("RGCdata.mat", "recorded")
    left = [thread for thread in threading.enumerate() if thread not in before]
    kinds = {type(thread).__name__ for thread in left if "process_request" not in thread.name}  # the server's
    assert kinds <= {"TMonitor"}  # tqdm keeps one thread for all of its bars


@pytest.mark.parametrize("source", ["record", "", "Simulated", 1])
def test_an_unknown_source_is_refused(source):
    message = f"source must be one of auto, recorded, simulated, got {source!r}"
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        obtain("RGCdata.mat", source)


def test_an_unknown_file_is_refused():
    with pytest.raises(ValueError, match=r"^file_name must be one of .*RGCdata.mat.*, got 'RGC.mat'$"):
        obtain("RGC.mat")


def test_downloads_are_cached_in_the_data_folder_of_a_checkout(tmp_path):
    (tmp_path / "course.toml").touch()
    assert recordings.cache_dir(tmp_path / "neurocourse") == tmp_path / "data"


def test_downloads_of_an_installed_package_go_to_the_users_cache(tmp_path):
    folder = recordings.cache_dir(tmp_path / "neurocourse")
    assert folder.is_absolute()
    assert "neurocourse" in folder.parts
    assert tmp_path not in folder.parents


def test_a_recording_may_have_several_files_and_copies(tmp_path):
    path = tmp_path / "registry.toml"
    path.write_text(
        """
        [orientation]
        title = "t"
        contents = "c"
        licence = "l"
        citation = "d"
        [[orientation.files]]
        name = "one.npz"
        loader = "load_one"
        [[orientation.files.copies]]
        origin = "here"
        url = "https://example.org/1"
        hash = "md5:1"
        size = 3
        [[orientation.files.copies]]
        origin = "there"
        hash = "md5:2"
        [[orientation.files]]
        name = "two.npz"
        loader = "load_two"
        [[orientation.files.copies]]
        origin = "here"
        hash = "md5:3"
        """
    )
    (recording,) = recordings.read_registry(path)
    assert (recording.name, recording.title) == ("orientation", "t")
    one, two = recording.files
    assert [copy.hash for copy in one.copies] == ["md5:1", "md5:2"]
    assert [copy.url for copy in one.copies] == ["https://example.org/1", None]
    assert [copy.size for copy in one.copies] == [3, None]
    assert (two.name, two.loader, two.copies[0].hash) == ("two.npz", "load_two", "md5:3")


REGISTERED_FILES = [file for recording in recordings.read_registry() for file in recording.files]


def test_file_names_are_unique_over_the_registry():
    names = [file.name for file in REGISTERED_FILES]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("file", REGISTERED_FILES, ids=lambda file: file.name)
def test_a_registered_file_has_a_loader_and_copies_with_a_hash_and_an_address(file):
    assert file.loader in datasets.__all__
    assert any(copy.url is not None for copy in file.copies)
    for copy in file.copies:
        assert re.fullmatch(r"md5:[0-9a-f]{32}|sha256:[0-9a-f]{64}", copy.hash)
        assert copy.url is None or copy.url.startswith("https://")


@pytest.mark.parametrize("recording", recordings.read_registry(), ids=lambda recording: recording.name)
def test_the_page_on_the_data_says_what_the_registry_says(recording):
    page = " ".join((CHECKOUT / "data" / "README.md").read_text(encoding="utf-8").split())
    _, found, rest = page.partition(f"## {recording.title} ")
    assert found
    section = rest.partition(" ## ")[0]
    facts = [recording.contents, recording.licence, recording.citation]
    for file in recording.files:
        facts += [f"`{file.name}`", f"`{file.loader}`"]
        for copy in file.copies:
            size = "not recorded" if copy.size is None else copy.size
            url = "not downloaded by the course" if copy.url is None else f"<{copy.url}>"
            facts.append(f"| {copy.origin} | {url} | `{copy.hash}` | {size} |")
    assert [fact for fact in facts if fact not in section] == []


def test_the_page_on_the_data_describes_no_recording_that_is_not_registered():
    page = (CHECKOUT / "data" / "README.md").read_text(encoding="utf-8")
    titles = [recording.title for recording in recordings.read_registry()]
    assert re.findall(r"^## (.*)$", page, flags=re.MULTILINE) == titles
