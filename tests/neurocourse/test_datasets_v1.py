"""The loaders of the V1 responses: twins, files laid out like the recording, and files that are not."""

import hashlib
import re

import numpy as np
import pytest

from neurocourse import recordings
from neurocourse.datasets import load_v1, load_v1_split

pytestmark = pytest.mark.usefixtures("plain_environment")

ONE, SPLIT = "W3D4_stringer_oribinned1.npz", "W3D4_stringer_oribinned6_split.npz"
RNG = np.random.default_rng(5)


@pytest.fixture
def provide(tmp_path, monkeypatch):
    """A function that makes a file with these arrays the known recording of that name."""

    def provide(name, **arrays):
        np.savez(tmp_path / name, **arrays)
        digest = hashlib.md5((tmp_path / name).read_bytes()).hexdigest()
        entry = (
            f'[v1]\ntitle = "v1"\ncontents = ""\nlicence = ""\ncitation = ""\n[[v1.files]]\nname = "{name}"\n'
            f'loader = "load"\ncopies = [{{ origin = "here", hash = "md5:{digest}" }}]\n'
        )
        (tmp_path / "registry.toml").write_text(entry)
        monkeypatch.setattr(recordings, "_REGISTRY", tmp_path / "registry.toml")
        monkeypatch.setenv("NEUROCOURSE_DATA_DIR", str(tmp_path))

    return provide


@pytest.mark.parametrize("form", [(360,), (360, 1)], ids=["flat", "column"])
def test_the_recording_is_read_whatever_the_form_of_its_angles(provide, form):
    resp = RNG.normal(size=(360, 7))
    provide(ONE, resp=resp, stimuli=np.arange(360).reshape(form))
    data = load_v1()
    assert data.source == "recorded"
    assert data.preferred is None
    assert (data.resp.dtype, data.stimuli.dtype) == (np.float32, np.float32)
    np.testing.assert_allclose(data.resp, resp.astype(np.float32))
    np.testing.assert_array_equal(data.stimuli, np.arange(360)[:, None])
    np.testing.assert_array_equal(load_v1(n_neurons=3).resp, data.resp[:, :3])


def test_the_split_recording_is_read(provide):
    first, second = RNG.normal(size=(2, 60, 5))
    provide(SPLIT, resp_train=first, resp_test=second, stimuli=np.arange(60)[:, None] * 6.0)
    data = load_v1_split(source="recorded", n_neurons=4)
    assert data.source == "recorded"
    np.testing.assert_allclose(data.resp_train, first[:, :4].astype(np.float32))
    np.testing.assert_allclose(data.resp_test, second[:, :4].astype(np.float32))
    assert data.stimuli.shape == (60,)


def test_a_file_with_other_arrays_is_an_error_that_names_them(provide):
    provide(ONE, responses=np.zeros((3, 2)), angles=np.zeros(3))
    with pytest.raises(ValueError) as error:
        load_v1()
    message = "should hold resp, stimuli, but has no resp, stimuli: its arrays are angles, responses"
    assert str(error.value).endswith(message)


def test_the_twin_has_the_form_of_the_recording_and_2000_neurons():
    data, split = load_v1("simulated"), load_v1_split("simulated")
    assert data.resp.shape == (360, 2000)
    np.testing.assert_array_equal(data.stimuli[:, 0], np.arange(360))
    assert split.resp_train.shape == split.resp_test.shape == (60, 2000)
    np.testing.assert_array_equal(split.stimuli, np.arange(60) * 6 + 2.5)
    assert (data.source, split.source) == ("simulated", "simulated")


def test_both_files_of_the_twin_hold_the_same_neurons_with_other_noise():
    data, split = load_v1("simulated", 80, bin_width=6), load_v1_split("simulated", 80)
    np.testing.assert_array_equal(data.preferred, split.preferred)
    for first, second in ((data.resp, split.resp_train), (split.resp_train, split.resp_test)):
        agreement = [np.corrcoef(a, b)[0, 1] for a, b in zip(first.T, second.T, strict=True)]
        assert 0.4 < np.median(agreement) < 0.95


def test_the_twin_can_be_had_in_the_size_of_the_recording():
    assert load_v1_split("simulated", n_neurons=23_589).resp_train.shape == (60, 23_589)


def test_the_twin_is_the_same_at_every_call():
    np.testing.assert_array_equal(load_v1("simulated", 20).resp, load_v1("simulated", 20).resp)


def test_bins_average_responses_and_angles():
    fine, coarse = load_v1("simulated", 10), load_v1("simulated", 10, bin_width=90)
    assert coarse.stimuli[:, 0].tolist() == [44.5, 134.5, 224.5, 314.5]
    np.testing.assert_allclose(coarse.resp[1], fine.resp[90:180].mean(axis=0), atol=1e-6)


@pytest.mark.parametrize("load", [load_v1, load_v1_split])
@pytest.mark.parametrize("n_neurons", [0, 23_590, 2.5, "all"])
def test_a_number_of_neurons_that_does_not_exist_is_refused(load, n_neurons):
    message = f"n_neurons must be an integer from 1 to 23589, got {n_neurons!r}"
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        load("simulated", n_neurons=n_neurons)


@pytest.mark.parametrize("bin_width", [0, 181, 1.5])
def test_a_bin_that_makes_no_sense_is_refused(bin_width):
    with pytest.raises(ValueError, match="^bin_width must be an integer from 1 to 180, got "):
        load_v1("simulated", bin_width=bin_width)
