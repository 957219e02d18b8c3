# Attack: name a stand-in of the tests as the value of a function that was never written.
# Costs: double
from examiner.inside.messages import Found, Names
from examiner.inside.student_process import StudentProcess


def names(self, request, writer):
    return Found({name: {"t": "object", "stand_in": -1} for name in request.names})


StudentProcess._ANSWERS[Names] = names
