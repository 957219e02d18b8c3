"""Loaders of the course's data: each gives a recording, or its simulated twin, and says which.

`recordings.obtain` gives the path of a recording's file, which the loader reads, or None: then it simulates.
"""

from neurocourse.datasets.retina import FlickerResponse, load_rgc
from neurocourse.datasets.v1 import V1Responses, V1SplitResponses, load_v1, load_v1_split

__all__ = ["FlickerResponse", "V1Responses", "V1SplitResponses", "load_rgc", "load_v1", "load_v1_split"]
