"""Tutorial 3: its lesson on twins of several seeds, challenge mode, peers for its models, old mistakes."""

import json
import tempfile
import time

import numpy as np
import pytest
from IPython.utils.capture import capture_output
from sklearn.cluster import KMeans
from sklearn.linear_model import LogisticRegression

from neurocourse import challenge, checks
from neurocourse.datasets import choices
from tests.notebooks.solved import SOURCE, open_shell, run_solved

TUTORIAL = "03_logistic_decoding/logistic_decoding.ipynb"
SEEDS = (2019, 1, 2, 3, 4)
STEPS = ("transform_inputs", "sigmoid", "compute_h", "logistic_loss")


def plain_environment(patch, **environment):
    for name in ("NEUROCOURSE_DATA", "NEUROCOURSE_DATA_DIR", "NEUROCOURSE_QUICK"):
        patch.delenv(name, raising=False)
    for name, value in {"NEUROCOURSE_DATA": "simulated", **environment}.items():
        patch.setenv(name, value)


@pytest.fixture(scope="module", params=SEEDS, ids="seed {}".format)
def twin(request):
    with pytest.MonkeyPatch.context() as patch:
        plain_environment(patch, NEUROCOURSE_QUICK="1")
        patch.setattr(choices, "_CHOICE_SEED", request.param)
        return run_solved(TUTORIAL)


@pytest.fixture(scope="module")
def full():
    with pytest.MonkeyPatch.context() as patch:
        plain_environment(patch)
        started = time.process_time()
        return run_solved(TUTORIAL), time.process_time() - started


def assert_the_lesson(tutorial):
    assert tutorial["X_train"].shape == (220, 691)
    assert tutorial["train_accuracy"] == 1
    assert tutorial["accuracies"].min() > 0.95
    assert tutorial["cv_accuracy"] > tutorial["cv_shuffled"].max() + 0.03
    assert tutorial["cv_accuracy"] > tutorial["cv_shuffled"].mean() + 3 * tutorial["cv_shuffled"].std()
    assert 0.44 < tutorial["cv_shuffled"].mean() < 0.56
    assert 0.6 < tutorial["cv_accuracy"] < 0.85  # moderate, and far below training accuracy


def test_the_lesson_holds_on_twins(twin):
    assert twin["source"] == "simulated"
    assert_the_lesson(twin)


def test_the_lesson_holds_in_full_size_with_a_thousand_shuffles(full):
    tutorial, seconds = full
    assert_the_lesson(tutorial)
    assert len(tutorial["accuracies"]) == 1000
    assert tutorial["p_value"] == pytest.approx(1 / 101)
    assert 0.6 < tutorial["held_out_accuracy"] < 0.9
    assert seconds < 60


def test_clusters_of_variance_are_not_the_choices(twin):
    assert twin["agreement"] == 1  # with scikit-learn's
    assert twin["matched"] < 0.65


@pytest.fixture(scope="module")
def quick():
    with pytest.MonkeyPatch.context() as patch:
        plain_environment(patch, NEUROCOURSE_QUICK="1")
        return run_solved(TUTORIAL)


def test_quick_mode_makes_the_problem_smaller(quick):
    assert len(quick["accuracies"]) == 50
    assert len(quick["cv_shuffled"]) < 50


def test_training_and_test_trials_are_all_trials_once(quick):
    order = np.concatenate([quick["train"], quick["test"]])
    np.testing.assert_array_equal(np.sort(order), np.arange(276))


def test_true_labels_are_unchanged_by_all_the_shuffling(quick):
    data = choices.load_choices(source="simulated")
    np.testing.assert_array_equal(quick["y"], data.choices)
    np.testing.assert_array_equal(quick["y_train"], data.choices[quick["train"]])
    np.testing.assert_array_equal(quick["X"], data.spikes)


@pytest.mark.parametrize("seed", range(5))
def test_the_fit_agrees_with_scikit_learn(quick, seed):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(300, 6))
    y = (rng.random(300) < quick["compute_h"](rng.normal(size=6), X)).astype(int)
    peer = LogisticRegression(C=1e8, fit_intercept=False, max_iter=10_000, tol=1e-8).fit(X, y)
    np.testing.assert_allclose(quick["fit"](X, y), peer.coef_[0], atol=2e-3)
    assert quick["evaluate_accuracy"](peer.coef_[0], X, y) == pytest.approx(peer.score(X, y))


def test_the_loss_is_the_cross_entropy_of_scikit_learn(quick):
    from sklearn.metrics import log_loss

    rng = np.random.default_rng(5)
    X, y, theta = rng.normal(size=(40, 3)), rng.integers(0, 2, 40), rng.normal(size=3)
    peer = log_loss(y, quick["compute_h"](theta, X), normalize=False)
    assert quick["logistic_loss"](theta, X, y) == pytest.approx(peer)


def test_neither_sigmoid_nor_loss_overflows(quick):
    with np.errstate(all="raise", under="ignore"):
        np.testing.assert_array_equal(quick["sigmoid"](np.array([-1000.0, 0, 1000])), [0, 0.5, 1])
        sure = quick["logistic_loss"](np.array([1000.0]), np.array([[1.0], [-1.0]]), np.array([0, 1]))
    assert sure == 2000


