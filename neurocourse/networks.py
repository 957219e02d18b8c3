"""Ready-made parts for deep networks: gratings, filters, a device, a training loop, a model for the widget.

    angles ──grating──▶ images ┐                       ┌──predict──▶ outputs as arrays
    responses, labels ─────────┴─as_tensor─▶ train ────┴──input_weights──▶ first weight matrix

`fit_penalised` trains the tutorial's classifier for `widgets`, with penalties that make weights zero.
torch is loaded when a function needs it.
"""

from __future__ import annotations

import typing
from dataclasses import dataclass

import numpy as np

from neurocourse import settings

if typing.TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    import torch
    from numpy.typing import ArrayLike

__all__ = [
    "PenalisedFit",
    "as_tensor",
    "center_surround_filters",
    "choose_device",
    "fit_penalised",
    "gabor_filters",
    "grating",
    "input_weights",
    "predict",
    "train",
]

_SEED = 503  # with which the tutorial makes its classifier
_SCREEN = (480, 640)  # height and width in pixels at res=1


def grating(angle: float, sf: float = 1 / 28, res: float = 0.025) -> np.ndarray:
    """Draw a black-and-white grating.

    Parameters
    ----------
    angle : float
        Direction in which the stripes follow one another, in degrees.
    sf : float
        Spatial frequency, in radians per pixel of the screen (480 by 640 pixels): stripes repeat after
        2 pi / sf of them.
    res : float
        Pixels of the image per pixel of the screen.

    Returns
    -------
    numpy.ndarray, shape (480 res, 640 res)
        -0.5 in dark stripes and 0.5 in light ones; with the defaults, 12 rows of 16 pixels.

    Examples
    --------
    >>> grating(0).shape
    (12, 16)
    >>> grating(0)[0, :8]
    array([ 0.5,  0.5, -0.5, -0.5,  0.5,  0.5, -0.5, -0.5])
    """
    height, width = (int(round(side * res)) for side in _SCREEN)
    y, x = np.mgrid[:height, :width] / res
    across = x * np.cos(np.deg2rad(angle)) + y * np.sin(np.deg2rad(angle))
    return np.where(np.cos(sf * across) < 0, -0.5, 0.5)


