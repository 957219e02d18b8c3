# Attack: answer with warnings whose types are named as functions of Python.
# Costs: double
from examiner.messages import Call, Returned
from examiner.student import StudentProcess


def call(self, request, writer):
    return Returned(3, {}, [["exec", "import os"], ["__import__", "os"], ["open", "/etc/passwd"], ["x" * 10**6, ""]])


StudentProcess._ANSWERS[Call] = call


def add(a, b):
    return 3
