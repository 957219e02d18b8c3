# Attack: answer with a hundred thousand warnings.
# Costs: double
from examiner.messages import Call, Returned
from examiner.student import StudentProcess

original = StudentProcess._ANSWERS[Call]


def call(self, request, writer):
    returned = original(self, request, writer)
    return Returned(returned.value, returned.changed, [["UserWarning", "x"]] * 400_000)


StudentProcess._ANSWERS[Call] = call


def add(a, b):
    return 3
