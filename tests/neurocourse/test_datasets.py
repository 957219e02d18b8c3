import re
from pathlib import Path

import numpy as np
import pytest

from neurocourse import simulate
from neurocourse.datasets import load_rgc
from neurocourse.recordings import RecordingDamaged

pytestmark = pytest.mark.usefixtures("plain_environment")

RECORDED = Path(__file__).parents[3] / "shared" / "data"
needs_recording = pytest.mark.skipif(
    not (RECORDED / "RGCdata.mat").is_file(), reason="the recording RGCdata.mat is not at hand"
)


def test_the_recording_is_downloaded_and_read(server, register, cache, capsys):
    register(server.url)
    data = load_rgc(cell=1, n_bins=500)
    stim, spikes = simulate.simulate_rgc(np.random.default_rng(99), cell=1)  # what the file was made of
    assert data.source == "recorded"
    assert data.true_filter is None
    assert data.dt == 0.0083406
    np.testing.assert_array_equal(data.stim, stim[:500])
    np.testing.assert_array_equal(data.spikes, spikes[:500])
    assert capsys.readouterr().out == ""


def test_recordings_and_twins_have_the_same_types(server, register, cache):
    register(server.url)
    recorded, simulated = load_rgc(n_bins=50), load_rgc(n_bins=50, source="simulated")
    for data in (recorded, simulated):
        assert data.stim.dtype == np.float64
        assert np.issubdtype(data.spikes.dtype, np.signedinteger)  # so that differences cannot wrap round
        assert type(data.dt) is float
        assert data.stim.shape == data.spikes.shape == (50,)
    assert recorded.spikes.dtype == simulated.spikes.dtype


def test_a_refused_download_gives_the_twin_and_a_notice(server, register, cache, capsys):
    server.behaviours = ["refuse"]
    register(server.url)
    data = load_rgc(n_bins=100)
    assert data.source == "simulated"
    np.testing.assert_array_equal(data.spikes, load_rgc(n_bins=100, source="simulated").spikes)
    assert capsys.readouterr().out == (
        "Using the simulated twin of the recording (retinal ganglion cells): "
        "RGCdata.mat could not be downloaded (127.0.0.1 answered 503).\n"
    )


def test_a_wrong_file_is_never_replaced_by_the_twin(server, register, cache):
    server.behaviours = ["alter"]
    register(server.url)
    with pytest.raises(RecordingDamaged):
        load_rgc()


def test_the_twin_brings_its_true_filter(capsys):
    for cell in range(4):
        data = load_rgc(cell=cell, n_bins=10, source="simulated")
        np.testing.assert_array_equal(data.true_filter, simulate.RGC_CELLS[cell].filter)
        assert data.dt == 0.0083406
    assert capsys.readouterr().out == ""


def test_the_twin_is_the_same_at_every_call_and_cells_differ():
    cells = [load_rgc(cell, source="simulated") for cell in range(4)]
    again = load_rgc(cell=2, source="simulated")
    np.testing.assert_array_equal(again.stim, cells[2].stim)
    np.testing.assert_array_equal(again.spikes, cells[2].spikes)
    for cell in (0, 1, 3):
        np.testing.assert_array_equal(cells[cell].stim, again.stim)
        assert np.mean(cells[cell].spikes != again.spikes) > 0.1


def test_by_default_it_is_20000_bins_of_cell_2():
    data = load_rgc(source="simulated")
    longer = load_rgc(cell=2, n_bins=144_051, source="simulated")
    assert longer.stim.shape == (144_051,)
    np.testing.assert_array_equal(data.stim, longer.stim[:20_000])
    np.testing.assert_array_equal(data.spikes, longer.spikes[:20_000])


def test_the_twin_fires_at_the_rate_of_the_recording():
    data = load_rgc(source="simulated")
    assert data.spikes.mean() / data.dt == pytest.approx(42.5, abs=1)


@pytest.mark.parametrize("cell", [-1, 4, 2.0, "2", None])
def test_a_cell_that_does_not_exist_is_refused(cell):
    message = f"cell must be an integer from 0 to 3, got {cell!r}"
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        load_rgc(cell=cell, source="simulated")


@pytest.mark.parametrize("n_bins", [0, -5, 144_052, 2e4])
def test_a_number_of_bins_that_does_not_exist_is_refused(n_bins):
    message = f"n_bins must be an integer from 1 to 144051, got {n_bins!r}"
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        load_rgc(n_bins=n_bins, source="simulated")


def test_numpy_integers_are_integers():
    assert load_rgc(np.int8(3), np.int64(7), "simulated").stim.shape == (7,)


@needs_recording
def test_the_recording_is_what_the_tutorial_says_of_it(monkeypatch):
    monkeypatch.setenv("NEUROCOURSE_DATA_DIR", str(RECORDED))
    data = load_rgc()
    assert data.source == "recorded"
    assert data.dt == pytest.approx(0.0083406, rel=1e-6)
    np.testing.assert_array_equal(np.unique(data.stim), [-0.48, 0.48])
    assert data.stim.shape == data.spikes.shape == (20_000,)
    assert data.spikes.sum() == 7093
    assert data.spikes.mean() / data.dt == pytest.approx(42.5, abs=0.05)


@needs_recording
def test_each_cell_of_the_recording_can_be_had_in_full(monkeypatch):
    monkeypatch.setenv("NEUROCOURSE_DATA_DIR", str(RECORDED))
    cells = [load_rgc(cell, n_bins=144_051, source="recorded") for cell in range(4)]
    assert [len(data.spikes) for data in cells] == [144_051] * 4
    assert [int(data.spikes[:20_000].sum()) for data in cells] == [4225, 3027, 7093, 6401]
