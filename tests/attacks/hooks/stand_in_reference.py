# Attack: name a stand-in of the tests as the value of a function that was never written.
# Costs: double
from examiner.student import StudentProcess


def names(self, request, writer):
    return {"names": {name: {"t": "object", "stand_in": -1} for name in request["names"]}}


StudentProcess._names = names
