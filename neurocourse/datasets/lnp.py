"""A model neuron under white noise and natural scenes, of tutorial 1.

    white noise ──┐
    photographs ──┼──▶ images (10000, 100) ──simulate_lnp──▶ spike counts (10000,)
    digits ───────┘

The neuron is always a model; only the images can be recorded. Two photographs come with scikit-learn, so
natural scenes need no network. The handwritten digits are downloaded.
"""

from __future__ import annotations

import gzip
import typing
from dataclasses import dataclass

import numpy as np

from neurocourse import recordings, settings, simulate

if typing.TYPE_CHECKING:
    from pathlib import Path

__all__ = ["ImageResponse", "load_lnp"]

_STIMULI = ("white_noise", "natural_scenes")
_WHITE_NOISE_SEED = 123
_SCENES_SEED = 10
_DIGITS = "train-images-idx3-ubyte.gz"
_IDX_HEADER = 16  # bytes in front of the pixels: a magic number and three sizes


@dataclass(frozen=True, eq=False)
class ImageResponse:
    """A model neuron's response to many small images; read its fields by name.

    Attributes
    ----------
    images : numpy.ndarray
        Light in the pixels of each image (10000, 100), float: ten rows of ten, one after the other.
    spike_counts : numpy.ndarray
        Spike count for each image (10000,), int.
    true_filter : numpy.ndarray
        The neuron's filter (10, 10).
    source : {"recorded", "simulated"}
        ``recorded`` where the images are the downloaded digits. The neuron is a model in every case.
    pictures : {"white noise", "photographs", "handwritten digits"}
        What the images show.
    """

    images: np.ndarray
    spike_counts: np.ndarray
    true_filter: np.ndarray
    source: str
    pictures: str


def load_lnp(stimulus: str, source: str | None = None) -> ImageResponse:
    """Load 10,000 images and the spike counts with which a model neuron answers them.

    Parameters
    ----------
    stimulus : {"white_noise", "natural_scenes"}
        Independent standard normal pixels, or small pieces of pictures less their mean.
    source : {"auto", "recorded", "simulated"}, optional
        Matters for natural scenes alone. ``auto`` and ``simulated``: patches of two photographs that come
        with scikit-learn, without any download. ``recorded``: handwritten digits of MNIST, or an error. By
        default what ``NEUROCOURSE_DATA`` says.

    Returns
    -------
    ImageResponse
        With fields ``images`` (10000, 100), ``spike_counts`` (10000,), ``true_filter`` (10, 10), ``source``
        and ``pictures``. The same at every call.

    Raises
    ------
    neurocourse.recordings.RecordingUnavailable
        With ``recorded``: there are no digits at hand and the download failed.

    Examples
    --------
    >>> data = load_lnp("white_noise")
    >>> data.images.shape, data.spike_counts.shape, data.true_filter.shape
    ((10000, 100), (10000,), (10, 10))
    """
    if stimulus not in _STIMULI:
        raise ValueError(f"stimulus must be one of {', '.join(_STIMULI)}, got {stimulus!r}")
    source = settings.data_source() if source is None else source
    if source not in settings.SOURCES:
        raise ValueError(f"source must be one of {', '.join(settings.SOURCES)}, got {source!r}")
    if stimulus == "white_noise":
        rng = np.random.default_rng(_WHITE_NOISE_SEED)
        return _respond(rng, simulate.simulate_white_noise(rng), "simulated", "white noise")
    rng = np.random.default_rng(_SCENES_SEED)
    path = recordings.obtain(_DIGITS, source) if source == "recorded" else None
    if path is not None:
        return _respond(rng, _read_digits(path), "recorded", "handwritten digits")
    return _respond(rng, _cut_patches(rng), "simulated", "photographs")


def _respond(rng: np.random.Generator, images: np.ndarray, source: str, pictures: str) -> ImageResponse:
    (spike_rng,) = rng.spawn(1)
    counts = simulate.simulate_lnp(spike_rng, images)
    return ImageResponse(images, counts, simulate.lnp_filter(), source, pictures)


def _cut_patches(rng: np.random.Generator) -> np.ndarray:
    """Return patches (10000, 100) from all over the two photographs: grey, every second pixel, mean zero."""
    from sklearn.datasets import load_sample_images

    photographs = np.stack(load_sample_images().images)[:, ::2, ::2].mean(axis=3) / 255
    shape = (simulate.LNP_WIDTH, simulate.LNP_WIDTH)
    patches = np.lib.stride_tricks.sliding_window_view(photographs, shape, axis=(1, 2))
    places = patches.shape[:3]  # photograph, row, column
    chosen = rng.choice(np.prod(places), simulate.LNP_N_IMAGES, replace=False)
    patches = patches[np.unravel_index(chosen, places)].reshape(len(chosen), -1)
    centred: np.ndarray = patches - patches.mean()
    return centred


def _read_digits(path: Path) -> np.ndarray:
    """Return digits (10000, 100): the centre of 20 x 20 pixels, every second one, mean zero."""
    with gzip.open(path) as file:
        content = file.read(_IDX_HEADER + simulate.LNP_N_IMAGES * 28 * 28)
    pixels = np.frombuffer(content, np.uint8, offset=_IDX_HEADER).reshape(-1, 28, 28)
    digits: np.ndarray = pixels[:, 4:24:2, 4:24:2].reshape(len(pixels), -1) / 255
    centred: np.ndarray = digits - digits.mean()
    return centred
