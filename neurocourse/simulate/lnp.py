"""A model neuron that sees small images: linear, nonlinear, Poisson."""

from __future__ import annotations

import typing

import numpy as np

if typing.TYPE_CHECKING:
    from numpy.typing import ArrayLike

__all__ = ["LNP_N_IMAGES", "LNP_WIDTH", "lnp_filter", "simulate_lnp", "simulate_white_noise"]

LNP_N_IMAGES = 10_000
LNP_WIDTH = 10
_LONG_SD, _SHORT_SD = 1.4, 0.5
_ANGLE = np.deg2rad(15)


def lnp_filter() -> np.ndarray:
    """Return the filter of the model neuron (10, 10): a small bar, slightly tilted.

    A two-dimensional Gaussian of amplitude 1 in the centre of the image, with standard deviations of 1.4 and
    0.5 pixels along and across an axis that is turned by 15 degrees. No unit: log expected count per unit of
    light.

    Examples
    --------
    >>> lnp_filter().shape
    (10, 10)
    """
    offset = np.arange(LNP_WIDTH) - (LNP_WIDTH - 1) / 2
    column, row = np.meshgrid(offset, offset)
    along = column * np.cos(_ANGLE) + row * np.sin(_ANGLE)
    across = row * np.cos(_ANGLE) - column * np.sin(_ANGLE)
    bar: np.ndarray = np.exp(-((along / _LONG_SD) ** 2 + (across / _SHORT_SD) ** 2) / 2)
    return bar


def simulate_white_noise(rng: np.random.Generator, n_images: int = LNP_N_IMAGES) -> np.ndarray:
    """Draw images (n_images, 100) whose pixels are independent and standard normal.

    Parameters
    ----------
    rng : numpy.random.Generator
    n_images : int
    """
    return rng.standard_normal((n_images, LNP_WIDTH**2))


def simulate_lnp(rng: np.random.Generator, images: ArrayLike) -> np.ndarray:
    """Simulate how many spikes each image evokes in the model neuron.

    A linear-nonlinear-Poisson model without a bias. For image x_i, with its pixels in a row,

        y_i ~ Poisson(exp(k . x_i)),

    where k is `lnp_filter`, its rows one after the other. One image lasts one bin.

    Parameters
    ----------
    rng : numpy.random.Generator
    images : array-like, shape (n, 100)
        Light in each pixel, about zero on average.

    Returns
    -------
    numpy.ndarray
        Spike counts (n,), int.

    Notes
    -----
    No recording stands behind this neuron. It departs from a real one in that its spikes are independent,
    that its filter has no time, no surround and no bias, and that nothing limits its rate.

    Examples
    --------
    >>> simulate_lnp(np.random.default_rng(0), np.zeros((4, 100)))
    array([1, 0, 0, 3])
    """
    counts: np.ndarray = rng.poisson(np.exp(np.asarray(images) @ lnp_filter().ravel()))
    return counts
