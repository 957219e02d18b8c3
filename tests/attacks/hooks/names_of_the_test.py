# Attack: give every name that a test asks for, and some that it does not, a value of one's own.
from examiner.messages import Found, Names
from examiner.student import StudentProcess

original = StudentProcess._ANSWERS[Names]


def names(self, request, writer):
    found = original(self, request, writer).names
    fake = {"t": "object", "ref": 0, "type": "module", "is": ["callable", "module", "class", "iterable"]}
    for name in [*request.names, "print", "checks", "__builtins__", "__replace_elsewhere__"]:
        found[name] = fake
    return Found(found)


StudentProcess._ANSWERS[Names] = names


def add(a, b):
    return 3
