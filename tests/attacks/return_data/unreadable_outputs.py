# Attack: make a cell's outputs what no notebook holds, so that later steps stumble.
# Costs: double
from examiner.messages import Ran, Run
from examiner.student import StudentProcess


def run(self, request, writer):
    odd = [{"output_type": "display_data", "data": "x"}, {"output_type": "odd"}, 7, {"output_type": "error"}]
    return Ran([*odd, {"output_type": "stream", "name": 7, "text": ["\ud800"]}], -(10**400))


StudentProcess._ANSWERS[Run] = run


def add(a, b):
    return 3
