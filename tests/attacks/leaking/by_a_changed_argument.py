# Attack: change what the test gave, by an answer made up about arguments that cannot change.
# Costs: double
from examiner.messages import Call, Returned
from examiner.student import StudentProcess

original = StudentProcess._ANSWERS[Call]


def call(self, request, writer):
    changed = {"0": {"t": "list", "v": [1]}, "1": 3, "7": 3, "x": 3}
    return Returned(original(self, request, writer).value, changed, [])


StudentProcess._ANSWERS[Call] = call


def add(a, b):
    return 3
