"""The twin of V1 follows its equation and has the recording's form."""

import numpy as np
import pytest

from neurocourse.simulate import draw_v1_population, simulate_v1

SEEDS = range(5)
ANGLES = np.arange(360.0)


def population(seed=0, n_neurons=300):
    return draw_v1_population(np.random.default_rng(seed), n_neurons)


def test_tuning_follows_the_equation_neuron_by_neuron():
    neurons = population(n_neurons=4)
    tuning = neurons.tuning([0.0, 77.0])
    for i in range(4):
        away = np.deg2rad(77.0 - neurons.preferred[i])
        directedness = neurons.directedness[i]
        expected = neurons.gain[i] * np.exp(neurons.concentration[i] * (np.cos(2 * away) - 1))
        expected *= (1 + directedness * np.cos(away)) / (1 + directedness)
        assert tuning[1, i] == pytest.approx(expected)


def test_a_neuron_responds_with_its_gain_at_its_preferred_angle_and_less_elsewhere():
    neurons = population()
    tuning = neurons.tuning(ANGLES)
    assert np.all(tuning >= 0)
    assert np.all(tuning <= neurons.gain * (1 + 1e-12))
    away = np.abs((tuning.argmax(axis=0) - neurons.preferred + 180) % 360 - 180)
    assert away.max() <= 1
    np.testing.assert_allclose(np.diag(neurons.tuning(neurons.preferred)), neurons.gain)


@pytest.mark.parametrize("seed", SEEDS)
def test_responses_are_standardised_float32_of_the_recordings_form(seed):
    resp = simulate_v1(np.random.default_rng(seed), population(seed), ANGLES, n_trials=11)
    assert resp.shape == (360, 300)
    assert resp.dtype == np.float32
    np.testing.assert_allclose(resp.mean(axis=0), 0, atol=1e-5)
    np.testing.assert_allclose(resp.std(axis=0), 1, atol=1e-4)


@pytest.mark.parametrize("seed", SEEDS)
def test_widths_and_gains_are_wide_and_angles_are_uniform(seed):
    neurons = population(seed, 2000)
    assert np.quantile(neurons.gain, 0.9) / np.quantile(neurons.gain, 0.1) > 3
    assert neurons.concentration.max() / neurons.concentration.min() > 20
    assert np.histogram(neurons.preferred, 6, (0, 360))[0] == pytest.approx(2000 / 6, rel=0.2)


@pytest.mark.parametrize("seed", SEEDS)
def test_more_trials_make_two_halves_agree_better_but_noise_remains(seed):
    rng, neurons = np.random.default_rng(seed), population(seed)

    def agreement(n_trials):
        first, second = (simulate_v1(rng, neurons, ANGLES, n_trials=n_trials) for _ in range(2))
        return np.median((first * second).mean(axis=0))

    few, many = agreement(3), agreement(100)
    assert few + 0.2 < many < 0.97


def test_neurons_share_fluctuations():
    rng, neurons = np.random.default_rng(1), population()
    residual = simulate_v1(rng, neurons, np.full(4000, 10.0), n_trials=1)
    found = np.corrcoef(residual.T)[np.triu_indices(300, 1)]
    expected = (neurons.loadings.T @ neurons.loadings)[np.triu_indices(300, 1)]
    assert np.corrcoef(found, expected)[0, 1] > 0.8


def test_the_same_seed_gives_the_same_responses_and_another_call_others():
    first = simulate_v1(np.random.default_rng(3), population(), ANGLES, n_trials=5)
    rng = np.random.default_rng(3)
    np.testing.assert_array_equal(simulate_v1(rng, population(), ANGLES, n_trials=5), first)
    assert not np.array_equal(simulate_v1(rng, population(), ANGLES, n_trials=5), first)
