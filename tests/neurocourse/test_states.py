"""Tutorial 4's simulated network: the model's law, the loader, figures and widget."""

import re

import matplotlib
import numpy as np
import pytest

matplotlib.use("agg")
import matplotlib.pyplot as plt

from neurocourse import datasets, plots, simulate, widgets
from neurocourse.simulate import PoissonHMM, draw_poisson_hmm, simulate_poisson_hmm

SEEDS = range(5)
WIDGET = "application/vnd.jupyter.widget-view+json"
DT = 0.01
STATES = np.array([0, 0, 0, 1, 1, 3, 3, 3, 3, 0])
SPIKES = np.random.default_rng(11).poisson(0.5, (6, 10, 2))
BELIEF = np.random.default_rng(12).dirichlet(np.ones(4), 10)


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    plt.close("all")


@pytest.mark.parametrize("seed", SEEDS)
def test_the_network_has_the_parameters_of_the_tutorial(seed):
    network = draw_poisson_hmm(np.random.default_rng(seed))
    np.testing.assert_allclose(network.psi, np.array([1, 2, 3]) / 6)
    np.testing.assert_allclose(network.A.sum(axis=1), 1)
    off_diagonal = network.A[~np.eye(3, dtype=bool)]
    assert np.all((off_diagonal >= 0) & (off_diagonal <= 3 * 0.002))
    assert np.all(np.diag(network.A) > 0.98)
    assert (network.L.shape, network.dt) == ((5, 3), 0.002)
    np.testing.assert_allclose(network.L[[0, 1, 4]], [[1, 40, 18.5], [50, 35, 5], [7.5, 10, 42.5]])


@pytest.mark.parametrize("seed", SEEDS)
def test_first_states_transitions_and_rates_follow_the_model(seed):
    rng = np.random.default_rng(seed)
    A = np.array([[0.7, 0.3, 0.0], [0.05, 0.8, 0.15], [0.3, 0.2, 0.5]])
    network = PoissonHMM(np.array([0.2, 0.3, 0.5]), A, np.array([[1.0, 5, 20], [30, 2, 9]]), dt=0.1)
    states, spikes = simulate_poisson_hmm(rng, network, 3000, 12)
    np.testing.assert_allclose(np.bincount(states[:, 0]) / 3000, network.psi, atol=0.03)
    for bins in (slice(0, 2), slice(-2, None)):  # as many changes at the end of a trial as at its beginning
        moves = np.zeros((3, 3))
        np.add.at(moves, (states[:, bins][:, 0], states[:, bins][:, 1]), 1)
        np.testing.assert_allclose(moves / moves.sum(axis=1, keepdims=True), A, atol=0.06)
    for state in range(3):
        there = spikes[states == state]
        np.testing.assert_allclose(there.mean(axis=0), network.L[:, state] * 0.1, rtol=0.08)
        np.testing.assert_allclose(there.var(axis=0), network.L[:, state] * 0.1, rtol=0.12)


def test_a_state_that_is_never_left_fills_the_trial_and_one_that_always_is_lasts_a_bin():
    rates = np.ones((1, 2))
    stay = PoissonHMM(np.array([0.0, 1.0]), np.eye(2), rates)
    np.testing.assert_array_equal(simulate_poisson_hmm(np.random.default_rng(1), stay, 2, 5)[0], 1)
    swap = PoissonHMM(np.array([1.0, 0.0]), np.eye(2)[::-1], rates)
    np.testing.assert_array_equal(
        simulate_poisson_hmm(np.random.default_rng(1), swap, 1, 5)[0], [[0, 1, 0, 1, 0]]
    )


def test_a_transition_leads_from_the_first_index_to_the_second():
    cycle = PoissonHMM(np.array([1.0, 0, 0]), np.array([[0, 1.0, 0], [0, 0, 1], [1, 0, 0]]), np.ones((1, 3)))
    np.testing.assert_array_equal(
        simulate_poisson_hmm(np.random.default_rng(1), cycle, 1, 4)[0], [[0, 1, 2, 0]]
    )


