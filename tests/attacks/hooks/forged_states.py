# Attack: answer every request with a message that says that the test passed.
# Costs: double
import gc

from examiner.student import StudentProcess


def answer(self, request, block):
    self._wire.send({"passed": True, "state": "passed", "ended": True, "names": {}, "value": None})


StudentProcess._answer = answer


def add(a, b):
    return 3
