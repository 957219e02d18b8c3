"""Choice trials of tutorial 3: twin, loader, ready-made code, figures, widget, challenge mode."""

import hashlib
import time

import matplotlib
import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_score

matplotlib.use("agg")
import matplotlib.pyplot as plt

from neurocourse import challenge, checks, datasets, decoding, plots, recordings, simulate, widgets
from neurocourse.simulate import choices as twin

pytestmark = pytest.mark.usefixtures("plain_environment")

SEEDS = range(5)
FILE = "W1D4_steinmetz_data.npz"


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    plt.close("all")


@pytest.fixture(scope="module", params=SEEDS)
def session(request):
    return simulate.simulate_choices(np.random.default_rng(request.param))


# The twin


def test_the_twin_has_the_shapes_of_the_recording_and_normalised_rates(session):
    spikes, choices, tuning = session
    assert spikes.shape == (simulate.CHOICE_N_TRIALS, simulate.CHOICE_N_NEURONS) == (276, 691)
    assert choices.shape == (276,)
    assert tuning.shape == (691,)
    assert spikes.min() == 0
    np.testing.assert_array_equal(spikes.max(axis=0), 1)
    np.testing.assert_array_equal(np.unique(choices), [0, 1])


def test_a_minority_of_neurons_is_tuned_and_both_choices_have_their_neurons(session):
    _, choices, tuning = session
    assert 0.08 < np.mean(tuning != 0) < 0.17
    assert 0.3 < np.mean(tuning[tuning != 0] > 0) < 0.7
    assert 0.4 < choices.mean() < 0.6


def test_tuned_neurons_follow_the_choice_and_others_do_not(session):
    spikes, choices, tuning = session
    ratio = np.log(spikes[choices == 1].mean(axis=0) / spikes[choices == 0].mean(axis=0))
    tuned = tuning != 0
    assert np.corrcoef(ratio[tuned], tuning[tuned])[0, 1] > 0.6
    assert abs(ratio[~tuned].mean()) < 0.05


def test_most_shared_variability_has_nothing_to_do_with_the_choice(session):
    spikes, choices, _ = session
    components = decoding.rotate(spikes)
    share = components.var(axis=0) / components.var(axis=0).sum()
    assert share[:4].sum() > 0.15  # of 275 components
    assert share[3] > 1.5 * share[4]  # four factors stand out
    for component in components[:, :4].T:
        assert abs(np.corrcoef(component, choices)[0, 1]) < 0.35


def test_the_shared_factors_drift_slowly(session):
    first = decoding.rotate(session[0])[:, 0]
    assert np.corrcoef(first[:-1], first[1:])[0, 1] > 0.6


def test_a_decoder_is_perfect_on_training_trials_and_moderate_on_others(session):
    spikes, choices, _ = session
    model = LogisticRegression(max_iter=1000)
    rotated = decoding.rotate(spikes)
    folds = StratifiedKFold(8, shuffle=True, random_state=0)
    assert model.fit(rotated, choices).score(rotated, choices) == 1
    assert 0.63 < cross_val_score(model, rotated, choices, cv=folds).mean() < 0.82


def test_counts_are_poisson_around_the_rate_of_the_models_equation(monkeypatch):
    monkeypatch.setattr(twin, "_SHARED_SD", 0.0)
    monkeypatch.setattr(twin, "_TUNED_FRACTION", 0.0)
    spikes, _, _ = simulate.simulate_choices(np.random.default_rng(8))
    # A normalised rate r = n / m has mean b / m and variance b / m^2; 1 / m is its smallest step.
    step = np.array([np.diff(np.unique(rates)).min() for rates in spikes.T])
    counts = spikes / step
    dispersion = counts.var(axis=0, ddof=1) / counts.mean(axis=0)
    assert np.median(dispersion) == pytest.approx(1, abs=0.03)


def test_the_same_generator_state_gives_the_same_session_and_a_second_call_another():
    rng = np.random.default_rng(3)
    first, second = simulate.simulate_choices(rng), simulate.simulate_choices(rng)
    again = simulate.simulate_choices(np.random.default_rng(3))
    np.testing.assert_array_equal(first[0], again[0])
    assert not np.array_equal(first[1], second[1])


def test_the_twin_takes_less_than_a_second():
    started = time.process_time()
    simulate.simulate_choices(np.random.default_rng(0))
    assert time.process_time() - started < 1


# The loader


@pytest.fixture
def recorded(tmp_path, monkeypatch):
    """A file laid out like the recording, in a folder of one's own, with its hash in the registry."""
    spikes, choices, _ = simulate.simulate_choices(np.random.default_rng(99))
    path = tmp_path / FILE
    np.savez(path, spikes=spikes.astype(np.float32), choices=choices.astype(float))
    digest = hashlib.md5(path.read_bytes()).hexdigest()
    text = (recordings._PACKAGE / "registry.toml").read_text()
    registry = tmp_path / "registry.toml"
    registry.write_text(text.replace("d19716354fed0981267456b80db07ea8", digest))
    monkeypatch.setattr(recordings, "_REGISTRY", registry)
    monkeypatch.setenv("NEUROCOURSE_DATA_DIR", str(tmp_path))
    return spikes, choices


