# Attack: say that errors were raised that would end a program, by names that are no errors.
# Costs: double
import itertools

from examiner.messages import Call, Raised
from examiner.student import StudentProcess

kinds = itertools.cycle(["SystemExit", "KeyboardInterrupt", "GeneratorExit", "BaseExceptionGroup", "exec", "object"])


def call(self, request, writer):
    return Raised(next(kinds), "x", -1)


StudentProcess._ANSWERS[Call] = call


def add(a, b):
    return 3
