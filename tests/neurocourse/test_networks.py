"""Gratings, filters, the training loop and the widget's classifier."""

import numpy as np
import pytest

from neurocourse import networks


@pytest.mark.parametrize("angle", [0, 30, 92.5, 217])
def test_a_grating_is_black_and_white_and_the_same_after_half_a_turn(angle):
    image = networks.grating(angle)
    assert image.shape == (12, 16)
    assert set(np.unique(image)) == {-0.5, 0.5}
    np.testing.assert_array_equal(networks.grating(angle + 180), image)


def test_sixty_angles_give_thirty_pictures():
    images = [networks.grating(angle).tobytes() for angle in np.arange(60) * 6 + 2.5]
    assert len(set(images)) == 30


def test_stripes_stand_upright_at_0_and_lie_flat_at_90_and_sf_and_res_count():
    assert np.all(networks.grating(0) == networks.grating(0)[:1])
    assert np.all(networks.grating(90) == networks.grating(90)[:, :1])
    assert networks.grating(10, res=0.1).shape == (48, 64)
    changes = [np.sum(np.diff(networks.grating(0, sf=sf, res=1)[0]) != 0) for sf in (1 / 28, 1 / 14)]
    assert changes == [7, 15]  # half-periods of 28 pi and 14 pi pixels in 640


def test_filters_set_a_centre_against_its_surround():
    filters = networks.center_surround_filters(6, 7)
    assert (filters.shape, filters.dtype) == ((6, 1, 7, 7), np.float32)
    np.testing.assert_allclose(filters.sum(axis=(1, 2, 3)), 0, atol=1e-5)
    np.testing.assert_allclose(filters[:, 0, 3, 3], [1, -1] * 3)
    np.testing.assert_array_equal(filters[0], -filters[1])
    assert networks.center_surround_filters(2, 5).shape == (2, 1, 5, 5)


@pytest.mark.parametrize(
    ("cuda", "mps", "expected"), [(True, True, "cuda"), (False, True, "mps"), (False, False, "cpu")]
)
def test_the_best_device_is_chosen(monkeypatch, cuda, mps, expected):
    import torch

    monkeypatch.delenv("NEUROCOURSE_QUICK", raising=False)
    monkeypatch.setattr(torch.cuda, "is_available", lambda: cuda)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: mps)
    assert networks.choose_device() == expected


def test_in_quick_mode_it_is_one_thread_of_the_processor(monkeypatch):
    import torch

    before = torch.get_num_threads()
    monkeypatch.setenv("NEUROCOURSE_QUICK", "1")
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    assert networks.choose_device() == "cpu"
    assert torch.get_num_threads() == 1
    torch.set_num_threads(before)


def test_tensors_are_float32_or_int64_and_share_no_memory():
    import torch

    array = np.arange(3.0)
    tensor = networks.as_tensor(array)
    array[0] = 9
    assert tensor.tolist() == [0, 1, 2]
    assert tensor.dtype == torch.float32
    assert networks.as_tensor([1, 2]).dtype == torch.int64


def test_training_is_gradient_descent():
    import torch

    net = torch.nn.Linear(1, 1, bias=False)
    with torch.no_grad():
        net.weight.fill_(1.0)
    ones = torch.ones(4, 1)
    losses = networks.train(net, torch.nn.MSELoss(), ones, 3 * ones, n_iterations=3, learning_rate=0.25)
    np.testing.assert_allclose(losses, [4, 1, 0.25])  # the error halves at each step
    assert net.weight.item() == pytest.approx(2.75)
    np.testing.assert_allclose(networks.predict(net, ones), np.full((4, 1), 2.75))


def test_a_loss_that_is_not_finite_is_an_error():
    import torch

    net, ones = torch.nn.Linear(1, 1), torch.ones(4, 1)
    with pytest.raises(
        RuntimeError, match=r"^the loss is .* at iteration \d+: is the learning rate too large\?$"
    ):
        networks.train(net, torch.nn.MSELoss(), ones, 3 * ones, n_iterations=500, learning_rate=50.0)


