"""Texts that a code cell can hold and that Python, in one place or another, does not take."""

_DASHES = "-" * 400

REFUSED_BY_SYMBOL_TABLES = {
    "an argument twice": "def f(a, a):\n    return a",
    "a global after its use": "def f():\n    print(x)\n    global x",
    "a stray nonlocal": "def f():\n    nonlocal x",
    "nonlocal at the top": "nonlocal x",
    "a star import in a function": "def f():\n    from math import *",
    "nonlocal and a parameter": "def f():\n    x = 1\n    def g(x):\n        nonlocal x",
    "a named expression in a comprehension": "[x := 1 for x in y]",
}
REFUSED_WHEN_COMPILED = {
    "return at the top": "return 3",
    "yield in a class": "class A:\n    yield 3",
    "await outside of a function": "def f():\n    await g()",
    "break outside of a loop": "break",
    "a star on its own": "*a",
    "an assignment to __debug__": "__debug__ = 1",
    "twenty-one nested loops": "".join(f"{' ' * n}for i in x:\n" for n in range(21)) + " " * 21 + "pass",
    "a future in the middle": "x = 1\nfrom __future__ import annotations",
    "two starred targets": "*a, *b = c",
    "a keyword twice": "f(a=1, a=2)",
}
DEEP = {
    "a sum of 600 terms": "x = " + "1 + " * 599 + "1",
    "a sum of 6,000 terms": "x = " + "1 + " * 5_999 + "1",
    "a sum of 60,000 terms": "x = " + "1 + " * 59_999 + "1",
    "a chain of 900 attributes": "a" + ".b" * 900,
    "a chain of 9,000 calls": "f" + "()" * 9_000,
    "199 brackets": "(" * 199 + ")" * 199,
    "40,000 brackets": "(" * 40_000,
    "40,000 signs": "-" * 40_000 + "1",
    "9,000 times not": "not " * 9_000 + "1",
    "9,000 times lambda": "lambda:" * 6_000 + "1",
    "lambdas with commas": "lambda a, b:" * 4_000 + "1",
    "9,000 powers": "2**" * 9_000 + "2",
    "2,000 conditions": "1 if x else " * 2_000 + "1",
    "2,000 branches": "if a:\n    pass\n" + "elif a:\n    pass\n" * 2_000,
    "99 blocks": "".join(f"{' ' * n}if {'-' * 100}a:\n" for n in range(99)) + " " * 99 + "pass",
    "150 blocks": "".join(f"{' ' * n}if a:\n" for n in range(150)) + " " * 150 + "pass",
    "strings in strings": "f'{" + _DASHES + 'f"{' + _DASHES + '1}"' + "}'",
}
ODD_LETTERS = {
    "a null": "x = 1\0",
    "a lone surrogate": "x = '\ud800'",
    "a surrogate as a name": "\udfff = 1",
    "a direction turned": "x = '\u202e' # \u2066",
    "a zero-width space": "x\u200b = 1",
    "a form feed": "x = 1\x0cy = 2",
    "line ends of old computers": "x = 1\ry = 2",
    "a line separator": "x = 1\u2028y = 2",
    "a byte order mark": "\ufeffx = 1",
    "many digits": "x = " + "9" * 40_000,
    "many digits in base 16": "x = 0x" + "f" * 40_000,
    "a lone backslash": "\\",
    "an open string": "x = '''" + "\\" * 9_001,
    "a backslash at the end": "x = 1 \\",
    "nothing": "",
    "blanks": " \n\t\n  ",
}
COMMANDS = {
    "12,000 commands": "%ls\n" * 12_000,
    "10,000 lines for a shell": "!ls\n" * 10_000,
    "12,000 times help": "a?\n" * 12_000,
    "500 assigned commands": "x = %ls\n" * 500,
    "half a prompt": ">>> x = 1\n... y",
    "a command for a cell": "%%html\n<b>",
    "a command without a name": "%%\nx = 1",
    "conflict marks": "<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> theirs",
    "prose": "Because addition commutes, isn't it?",
}
ODD_CODE = {**REFUSED_BY_SYMBOL_TABLES, **REFUSED_WHEN_COMPILED, **DEEP, **ODD_LETTERS, **COMMANDS}
