# Attack: call what a function of the tests has: its globals, its class, what a network has.
# Cell: double
from examiner.messages import StandInCalled
from examiner.protocol import Writer


def double(a):
    asked = add._ask.__self__
    for method in ("__globals__", "__class__", "__call__", "forward", "to", "parameters", "__reduce__"):
        writer = Writer(asked._refer)
        asked._wire.send(StandInCalled(0, method, writer.write([]), writer.write({})), writer.block)
        asked._wire.receive(*asked._ANSWERS)
    return 8
