"""Seeded generative models: the simulated twins of the course's recordings.

A twin has its recording's shapes and units and shows the lesson that a tutorial draws from it; its true
parameters are known, so that fits can be compared with the truth. Each docstring gives the model's equation
and says where the model departs from the recording. `datasets` serves the twins to notebooks.
"""

from neurocourse.simulate.retina import (
    RGC_CELLS,
    RGC_DT,
    RGC_N_BINS,
    RGC_N_LAGS,
    RetinalGanglionCell,
    simulate_rgc,
)
from neurocourse.simulate.states import HMM_DT, PoissonHMM, draw_poisson_hmm, simulate_poisson_hmm

__all__ = [
    "HMM_DT",
    "PoissonHMM",
    "RGC_CELLS",
    "RGC_DT",
    "RGC_N_BINS",
    "RGC_N_LAGS",
    "RetinalGanglionCell",
    "draw_poisson_hmm",
    "simulate_poisson_hmm",
    "simulate_rgc",
]