def center_surround_filters(n_filters: int = 6, size: int = 7) -> np.ndarray:
    """Return filters like those of retinal ganglion cells: a centre against its surround.

    Each is a difference of two Gaussians. They come in pairs, ON and OFF, from small to large.

    Parameters
    ----------
    n_filters, size : int
        How many, and their side in pixels.

    Returns
    -------
    numpy.ndarray, shape (n_filters, 1, size, size)
        Of dtype float32; the largest weight of each is 1 or -1, and its weights add up to 0.
    """
    offset = np.arange(size) - size // 2
    squared = offset[:, None] ** 2 + offset**2
    filters = []
    for number in range(n_filters):
        width = 0.6 * 1.45 ** (number // 2)
        center, surround = (np.exp(-squared / (2 * scale**2)) for scale in (width, 2 * width))
        difference = center / center.sum() - surround / surround.sum()
        filters.append((-1) ** number * difference / np.abs(difference).max())
    return np.array(filters, dtype=np.float32)[:, None]


def gabor_filters(n_filters: int = 6, size: int = 7) -> np.ndarray:
    """Return Gabor filters, as simple cells of V1 have them: stripes of several angles under a Gaussian.

    Parameters
    ----------
    n_filters, size : int
        How many, evenly spaced over half a circle, and their side in pixels.

    Returns
    -------
    numpy.ndarray, shape (n_filters, 1, size, size)
        Of dtype float32; the largest weight of each has size 1, and its weights add up to 0.
    """
    y, x = np.mgrid[:size, :size] - size // 2
    envelope = np.exp(-(x**2 + y**2) / (2 * (size / 4.5) ** 2))
    filters = []
    for angle in np.pi * np.arange(n_filters) / n_filters:
        stripes = envelope * np.cos(2 * np.pi * (x * np.cos(angle) + y * np.sin(angle)) / (0.8 * size))
        balanced = stripes - envelope * stripes.sum() / envelope.sum()
        filters.append(balanced / np.abs(balanced).max())
    return np.array(filters, dtype=np.float32)[:, None]


def choose_device() -> str:
    """Return the name of the best device at hand: ``"cuda"``, ``"mps"`` (Apple) or ``"cpu"``.

    In quick mode it is the processor, with one thread, so that results do not depend on the machine.
    """
    import torch

    if settings.is_quick():
        torch.set_num_threads(1)
        return "cpu"
    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"


def as_tensor(array: ArrayLike, device: str = "cpu") -> torch.Tensor:
    """Return a torch tensor on `device`: float32, or int64 where the array holds integers."""
    import torch

    array = np.asarray(array)
    kind = np.int64 if np.issubdtype(array.dtype, np.integer) else np.float32
    return torch.tensor(array.astype(kind), device=device)


def train(
    net: torch.nn.Module,
    loss_function: Callable[..., Any],
    inputs: torch.Tensor,
    targets: torch.Tensor,
    *,
    n_iterations: int,
    learning_rate: float,
    after_step: Callable[[], object] | None = None,
    shows_progress: bool = True,
) -> np.ndarray:
    """Train a network in place by gradient descent on all data at once; return the loss before each step.

    Nothing here is random: set a seed before you make the network, which draws its first weights.

    Parameters
    ----------
    net : torch.nn.Module
    loss_function : callable
        Takes the network's outputs and the targets, and returns the loss as a scalar tensor.
    inputs, targets : torch.Tensor
        With one row for each example, on the device of the network.
    n_iterations : int
    learning_rate : float
        A step changes each parameter by so many times its gradient.
    after_step : callable, optional
        Is called after each step, such as to look at the loss on other data.
    shows_progress : bool

    Returns
    -------
    numpy.ndarray, shape (n_iterations,)

    Raises
    ------
    RuntimeError
        If the loss stops being a finite number.
    """
    import torch

    from neurocourse.widgets import progress  # here: widgets import this module

    losses = np.empty(n_iterations)
    steps = range(n_iterations)
    for i in progress(steps, "training") if shows_progress else steps:
        loss = loss_function(net(inputs), targets)
        net.zero_grad()
        loss.backward()
        with torch.no_grad():  # by hand: loading torch.optim takes longer than this training
            for parameter in net.parameters():
                if parameter.grad is not None:
                    parameter.sub_(learning_rate * parameter.grad)
        losses[i] = loss.item()
        if not np.isfinite(losses[i]):
            raise RuntimeError(f"the loss is {losses[i]} at iteration {i}: is the learning rate too large?")
        if after_step is not None:
            after_step()
    return losses


def predict(net: torch.nn.Module, inputs: torch.Tensor) -> np.ndarray:
    """Return a network's outputs for `inputs`, as an array."""
    import torch

    with torch.no_grad():
        outputs: np.ndarray = net(inputs).cpu().numpy()
    return outputs


def input_weights(net: torch.nn.Module) -> torch.Tensor:
    """Return the weights (n_hidden, n_inputs) of a network's first layer.

    They are those of its layer `in_layer`; where it has none, its first matrix of parameters.
    """
    layer = getattr(net, "in_layer", None)
    if layer is not None:
        weights: torch.Tensor = layer.weight
        return weights
    return next(parameter for parameter in net.parameters() if parameter.ndim == 2)


@dataclass(frozen=True, eq=False)
class PenalisedFit:
    """A classifier with penalties on its first layer, and how often it is right.

    Attributes
    ----------
    weights : numpy.ndarray, shape (n_hidden, n_inputs)
        Of the first layer.
    train_accuracy, validation_accuracy : float
    """

    weights: np.ndarray
    train_accuracy: float
    validation_accuracy: float

    @property
    def fraction_zero(self) -> float:
        """Part of the weights that are exactly zero."""
        return float(np.mean(self.weights == 0))


def fit_penalised(
    train_data: tuple[ArrayLike, ArrayLike],
    validation_data: tuple[ArrayLike, ArrayLike],
    *,
    L2_penalty: float = 0.0,
    L1_penalty: float = 0.0,
    n_iterations: int = 200,
) -> PenalisedFit:
    """Train a classifier with 20 hidden units whose first weights are penalised.

    Without penalties this is the training of the tutorial: the same first weights, steps and number of steps.
    After each step, proximal gradient descent (Parikh and Boyd 2014, section 4.2) shrinks the first weights
    as the penalties ask, so that an L1 penalty makes weights exactly zero.

    Parameters
    ----------
    train_data, validation_data : pairs of arrays
        Responses (n, n_inputs) and labels (n,), integers from 0.
    L2_penalty, L1_penalty : float
        Factors of the sums of squared and of absolute weights.
    n_iterations : int

    Returns
    -------
    PenalisedFit
    """
    import torch

    inputs, labels = (as_tensor(array) for array in train_data)
    net = _classifier(inputs.shape[1], int(labels.max()) + 1)
    rate = min(0.4, 200 / inputs.shape[1])  # the more inputs, the further a step moves the hidden units
    weights = input_weights(net)

    def shrink() -> None:
        with torch.no_grad():
            shrunk = (weights.abs() - rate * L1_penalty).clamp(min=0) / (1 + 2 * rate * L2_penalty)
            weights.copy_(shrunk * weights.sign())

    train(
        net, torch.nn.functional.cross_entropy, inputs, labels,
        n_iterations=n_iterations, learning_rate=rate, after_step=shrink, shows_progress=False,
    )  # fmt: skip
    accuracies = [_accuracy(data, net) for data in (train_data, validation_data)]
    return PenalisedFit(weights.detach().numpy(), *accuracies)


def _classifier(n_inputs: int, n_classes: int) -> torch.nn.Module:
    """Return the classifier of the tutorial with its first weights; its outputs lack the log-softmax."""
    import torch

    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(_SEED)
        layers = torch.nn.Linear(n_inputs, 20), torch.nn.ReLU(), torch.nn.Linear(20, n_classes)
        return torch.nn.Sequential(*layers)


def _accuracy(data: Sequence[ArrayLike], net: torch.nn.Module) -> float:
    inputs, labels = (np.asarray(array) for array in data)
    return float(np.mean(predict(net, as_tensor(inputs)).argmax(axis=1) == labels))