@pytest.mark.parametrize("answer", ["fit", "logistic_regression"])
def test_a_fit_that_does_not_converge_is_an_error(quick, answer):
    X = np.ones((4, 2))
    X[0, 0] = np.nan
    arguments = (X, np.array([0, 1, 0, 1]), X)[: 2 if answer == "fit" else 3]
    with np.errstate(all="ignore"), pytest.raises(RuntimeError, match="the fit did not converge"):
        quick[answer](*arguments)


def test_theta_has_one_weight_for_each_column_however_many_trials_there_are(quick):
    assert quick["theta_hat"].shape == (quick["X"].shape[1],)
    assert quick["fit"](quick["X_test"], quick["y_test"]).shape == (quick["X"].shape[1],)


def test_weights_that_begin_at_zeros_have_nothing_that_no_training_trial_sees(quick):
    X, theta = quick["X_train"], quick["theta_hat"]
    seen = np.linalg.pinv(X) @ (X @ theta)
    assert np.linalg.norm(theta - seen) < 1e-6 * np.linalg.norm(theta)


def test_rotating_with_all_trials_leaks_nothing(quick):
    """Rates as they are have not seen a test trial, and lead to the same predictions."""
    train, test = quick["train"], quick["test"]
    as_they_are, rotated = (
        LogisticRegression(tol=1e-8, max_iter=5000)
        .fit(quick[name][train], quick["y"][train])
        .predict_proba(quick[name][test])
        for name in ("X", "Z")
    )
    np.testing.assert_allclose(rotated, as_they_are, atol=1e-4)


def test_k_means_agrees_with_scikit_learn_round_after_round(quick):
    rng = np.random.default_rng(6)
    points = np.concatenate([rng.normal(size=(40, 2)) + shift for shift in ([0, 0], [4, 0], [0, 5])])
    start = points[[0, 50, 100]]
    centres = start
    for _ in range(30):
        labels, centres = quick["kmeans"](points, centres)
    peer = KMeans(3, init=start, n_init=1, tol=0, max_iter=30).fit(points)
    np.testing.assert_array_equal(labels, peer.labels_)
    np.testing.assert_allclose(centres, peer.cluster_centers_)


def grade_with(replacements):
    """Run the solved notebook with other answers; return the errors of its test cells, by id."""
    errors = {}
    notebook_cells = json.loads((SOURCE / TUTORIAL).read_text(encoding="utf-8"))["cells"]
    with tempfile.TemporaryDirectory() as folder, open_shell(folder) as shell:
        for cell in notebook_cells:
            if (
                cell["cell_type"] != "code"
                or cell["id"].startswith(("show-", "play-"))
                and (cell["id"] not in ("show-fit", "show-rotation"))
            ):
                continue
            with capture_output():
                outcome = shell.run_cell(replacements.get(cell["id"], "".join(cell["source"])))
            error = outcome.error_before_exec or outcome.error_in_exec
            if error and "-test" in cell["id"]:
                errors[cell["id"]] = error
    return errors


STUBS = {step: f"def {step}(*arguments):\n    raise NotImplementedError()" for step in STEPS}


@pytest.fixture
def quick_environment(monkeypatch):
    plain_environment(monkeypatch, NEUROCOURSE_QUICK="1")


@pytest.mark.usefixtures("quick_environment")
def test_in_challenge_mode_the_steps_earn_their_points_unfilled():
    later = {
        "fit": "def fit(X, y):\n    return logistic_regression(X, y, X)[0]",
        "evaluate_accuracy": "def evaluate_accuracy(w, X, y):\n    return np.mean((X @ w >= 0) == y)",
    }
    assert grade_with({**STUBS, **later}) == {}


@pytest.mark.usefixtures("quick_environment")
@pytest.mark.parametrize(
    "sign", ["raise NotImplementedError()", "return np.zeros(X.shape[1]), np.zeros(len(X_new))"]
)
def test_without_a_right_challenge_an_unfilled_step_earns_nothing(sign):
    wrong = {"challenge": f"def logistic_regression(X, y, X_new):\n    {sign}"}
    errors = grade_with({**STUBS, **wrong})
    own = {f"{step}-test" for step in STEPS} | {"sigmoid-test-2", "logistic_loss-test-2", "challenge-test"}
    assert errors.keys() == own  # and all later exercises keep their points
    unfilled = [error for name, error in errors.items() if name != "challenge-test"]
    assert {type(error) for error in unfilled} == {NotImplementedError}


@pytest.mark.usefixtures("quick_environment")
def test_a_wrong_step_is_not_saved_by_a_right_challenge():
    errors = grade_with({"sigmoid": "def sigmoid(z):\n    return np.tanh(z)"})
    assert errors.keys() == {"sigmoid-test", "sigmoid-test-2"}
    assert {type(error) for error in errors.values()} == {checks.CheckFailed}


@pytest.mark.usefixtures("quick_environment")
def test_the_step_functions_of_the_solution_are_looked_at_themselves(quick):
    assert not challenge.skips(quick["sigmoid"], (0.0,), quick["logistic_regression"])
