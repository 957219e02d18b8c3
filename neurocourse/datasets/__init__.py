"""Loaders of the course's data: each gives a recording, or its simulated twin, and says which.

`recordings.obtain` gives the path of a recording's file, which the loader reads, or None: then it simulates.
"""

from neurocourse.datasets.retina import FlickerResponse, load_rgc
from neurocourse.datasets.states import SpikingStates, load_spiking_states

__all__ = ["FlickerResponse", "SpikingStates", "load_rgc", "load_spiking_states"]