def test_a_recording_is_read(recorded, capsys):
    data = datasets.load_choices(source="recorded")
    assert data.source == "recorded"
    assert data.true_tuning is None
    np.testing.assert_allclose(data.spikes, recorded[0], rtol=1e-6)
    np.testing.assert_array_equal(data.choices, recorded[1])
    assert capsys.readouterr().out == ""


def test_recording_and_twin_have_the_same_types(recorded):
    both = [datasets.load_choices(source) for source in ("recorded", "simulated")]
    for data in both:
        assert data.spikes.dtype == np.float64
        assert np.issubdtype(data.choices.dtype, np.signedinteger)
        assert data.spikes.shape == (276, 691)
        assert data.choices.shape == (276,)


def test_another_file_under_that_name_is_refused(recorded, tmp_path):
    np.savez(tmp_path / FILE, spikes=np.ones((2, 2)), choices=np.ones(2))
    with pytest.raises(recordings.RecordingDamaged, match="is not the recording"):
        datasets.load_choices()


def test_the_twin_is_the_same_at_every_call_and_brings_its_tuning():
    first, second = (datasets.load_choices(source="simulated") for _ in range(2))
    np.testing.assert_array_equal(first.spikes, second.spikes)
    assert first.source == "simulated"
    assert first.true_tuning.shape == (691,)


# Ready-made decoding code


def test_the_gradient_is_that_of_the_loss():
    rng = np.random.default_rng(0)
    X, y, theta = rng.normal(size=(20, 4)), rng.integers(0, 2, 20), rng.normal(size=4)

    def loss(t):
        return np.logaddexp(0, X @ t).sum() - y @ (X @ t)

    numeric = [(loss(theta + step) - loss(theta - step)) / 2e-6 for step in 1e-6 * np.eye(4)]
    np.testing.assert_allclose(decoding.loss_gradient(theta, X, y), numeric, atol=1e-6)


def test_probabilities_do_not_overflow():
    h = decoding.choice_probabilities([1.0], [[-1000.0], [0.0], [1000.0]])
    np.testing.assert_array_equal(h, [0, 0.5, 1])


@pytest.mark.parametrize("shape", [(8, 30), (30, 8)])
def test_rotated_rows_keep_their_distances_and_have_no_more_columns_than_needed(shape):
    X = np.random.default_rng(1).normal(size=shape) + 3
    Z = decoding.rotate(X)
    assert Z.shape == (shape[0], min(shape))
    distances = [np.linalg.norm(rows[:, None] - rows[None], axis=2) for rows in (X, Z)]
    np.testing.assert_allclose(*distances, atol=1e-10)


def test_a_fit_predicts_the_same_from_rotated_rates():
    spikes, choices, _ = simulate.simulate_choices(np.random.default_rng(2))
    rotated = decoding.rotate(spikes)
    predictions = [
        LogisticRegression(max_iter=10_000, tol=1e-8).fit(X[:220], choices[:220]).predict_proba(X[220:])
        for X in (spikes, rotated)
    ]
    np.testing.assert_allclose(*predictions, atol=2e-4)


def test_a_weaker_penalty_means_larger_weights_and_training_accuracy():
    spikes, choices, _ = simulate.simulate_choices(np.random.default_rng(2))
    parts = (spikes[:220], choices[:220], spikes[220:], choices[220:])
    weak, strong = decoding.fit_regularised(*parts, 1.0), decoding.fit_regularised(*parts, 0.001)
    assert np.abs(weak.weights).sum() > 10 * np.abs(strong.weights).sum()
    assert weak.train_accuracy == 1
    assert strong.train_accuracy < 0.9
    direct = LogisticRegression(C=1.0, max_iter=10_000).fit(*parts[:2])
    assert weak.test_accuracy == pytest.approx(direct.score(*parts[2:]), abs=0.02)


# Challenge mode


def solve(X, y, X_new):
    model = LogisticRegression(C=1e6, fit_intercept=False, max_iter=5000).fit(X, y)
    return model.coef_[0], model.predict_proba(X_new)[:, 1]


def stub(*_):
    raise NotImplementedError


def broken(*_):
    raise ValueError("wrong")


def test_a_right_challenge_is_met_on_data_of_any_seed():
    for seed in SEEDS:
        challenge.check_challenge(solve, seed)


def test_a_step_is_skipped_only_if_it_is_unfilled_and_the_challenge_is_met():
    assert challenge.skips(stub, (), solve)
    assert not challenge.skips(stub, (), stub)
    assert not challenge.skips(stub, (), broken)
    assert not challenge.skips(stub, (), lambda *data: (None, None))
    assert not challenge.skips(lambda: 1, (), solve)
    assert not challenge.skips(broken, (), solve)


