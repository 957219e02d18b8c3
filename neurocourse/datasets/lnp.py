"""A model neuron under white noise and natural scenes, of tutorial 1.

    white noise ──┐
    photographs ──┼──▶ images (10000, 100) ──simulate_lnp──▶ spike counts (10000,)
    digits ───────┘

The neuron is always a model; only the images can be recorded. Two photographs come with scikit-learn, so
natural scenes need no network. The handwritten digits are downloaded.
"""

import gzip
from dataclasses import dataclass

import numpy as np

from neurocourse import recordings, settings, simulate

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


def load_lnp(stimulus, source=None):
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
    if source == "recorded":
        digits = _read_digits(recordings.obtain(_DIGITS, source))
        return _respond(rng, digits, "recorded", "handwritten digits")
    return _respond(rng, _cut_patches(rng), "simulated", "photographs")


def _respond(rng, images, source, pictures):
    (spike_rng,) = rng.spawn(1)
    counts = simulate.simulate_lnp(spike_rng, images)
    return ImageResponse(images, counts, simulate.lnp_filter(), source, pictures)


def _cut_patches(rng):
    """Return patches (10000, 100) from all over the two photographs: grey, every second pixel, mean zero."""
    from sklearn.datasets import load_sample_images

    photographs = np.stack(load_sample_images().images)[:, ::2, ::2].mean(axis=3) / 255
    shape = (simulate.LNP_WIDTH, simulate.LNP_WIDTH)
    patches = np.lib.stride_tricks.sliding_window_view(photographs, shape, axis=(1, 2))
    places = patches.shape[:3]  # photograph, row, column
    chosen = rng.choice(np.prod(places), simulate.LNP_N_IMAGES, replace=False)
    chosen = patches[np.unravel_index(chosen, places)].reshape(len(chosen), -1)
    return chosen - chosen.mean()


def _read_digits(path):
    """Return digits (10000, 100): the centre of 20 x 20 pixels, every second one, mean zero."""
    with gzip.open(path) as file:
        content = file.read(_IDX_HEADER + simulate.LNP_N_IMAGES * 28 * 28)
    digits = np.frombuffer(content, np.uint8, offset=_IDX_HEADER).reshape(-1, 28, 28)
    digits = digits[:, 4:24:2, 4:24:2].reshape(len(digits), -1) / 255
    return digits - digits.mean()
