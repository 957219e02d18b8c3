"""Tutorial 5: its lesson on twins of several seeds, its networks against their formulas, old mistakes."""

import numpy as np
import pytest

from examiner.notebook import cells
from examiner.notebook.syntax import needed_names
from neurocourse import networks, simulate
from neurocourse.datasets import v1
from tests.notebooks.solved import SOURCE, run_with

TUTORIAL = "05_deep_networks/deep_networks.ipynb"
SEEDS = (v1._V1_SEED, 1, 2, 3, 4)


@pytest.fixture(scope="module", params=SEEDS, ids="seed {}".format)
def twin(request):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(v1, "_V1_SEED", request.param)
        return run_with(patch, TUTORIAL, NEUROCOURSE_DATA="simulated")


@pytest.fixture(scope="module")
def quick():
    with pytest.MonkeyPatch.context() as patch:
        return run_with(patch, TUTORIAL, NEUROCOURSE_DATA="simulated", NEUROCOURSE_QUICK="1")


def mean_size(tutorial, errors, *, near):
    chosen = tutorial["near_border"] if near else ~tutorial["near_border"]
    return np.abs(tutorial[errors][chosen]).mean()


def test_the_regression_errs_most_near_the_border_and_the_classification_does_not(twin):
    assert twin["source"] == "simulated"
    near, far = (mean_size(twin, "regression_errors", near=near) for near in (True, False))
    assert near > 1.8 * far
    near_class, far_class = (mean_size(twin, "classification_errors", near=near) for near in (True, False))
    assert near_class < far_class + 3
    assert near_class < near / 3


def test_the_regression_learns_the_training_angles_as_on_the_recording(twin):
    """On the recording the loss is 12219.8, 1672.7, 548.1, 235.6 and 144.0 at iterations 10 to 50."""
    losses = twin["mse_losses"]
    assert losses[0] > 30_000  # the mean of squared angles
    assert losses[49] < 1500
    assert losses[199] < 200
    assert np.all(np.isfinite(losses))


def test_an_l1_penalty_makes_weights_sparser_at_similar_accuracy(twin):
    small, accuracies = twin["small_parts"], twin["accuracies"]
    assert small["L1"] > 0.5
    assert small["no penalty"] < 0.15
    assert small["L2"] < 0.15
    assert abs(accuracies["L1"] - accuracies["no penalty"]) < 0.1
    assert accuracies["no penalty"] > 0.7


def test_the_strongest_penalty_costs_accuracy_and_weak_ones_do_not(twin):
    train, validation = twin["train_accuracies"], twin["validation_accuracies"]
    assert train[0] == 1
    assert train[-1] < 0.95
    assert max(validation) > validation[-1] + 0.05
    assert max(validation) > validation[0] - 0.05


def test_the_encoder_predicts_held_out_tuning_curves_but_not_the_direction(twin):
    assert twin["median_tuned"] > 0.5
    assert twin["tuned"].mean() > 0.5
    other_half = np.median(twin["other_half_scores"][twin["tuned"]])
    assert twin["median_tuned"] < other_half
    predicted = twin["predicted"]
    np.testing.assert_allclose(predicted[:30], predicted[30:], atol=1e-4)
    observed = twin["resp_test"]
    assert np.corrcoef(observed[:30].ravel(), observed[30:].ravel())[0, 1] < 0.5


def test_preferred_angles_are_those_of_the_twin(twin):
    preferred, true = twin["preferred"], twin["data"].preferred
    errors = np.abs(twin["circular_error"](preferred, true))
    assert np.median(errors) < 10
    assert np.mean(errors < 20) > 0.7


def test_a_decoder_of_the_full_population_learns_with_the_learning_rate_of_the_reference(monkeypatch):
    from torch import manual_seed, nn

    from neurocourse import datasets

    monkeypatch.setattr(simulate, "V1_N_NEURONS", 23_589)
    data = datasets.load_v1("simulated")
    manual_seed(0)
    rows = np.random.default_rng(0).permutation(360)[:216]
    net = nn.Sequential(nn.Linear(23_589, 10), nn.ReLU(), nn.Linear(10, 1))
    inputs, targets = (networks.as_tensor(array[rows]) for array in (data.resp, data.stimuli))
    losses = networks.train(net, nn.MSELoss(), inputs, targets, n_iterations=50, learning_rate=1e-4)
    assert losses[9] > losses[49]
    assert losses[49] < 5000


