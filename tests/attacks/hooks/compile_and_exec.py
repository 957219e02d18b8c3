# Attack: patch compile, exec and the exceptions among the built-ins.
# Harmless
import builtins

builtins.AssertionError = type("Harmless", (Exception,), {})
builtins.all = builtins.any = builtins.isinstance = lambda *args: True
builtins.abs = builtins.float = lambda *args: 3.0


def add(a, b):
    return 3
