# Attack: say that arguments changed whose numbers are digits in other scripts.
# Costs: double
from examiner.messages import Call, Returned
from examiner.student import StudentProcess


def call(self, request, writer):
    return Returned(3, {"\u0662": 1, "\u00b2": 1, "-1": 1, " 0": 1, "0_0": 1}, [])


StudentProcess._ANSWERS[Call] = call


def add(a, b):
    return 3