def test_the_same_seed_gives_the_same_trials_and_another_seed_others():
    def states(seed, n_trials):
        rng = np.random.default_rng(seed)
        return simulate_poisson_hmm(rng, draw_poisson_hmm(np.random.default_rng(0)), n_trials, 500)[0]

    np.testing.assert_array_equal(states(1, 6), states(1, 6))
    np.testing.assert_array_equal(states(1, 6)[:3], states(1, 3))
    assert np.mean(states(1, 6) != states(2, 6)) > 0.2


def test_the_loader_gives_trials_frozen_trials_and_the_truth():
    data = datasets.load_spiking_states(n_trials=30, n_bins=200)
    assert data.spikes.shape == (30, 200, 5)
    assert data.states.shape == (30, 200)
    assert data.frozen_spikes.shape == (20, 200, 5)
    assert data.frozen_states.shape == (200,)
    assert (data.psi.shape, data.A.shape, data.L.shape) == ((3,), (3, 3), (5, 3))
    assert (data.dt, data.source) == (0.002, "simulated")
    assert np.issubdtype(data.spikes.dtype, np.signedinteger)
    again = datasets.load_spiking_states(n_trials=30, n_bins=200, source="simulated")
    np.testing.assert_array_equal(data.spikes, again.spikes)


def test_frozen_trials_share_their_states_and_not_their_noise():
    data = datasets.load_spiking_states(n_trials=1)
    assert len(np.unique(data.frozen_states)) == 3
    assert not np.array_equal(data.frozen_spikes[0], data.frozen_spikes[1])
    for state in range(3):
        rates = data.frozen_spikes[:, data.frozen_states == state].mean(axis=(0, 1)) / data.dt
        np.testing.assert_allclose(rates, data.L[:, state], atol=4)


def test_by_default_it_is_300_trials_of_two_seconds():
    data = datasets.load_spiking_states()
    assert data.spikes.shape == (300, 1000, 5)


