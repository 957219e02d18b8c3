# Attack: name, print and raise text that has no encoding.
# Harmless
print("\ud800 \x00 \x1b[31m </pre><script>alert(1)</script>")


class Odd(Exception):
    pass


Odd.__name__ = "\ud800<script>"


def add(a, b):
    raise Odd("\ud800<script>")
