"""Loaders of the course's data: each gives a recording, or its simulated twin, and says which.

`recordings.obtain` gives the path of a recording's file, and the loader reads it. If it gives None, the
loader simulates the data.
"""

from neurocourse.datasets.choices import ChoiceTrials, load_choices
from neurocourse.datasets.lnp import ImageResponse, load_lnp
from neurocourse.datasets.retina import FlickerResponse, load_rgc
from neurocourse.datasets.states import SpikingStates, load_spiking_states
from neurocourse.datasets.v1 import V1Responses, V1SplitResponses, load_v1, load_v1_split

__all__ = [
    "ChoiceTrials",
    "FlickerResponse",
    "ImageResponse",
    "SpikingStates",
    "V1Responses",
    "V1SplitResponses",
    "load_choices",
    "load_lnp",
    "load_rgc",
    "load_spiking_states",
    "load_v1",
    "load_v1_split",
]
