# Attack: answer every request with a message that says that the submission passed.
# Costs: double
from examiner.messages import Examined
from examiner.student import StudentProcess


def answer(self, request, block):
    self._wire.send(Examined({"t": "dict", "v": [["state", "graded"], ["points", 60]]}))


StudentProcess._answer = answer


def add(a, b):
    return 3
