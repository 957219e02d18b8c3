"""Seeded generative models: the simulated twins of the course's recordings.

A twin has its recording's shapes and units and shows the lesson of its tutorial. Its true parameters are
known, so you can compare fits with the truth. Each docstring gives the model's equation and says where the
model differs from the recording. Notebooks get the twins from `datasets`.
"""

from neurocourse.simulate.choices import CHOICE_N_NEURONS, CHOICE_N_TRIALS, simulate_choices
from neurocourse.simulate.lnp import LNP_N_IMAGES, LNP_WIDTH, lnp_filter, simulate_lnp, simulate_white_noise
from neurocourse.simulate.retina import (
    RGC_CELLS,
    RGC_DT,
    RGC_N_BINS,
    RGC_N_LAGS,
    RetinalGanglionCell,
    simulate_rgc,
)
from neurocourse.simulate.states import HMM_DT, PoissonHMM, draw_poisson_hmm, simulate_poisson_hmm
from neurocourse.simulate.v1 import V1_N_NEURONS, V1_N_TRIALS, V1Population, draw_v1_population, simulate_v1

__all__ = [
    "CHOICE_N_NEURONS",
    "CHOICE_N_TRIALS",
    "HMM_DT",
    "LNP_N_IMAGES",
    "LNP_WIDTH",
    "PoissonHMM",
    "RGC_CELLS",
    "RGC_DT",
    "RGC_N_BINS",
    "RGC_N_LAGS",
    "RetinalGanglionCell",
    "V1Population",
    "V1_N_NEURONS",
    "V1_N_TRIALS",
    "draw_poisson_hmm",
    "draw_v1_population",
    "lnp_filter",
    "simulate_choices",
    "simulate_lnp",
    "simulate_poisson_hmm",
    "simulate_rgc",
    "simulate_v1",
    "simulate_white_noise",
]
