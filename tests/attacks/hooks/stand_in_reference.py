# Attack: name a stand-in of the tests as the value of a function that was never written.
# Costs: double
from examiner.messages import Found, Names
from examiner.student import StudentProcess


def names(self, request, writer):
    return Found({name: {"t": "object", "stand_in": -1} for name in request.names})


StudentProcess._ANSWERS[Names] = names
