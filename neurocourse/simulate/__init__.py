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
from neurocourse.simulate.v1 import V1_N_NEURONS, V1_N_TRIALS, V1Population, draw_v1_population, simulate_v1

__all__ = [
    "RGC_CELLS",
    "RGC_DT",
    "RGC_N_BINS",
    "RGC_N_LAGS",
    "RetinalGanglionCell",
    "V1Population",
    "V1_N_NEURONS",
    "V1_N_TRIALS",
    "draw_v1_population",
    "simulate_rgc",
    "simulate_v1",
]
