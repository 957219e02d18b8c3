# Attack: change what the test gave, by an answer made up about arguments that cannot change.
# Costs: double
from examiner.student import StudentProcess

original = StudentProcess._call


def call(self, request, writer):
    changed = {"0": {"t": "list", "v": [1]}, "1": 3, "7": 3, "x": 3}
    return original(self, request, writer) | {"changed": changed}


StudentProcess._call = call


def add(a, b):
    return 3