def test_quick_mode_takes_fewer_neurons_and_the_text_no_number(quick):
    assert quick["n_neurons"] == 500
    assert quick["decoder"].in_layer.weight.shape == (10, 500)
    assert quick["n_fc_weights"] == 1152 * 500
    assert quick["encoder"].out_layer.weight.numel() == quick["n_fc_weights"]


def test_the_networks_have_as_many_hidden_units_as_the_text_says(quick):
    assert quick["W_in"].shape[0] == 10
    assert quick["net"].in_layer.weight.shape[0] == 20
    assert quick["net"].out_layer.weight.shape == (20, 20)


def test_the_penalised_layer_is_the_first_one(quick):
    import torch

    first = quick["networks"].input_weights(quick["net"])
    assert first is quick["net"].in_layer.weight
    output = torch.log_softmax(torch.zeros(2, 3), 1)
    target = torch.tensor([0, 1])
    with_penalty = quick["regularized_loss"](output, target, first, 0, 1)
    without = quick["regularized_loss"](output, target, first)
    assert (with_penalty - without).item() == pytest.approx(first.abs().sum().item(), rel=1e-5)


def test_accuracies_know_nothing_of_the_penalty(quick):
    net, networks = quick["net"], quick["networks"]
    classes = networks.predict(net, quick["r_validation"]).argmax(axis=1)
    expected = np.mean(classes == quick["c_validation"].numpy())
    assert quick["accuracy"](net, quick["r_validation"], quick["c_validation"]) == expected


def test_training_validation_and_test_angles_do_not_overlap(quick):
    parts = [quick[name] for name in ("train", "validation", "test")]
    assert [len(part) for part in parts] == [216, 72, 72]
    assert len(np.unique(np.concatenate(parts))) == 360


def test_the_same_run_twice_gives_the_same_losses(quick):
    with pytest.MonkeyPatch.context() as patch:
        again = run_with(patch, TUTORIAL, NEUROCOURSE_DATA="simulated", NEUROCOURSE_QUICK="1")
    for name in ("mse_losses", "nll_losses", "encoding_losses"):
        np.testing.assert_allclose(again[name], quick[name], rtol=1e-6)


def test_training_leaves_the_filters_that_were_given_as_they_were(quick):
    fresh = quick["networks"].center_surround_filters(n_filters=6, size=7)
    np.testing.assert_array_equal(quick["filters"], fresh)
    assert not np.allclose(quick["encoder"].conv.weight.detach().numpy(), fresh)


def test_the_test_angles_are_met_in_one_cell_and_once():
    code = [cell for cell in cells.read_notebook(SOURCE / TUTORIAL).cells if cell.cell_type == "code"]
    meet = [cell.id for cell in code if not cells.is_test(cell) and "test" in needed_names(cell.source)]
    assert meet == ["show-test"]


def test_the_chosen_network_is_trained_on_all_angles_but_those_of_the_test(quick):
    assert sorted([*quick["learnt"], *quick["test"]]) == list(range(360))
    assert quick["test_accuracy"] > 0.5


def test_the_widget_without_penalties_shows_the_network_that_was_trained(quick):
    pairs = ((quick["resp"][rows], quick["labels"][rows]) for rows in (quick["train"], quick["validation"]))
    fit = networks.fit_penalised(*pairs, n_iterations=quick["steps"]["n_iterations"])
    np.testing.assert_allclose(fit.weights, quick["net"].in_layer.weight.detach(), atol=1e-4)


def test_the_training_loss_falls_below_the_validation_loss(quick):
    assert len(quick["validation_losses"]) == len(quick["nll_losses"])
    assert quick["nll_losses"][-1] < 0.5 * quick["validation_losses"][-1]


def test_what_hidden_units_add_up_to_is_the_decoded_angle(quick):
    decoded = networks.predict(quick["decoder"], networks.as_tensor(quick["resp"]))[:, 0]
    moved = quick["hidden_activity"] @ quick["W_out"][0] + quick["decoder"].out_layer.bias.item()
    np.testing.assert_allclose(decoded, moved, rtol=1e-3, atol=0.1)
    assert len(quick["silent"]) == np.sum(~quick["hidden_activity"].any(axis=1))


def test_gabor_filters_predict_the_other_half_at_least_as_well(twin):
    errors = twin["encoder_errors"]
    assert errors["Gabor", 0] < errors["centre-surround", 0]