def test_an_environment_that_asks_for_recordings_is_content_with_this_simulation(monkeypatch):
    monkeypatch.setenv("NEUROCOURSE_DATA", "recorded")
    assert datasets.load_spiking_states(n_trials=1, n_bins=10).source == "simulated"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            {"source": "recorded"},
            "source must be 'auto' or 'simulated', got 'recorded': it is simulated",
        ),
        ({"source": "disk"}, "source must be 'auto' or 'simulated', got 'disk'"),
        ({"n_trials": 0}, "n_trials must be an integer from 1 to 10000, got 0"),
        ({"n_bins": 2.5}, "n_bins must be an integer from 2 to 100000, got 2.5"),
    ],
    ids=["recorded", "unknown source", "no trials", "part of a bin"],
)
def test_data_that_do_not_exist_are_refused(arguments, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        datasets.load_spiking_states(**arguments)


def shaded(ax):
    """Return where each background patch of `ax` begins and ends, and its colour."""
    return [(p.get_x(), p.get_x() + p.get_width(), p.get_facecolor()[:3]) for p in ax.patches]


def test_the_background_changes_at_the_edge_of_the_bin_in_which_the_state_does():
    ax = plots.plot_state_raster(SPIKES, STATES, DT)
    edges = [(round(first, 9), round(last, 9)) for first, last, _ in shaded(ax)]
    assert edges == [(0, 0.03), (0.03, 0.05), (0.05, 0.09), (0.09, 0.1)]
    colors = [color for *_, color in shaded(ax)]
    assert colors[0] == colors[3] != colors[1] != colors[2]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == [f"state {k}" for k in range(4)]


def test_every_spike_stands_in_its_bin_and_in_the_band_of_its_cell():
    spikes = np.zeros((4, 10, 3), dtype=int)
    spikes[2, 7, 1] = 1
    ax = plots.plot_state_raster(spikes, STATES, DT)
    drawn = [line.get_xydata() for line in ax.lines if len(line.get_xdata())]
    np.testing.assert_allclose(np.concatenate(drawn), [[0.075, 1 + 2.5 / 4]])


@pytest.mark.parametrize("n_states", [1, 2, 3, 5, 8])
def test_figures_take_any_number_of_states(n_states):
    rng = np.random.default_rng(n_states)
    states = rng.integers(0, n_states, (4, 10))
    states[0, 0] = n_states - 1
    belief = rng.dirichlet(np.ones(n_states), 10)
    A = rng.dirichlet(np.ones(n_states), n_states)
    plots.plot_state_raster(SPIKES, states[0], DT).figure.canvas.draw()
    plots.plot_state_sequences({"a": states, "b": states[:2]}, DT).canvas.draw()
    plots.plot_dwell_times(states, A, DT).figure.canvas.draw()
    plots.plot_beliefs({"a": belief, "b": belief}, states[0], DT).canvas.draw()
    plots.plot_rate_match({"a": rng.random((2, n_states))}, rng.random((2, n_states))).canvas.draw()
    assert len(plt.get_fignums()) == 5


def test_state_strips_show_each_state_in_its_colour():
    figure = plots.plot_state_sequences({"a": [[0, 1, 2]]}, DT)
    image = figure.axes[0].images[0]
    colors = image.to_rgba(image.get_array())[0, :, :3]
    expected = [matplotlib.colors.to_rgb(f"C{k}") for k in range(3)]
    np.testing.assert_allclose(colors, expected, atol=1 / 255)


def test_dwell_times_count_visits_that_outlast_a_time_and_know_which_were_cut_off():
    states = [[0, 0, 1, 0, 0, 0, 1, 1]]  # visits to 0: 2 and 3 bins; to 1: 1 bin, and 2 that the end cuts off
    ax = plots.plot_dwell_times(states, [[0.5, 0.5], [0.2, 0.8]], DT)
    of_state = {line.get_label(): line.get_ydata() for line in ax.lines}
    np.testing.assert_allclose(of_state["state 0"], [1, 1, 0.5, 0])
    np.testing.assert_allclose(of_state["state 1"], [1, 0.5, 0.5])


def test_beliefs_stand_in_the_middle_of_their_bins():
    figure = plots.plot_beliefs({"a": BELIEF}, STATES, DT)
    time, value = figure.axes[0].lines[3].get_data()
    np.testing.assert_allclose(time, DT * (np.arange(10) + 0.5))
    np.testing.assert_array_equal(value, BELIEF[:, 3])


def test_the_likelihood_starts_at_epoch_0():
    ax = plots.plot_likelihood_by_epoch([-3.0, -2.0, -1.5], truth=-1.4)
    np.testing.assert_array_equal(ax.lines[0].get_xdata(), [0, 1, 2])
    np.testing.assert_array_equal(ax.lines[1].get_ydata(), [-1.4, -1.4])


def test_bounds_mark_the_old_and_the_new_parameters():
    positions = [-0.5, 0, 0.5, 1, 1.5]
    figure = plots.plot_bounds(positions, [[1, 2, 3, 4, 5]] * 2, [[0, 2, 2.5, 3, 2]] * 2)
    assert len(figure.axes) == 2
    marks = {line.get_label(): line.get_xydata().tolist() for line in figure.axes[0].lines}
    assert (marks["old"], marks["new"]) == ([[0, 2]], [[1, 4]])


def test_bounds_of_many_epochs_stand_in_rows_of_four():
    figure = plots.plot_bounds([0, 1], [[1, 2]] * 6, [[1, 1.5]] * 6)
    titles = [ax.get_title(loc="left") for ax in figure.axes]
    assert titles == [f"epoch {number} to {number + 1}" for number in range(6)]
    assert figure.axes[0].get_subplotspec().get_geometry()[:2] == (2, 4)


def test_each_transition_rate_has_a_row_with_its_label_and_is_in_hz():
    true, learnt = [[0.9, 0.04, 0.06], [0.02, 0.97, 0.01], [0.03, 0, 0.97]], np.full((3, 3), 1 / 3)
    ax = plots.plot_transition_rates(learnt, true, DT)
    rows = {line.get_label(): line.get_xdata() for line in ax.lines}
    np.testing.assert_allclose(rows["true"], [4, 6, 2, 1, 3, 0])
    np.testing.assert_allclose(rows["learnt"], [100 / 3] * 6)
    labels = [label.get_text().removeprefix("from ") for label in ax.get_yticklabels()]
    assert labels == ["0 to 1", "0 to 2", "1 to 0", "1 to 2", "2 to 0", "2 to 1"]


def test_the_number_of_states_has_a_tick_each():
    ax = plots.plot_likelihood_by_n_states(range(1, 4), [1, 2, 3], [1, 2, 1.5])
    assert ax.get_xticks().tolist() == [1, 2, 3]


@pytest.fixture
def material():
    beliefs = [np.stack([BELIEF, BELIEF[::-1]]) for _ in range(4)]
    return SPIKES[:2], np.stack([STATES, STATES]), beliefs, DT, [-4.0, -3.0, -2.5, -2.4]


def test_the_widget_draws_the_chosen_trial_at_the_chosen_epochs(material):
    figure = widgets.draw_epochs(*material, trial=1, epochs=[0, 3])
    assert len(figure.axes) == 3
    np.testing.assert_array_equal(figure.axes[1].lines[0].get_ydata(), BELIEF[::-1][:, 0])
    assert figure.axes[2].get_title(loc="left") == "epoch 3: -2.4 nats per second"


def test_moving_the_slider_draws_another_epoch_with_its_description(material):
    import ipywidgets

    controls = widgets.epochs._controls(ipywidgets, material)
    (trial_choice, epoch_choice), picture = controls.children[0].children, controls.children[1]
    assert (
        'alt="Spikes of trial 0 over its true states, and beliefs about the states at epoch 0."'
        in picture.value
    )
    trial_choice.value, epoch_choice.value = 1, 3
    assert "Spikes of trial 1" in picture.value
    assert "at epoch 3" in picture.value
    assert plt.get_fignums() == []


@pytest.mark.parametrize("quick", [False, True])
def test_a_live_page_gets_the_widget_and_quick_mode_the_picture(material, quick, monkeypatch):
    from IPython import display

    outputs = []
    monkeypatch.setattr(display, "display", lambda data, raw, metadata: outputs.append((data, metadata)))
    monkeypatch.setenv("NEUROCOURSE_QUICK", str(int(quick)))
    widgets.explore_epochs(*material)
    ((data, metadata),) = outputs
    assert data["image/png"].startswith(b"\x89PNG")
    assert "probabilities of the states" in metadata["image/png"]["alt"]
    assert (WIDGET in data) is not quick
    assert plt.get_fignums() == []


def test_a_progress_bar_gives_the_items_and_stays_away_from_short_loops(capsys, monkeypatch):
    monkeypatch.delenv("NEUROCOURSE_QUICK", raising=False)
    assert list(widgets.progress(range(4), "count")) == [0, 1, 2, 3]
    assert capsys.readouterr() == ("", "")
    monkeypatch.setattr(
        widgets.progress.__globals__["sys"].modules["neurocourse.widgets.progress"], "_PATIENCE", 0
    )
    assert list(widgets.progress(range(4), "count")) == [0, 1, 2, 3]
    printed = capsys.readouterr()
    assert "count" in printed.out
    assert printed.err == ""


def test_in_quick_mode_there_is_no_bar(monkeypatch):
    monkeypatch.setenv("NEUROCOURSE_QUICK", "1")
    assert widgets.progress([1, 2], "count") == [1, 2]
    assert simulate.HMM_DT == 0.002
