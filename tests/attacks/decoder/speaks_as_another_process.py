# Attack: send what only a supervisor, an examination or a nursery says.
from examiner.inside import messages
from examiner.inside.student_process import StudentProcess

SAID = [
    messages.StartStudent(),
    messages.EndStudent(),
    messages.Failed("sandbox", "SandboxError"),
    messages.Prepare(["antigravity"], "", None),
    messages.Examined({"t": "dict", "v": []}),
]


def answer(self, request, block):
    for message in SAID:
        self._wire.send(message)


StudentProcess._answer = answer


def add(a, b):
    return 3