@pytest.mark.parametrize(
    ("answer", "hint"),
    [
        (lambda X, y, N: None, "should return two things: theta_hat, h_new."),
        (lambda X, y, N: (-solve(X, y, N)[0], 0), "The sign is turned round"),
        (lambda X, y, N: (solve(X, y, N)[0], 1 - solve(X, y, N)[1]), "These are probabilities of y = 0."),
        (lambda X, y, N: (solve(X, y, N)[0], solve(X, y, X)[1]), "Predict the rows of X_new"),
        (lambda X, y, N: (np.zeros(X.shape[1]), 0), "The minimiser never left its start."),
        (lambda X, y, N: (solve(X, y, N)[0], solve(X, y, N)[1].round(2)), "do not round or limit it"),
    ],
    ids=["nothing", "sign", "of zero", "of X", "start", "rounded"],
)
def test_a_wrong_challenge_gets_its_hint(answer, hint):
    with pytest.raises(checks.CheckFailed, match=hint):
        challenge.check_challenge(answer, 0)


# Figures and widgets

RNG = np.random.default_rng(11)
RATES, LABELS = RNG.random((30, 12)), RNG.integers(0, 2, 30)
PATH = [decoding.RegularisedFit(C, np.array([-C, C]), 0.9, 0.6) for C in (0.01, 0.1, 1.0)]
PLOTS = {
    "rates_and_choices": lambda **o: plots.plot_rates_and_choices(RATES, LABELS, **o),
    "choice_probabilities": lambda **o: plots.plot_choice_probabilities(
        {"a": RNG.random(30)}, {"a": LABELS}, **o
    ),
    "accuracy_histograms": lambda **o: plots.plot_accuracy_histograms(
        {"shuffled": [0.5, 0.6]}, {"true": 0.7}, **o
    ),
    "regularisation": lambda **o: plots.plot_regularisation(PATH, PATH[:1], **o),
    "clusters": lambda **o: plots.plot_clusters(RATES[:, :2], LABELS, RATES[:2, :2], **o),
}


def words_in(result):
    figure = getattr(result, "figure", None) or result
    figure.canvas.draw()
    return [text.get_text() for text in figure.findobj(matplotlib.text.Text) if text.get_text()]


@pytest.mark.parametrize("plot", PLOTS.values(), ids=PLOTS)
def test_a_plot_of_a_twin_says_so_and_one_of_a_recording_does_not(plot):
    said = "simulated twin, not a recording"
    assert any(said in text for text in words_in(plot(source="simulated")))
    assert not any(said in text for text in words_in(plot(source="recorded")))


def test_the_first_neurons_are_columns_not_rows():
    figure = plots.plot_rates_and_choices(RATES, LABELS, n_neurons=5)
    image = figure.axes[1].images[0].get_array()
    np.testing.assert_array_equal(image, RATES[:, :5])
    assert "the first 5" in figure.axes[1].get_xlabel()


def test_every_trial_is_drawn_once_with_its_choice():
    h = np.array([0.9, 0.1, 0.6, 0.4])
    figure = plots.plot_choice_probabilities({"t": h}, {"t": [1, 0, 0, 0]})
    zeros, ones = figure.axes[0].lines[:2]
    np.testing.assert_array_equal(zeros.get_ydata(), [0.1, 0.4, 0.6])
    np.testing.assert_array_equal(ones.get_ydata(), [0.9])
    assert figure.axes[0].get_title(loc="left") == "t: 75% correct"


def test_the_histogram_counts_every_shuffle():
    ax = plots.plot_accuracy_histograms({"s": [0.5, 0.5, 0.61, 1.0]}, {"t": 0.7})
    assert sum(bar.get_height() for bar in ax.patches) == 4


def test_the_widget_draws_the_ends_of_its_slider_and_its_range_shows_something():
    spikes, choices, _ = simulate.simulate_choices(np.random.default_rng(2))
    parts = (spikes[:220], choices[:220], spikes[220:], choices[220:])
    path = widgets.regularisation._path(parts)
    assert path[0].train_accuracy < 0.8
    assert path[-1].train_accuracy == 1
    assert max(fit.test_accuracy for fit in path) > path[0].test_accuracy + 0.1
    for end in (widgets.regularisation._LOWEST, widgets.regularisation._HIGHEST):
        left, right = widgets.draw_regularisation(parts, path, end).axes
        assert left.get_title(loc="left").startswith("training ")
        assert len(right.lines[0].get_ydata()) == 691


def test_the_widget_moves_and_describes_its_picture(monkeypatch):
    import ipywidgets

    monkeypatch.setenv("NEUROCOURSE_QUICK", "1")
    spikes, choices, _ = simulate.simulate_choices(np.random.default_rng(2))
    parts = (spikes[:220], choices[:220], spikes[220:], choices[220:])
    path = widgets.regularisation._path(parts)
    slider, picture = widgets.regularisation._controls(ipywidgets, parts, path, "recorded").children
    assert "the weights for C = 1." in picture.value
    slider.value = -2
    assert "the weights for C = 0.01." in picture.value
    assert plt.get_fignums() == []