def test_the_first_matrix_of_parameters_is_found_under_any_name():
    import torch

    net = torch.nn.Sequential(torch.nn.Linear(5, 3), torch.nn.ReLU(), torch.nn.Linear(3, 2))
    assert networks.input_weights(net) is net[0].weight


@pytest.fixture(scope="module")
def blobs():
    rng = np.random.default_rng(6)
    centres = rng.normal(size=(4, 30))
    labels = rng.integers(0, 4, 120)
    responses = centres[labels] + 0.5 * rng.normal(size=(120, 30))
    return (responses[:80], labels[:80]), (responses[80:], labels[80:])


def test_the_penalised_classifier_learns_and_an_l1_penalty_makes_weights_zero(blobs):
    free = networks.fit_penalised(*blobs)
    assert free.weights.shape == (20, 30)
    assert (free.train_accuracy, free.fraction_zero) == (1.0, 0.0)
    assert free.validation_accuracy > 0.9
    sparse = networks.fit_penalised(*blobs, L1_penalty=0.01)
    assert sparse.fraction_zero > 0.5
    assert sparse.validation_accuracy > 0.8
    assert networks.fit_penalised(*blobs, L1_penalty=10).fraction_zero == 1


def test_an_l2_penalty_makes_weights_small_but_not_zero(blobs):
    free, shrunk = networks.fit_penalised(*blobs), networks.fit_penalised(*blobs, L2_penalty=0.05)
    assert np.abs(shrunk.weights).sum() < 0.8 * np.abs(free.weights).sum()
    assert shrunk.fraction_zero == 0


def test_a_fit_without_penalties_is_the_training_of_the_tutorial():
    import torch

    rng = np.random.default_rng(3)
    inputs, labels = rng.normal(size=(30, 50)).astype(np.float32), np.arange(30) % 4
    torch.manual_seed(503)
    net = torch.nn.Sequential(torch.nn.Linear(50, 20), torch.nn.ReLU(), torch.nn.Linear(20, 4))
    loss = torch.nn.functional.cross_entropy
    networks.train(
        net, loss, networks.as_tensor(inputs), networks.as_tensor(labels), n_iterations=5, learning_rate=0.4
    )
    fit = networks.fit_penalised((inputs, labels), (inputs, labels), n_iterations=5)
    np.testing.assert_allclose(fit.weights, net[0].weight.detach(), atol=1e-6)


def test_after_each_step_of_training_one_may_look():
    import torch

    net, seen = torch.nn.Linear(1, 1), []
    one = torch.ones(1, 1)
    networks.train(
        net, torch.nn.MSELoss(), one, one, n_iterations=3, learning_rate=0.1,
        after_step=lambda: seen.append(net.weight.item()),
    )  # fmt: skip
    assert len(set(seen)) == 3


def test_the_first_weights_are_those_of_in_layer_whichever_layer_was_made_first():
    import torch

    class Net(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.out_layer, self.in_layer = torch.nn.Linear(2, 3), torch.nn.Linear(4, 2)

    net = Net()
    assert networks.input_weights(net) is net.in_layer.weight
    assert networks.input_weights(torch.nn.Sequential(net.out_layer)) is net.out_layer.weight


def test_gabor_filters_have_an_angle_each_and_ignore_even_light():
    filters = networks.gabor_filters(4, 7)
    assert filters.shape == (4, 1, 7, 7)
    np.testing.assert_allclose(filters.sum(axis=(1, 2, 3)), 0, atol=1e-5)
    np.testing.assert_allclose(np.abs(filters).max(axis=(1, 2, 3)), 1)
    np.testing.assert_allclose(filters[0, 0], filters[2, 0].T, atol=1e-6)
    np.testing.assert_allclose(filters[0, 0], filters[0, 0, ::-1], atol=1e-6)
