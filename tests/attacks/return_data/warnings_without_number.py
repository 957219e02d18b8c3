# Attack: answer with a hundred thousand warnings.
# Costs: double
from examiner.student import StudentProcess

original = StudentProcess._call


def call(self, request, writer):
    return original(self, request, writer) | {"warned": [["UserWarning", "x"]] * 400_000}


StudentProcess._call = call


def add(a, b):
    return 3
