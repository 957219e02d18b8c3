# Attack: call a function of the tests with arguments that are no list and names that are no text.
# Cell: double
from examiner.messages import StandInCalled


def double(a):
    asked = add._ask.__self__
    asked._wire.send(StandInCalled(0, "", 3, {"t": "dict", "v": [[1, 2]]}))
    return 8
