"""The images of tutorial 1: noise, photographs without a network, digits when they are asked for."""

import gzip
import hashlib
import re

import numpy as np
import pytest

from neurocourse import recordings
from neurocourse.datasets import load_lnp
from neurocourse.recordings import RecordingDamaged, RecordingUnavailable

pytestmark = pytest.mark.usefixtures("plain_environment")

FILE = "train-images-idx3-ubyte.gz"


@pytest.fixture
def digits(tmp_path, monkeypatch, cache):
    """Images in the form of MNIST's, in a folder of one's own and known to the registry."""
    pixels = np.random.default_rng(5).integers(0, 256, (10_050, 28, 28), dtype=np.uint8)
    header = b"".join(number.to_bytes(4, "big") for number in (2051, *pixels.shape))
    content = gzip.compress(header + pixels.tobytes(), compresslevel=1, mtime=0)
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / FILE).write_bytes(content)
    registry = tmp_path / "registry.toml"
    registry.write_text(
        f"""
        [handwritten_digits]
        title = "handwritten digits"
        contents = "made for a test"
        licence = "none"
        citation = "none"
        [[handwritten_digits.files]]
        name = "{FILE}"
        loader = "load_lnp"
        copies = [{{ origin = "here", hash = "sha256:{hashlib.sha256(content).hexdigest()}" }}]
        """
    )
    monkeypatch.setattr(recordings, "_REGISTRY", registry)
    monkeypatch.setenv("NEUROCOURSE_DATA_DIR", str(folder))
    return pixels


@pytest.mark.parametrize("stimulus", ["white_noise", "natural_scenes"])
def test_images_counts_and_filter_have_their_shapes_and_types(stimulus):
    data = load_lnp(stimulus, source="simulated")
    assert data.images.shape == (10_000, 100)
    assert data.images.dtype == np.float64
    assert data.spike_counts.shape == (10_000,)
    assert np.issubdtype(data.spike_counts.dtype, np.signedinteger)
    assert data.true_filter.shape == (10, 10)
    assert data.images.mean() == pytest.approx(0, abs=0.005)
    assert data.source == "simulated"


def test_photographs_need_no_network_and_give_no_notice(monkeypatch, capsys):
    monkeypatch.setattr(recordings, "obtain", lambda *_: pytest.fail("somebody was asked for a file"))
    for source in (None, "auto", "simulated"):
        assert load_lnp("natural_scenes", source).pictures == "photographs"
    assert load_lnp("white_noise", "recorded").pictures == "white noise"
    assert capsys.readouterr().out == ""


def test_every_patch_is_cut_from_a_photograph():
    from sklearn.datasets import load_sample_images

    data = load_lnp("natural_scenes", source="simulated")
    photographs = [image[::2, ::2].mean(axis=2) / 255 for image in load_sample_images().images]
    for patch in data.images[:3].reshape(-1, 10, 10):
        found = []
        for photograph in photographs:
            windows = np.lib.stride_tricks.sliding_window_view(photograph, (10, 10))
            differences = windows - patch
            found.append(np.ptp(differences.reshape(-1, 100), axis=1).min())
        assert min(found) < 1e-12  # but for a constant, the mean that was taken off


def test_neighbouring_pixels_are_alike_in_scenes_and_not_in_noise():
    def resemblance(stimulus):
        images = load_lnp(stimulus, source="simulated").images
        return np.corrcoef(images[:, 44], images[:, 45])[0, 1]

    assert resemblance("natural_scenes") > 0.9
    assert abs(resemblance("white_noise")) < 0.05


def test_the_same_data_come_at_every_call():
    for stimulus in ("white_noise", "natural_scenes"):
        one, other = (load_lnp(stimulus, source="simulated") for _ in range(2))
        np.testing.assert_array_equal(one.images, other.images)
        np.testing.assert_array_equal(one.spike_counts, other.spike_counts)


def test_digits_are_the_centre_of_the_first_images_every_second_pixel(digits):
    data = load_lnp("natural_scenes", source="recorded")
    expected = np.array([image[4:24:2, 4:24:2].ravel() for image in digits[:10_000]]) / 255
    np.testing.assert_allclose(data.images, expected - expected.mean(), atol=1e-12)
    assert (data.source, data.pictures) == ("recorded", "handwritten digits")
    assert data.spike_counts.shape == (10_000,)


def test_the_environment_can_ask_for_digits(digits, monkeypatch):
    monkeypatch.setenv("NEUROCOURSE_DATA", "recorded")
    assert load_lnp("natural_scenes").pictures == "handwritten digits"


def test_digits_that_cannot_be_had_are_an_error(register, cache, server):
    server.behaviours = ["refuse"]
    register(server.url)
    path = recordings._REGISTRY
    path.write_text(path.read_text().replace("RGCdata.mat", FILE))
    message = f"{FILE} could not be downloaded (127.0.0.1 answered 503)"
    with pytest.raises(RecordingUnavailable, match=f"^{re.escape(message)}$"):
        load_lnp("natural_scenes", source="recorded")


def test_digits_with_a_wrong_hash_are_refused(digits, tmp_path):
    (tmp_path / "own" / FILE).write_bytes(b"something else")
    with pytest.raises(RecordingDamaged, match="is not the recording"):
        load_lnp("natural_scenes", source="recorded")


def test_a_stimulus_or_source_that_does_not_exist_is_refused():
    message = "stimulus must be one of white_noise, natural_scenes, got 'noise'"
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        load_lnp("noise")
    message = "source must be one of auto, recorded, simulated, got 'twin'"
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        load_lnp("white_noise", source="twin")
