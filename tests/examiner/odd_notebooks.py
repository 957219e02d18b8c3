"""Cells and notebooks by chance: pieces of code in any order, odd letters, anything anywhere."""

from hypothesis import strategies as st

from tests.examiner.attacks import ATTACKS
from tests.examiner.odd_code import ODD_CODE
from tests.examiner.pictures import picture

PIECES = [
    "def add(a, b):", "    return a + b", "\treturn a", "class A(B):", "x", "=", "1", "+", "-", "not ",
    "lambda:", "lambda a, b: ", "(", ")", "[", "]", "{", "}", ",", ":", ";", ".", "**", "@", "if a:",
    "elif b:", "else:", "for i in x:", "while True:", "try:", "except E:", "finally:", "with a as b:",
    "import seaborn as sns", "from math import *", "from google.colab import drive", "drive.mount('/x')",
    "global x", "nonlocal x", "del x", "yield x", "await x", "async def f():", "return", "pass", "match x:",
    "    case [a, *b]:", "%matplotlib widget", "%reset -f", "%%timeit -n 3", "%%time", "!ls", "x?",
    "x = %ls", ">>> x", "'", '"', "'''", '"""', "f'{", "}'", "r'\\", "“", "”", "‘", "’", "\xa0", "\u200b",
    "\ufeff", "−", "×", "（", "）", "#", "\\", "\\\n", "\n", "\n    ", "\n\t", "\r", "\x0c", "\x00", "\ud800",
    "\u202e", "\u2028", "<<<<<<< HEAD", "=======", ">>>>>>> theirs", "```python", "```",
    "### BEGIN SOLUTION", "YOUR ANSWER HERE", "$\\href{a}{b}$", "![d](attachment:d.png)",
    "| a | b |\n|---|---|",
]  # fmt: skip

texts = st.one_of(
    st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=30).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=12).map("\n".join),
    st.tuples(st.sampled_from(PIECES), st.integers(1, 3_000)).map(lambda pair: pair[0] * pair[1]),
    st.tuples(st.sampled_from(PIECES), st.sampled_from(PIECES), st.integers(1, 500)).map(
        lambda parts: parts[0] * parts[2] + parts[1] * parts[2]
    ),
    st.sampled_from([*ODD_CODE.values(), *ATTACKS]),
    st.text(),
)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=6,
)
bundles = st.dictionaries(
    st.sampled_from(["image/png", "image/jpeg", "image/svg+xml", "text/plain", "text/html"]),
    st.sampled_from([picture(), picture("GIF"), "x", ""]) | texts | anything,
)
outputs = st.lists(
    st.fixed_dictionaries(
        {"output_type": st.sampled_from(["stream", "error", "display_data", "execute_result"]) | anything},
        optional={
            "name": st.sampled_from(["stdout", "stderr"]) | anything,
            "text": texts | st.lists(texts, max_size=3) | anything,
            "data": bundles | anything,
            "metadata": st.just({}) | anything,
            "ename": texts | anything,
            "evalue": texts | anything,
            "traceback": st.lists(texts, max_size=3) | anything,
            "execution_count": st.integers() | anything,
        },
    )
    | anything,
    max_size=4,
)
NAMES = ["setup", "add", "add-test", "double", "double-test", "why", "launch-links", "other", ""]
changes = st.fixed_dictionaries(
    {},
    optional={
        "cell_type": st.sampled_from(["code", "markdown", "raw", "heading"]) | anything,
        "source": texts | st.lists(texts, max_size=3) | anything,
        "id": st.sampled_from(NAMES) | anything,
        "metadata": (st.sampled_from(NAMES) | anything).map(lambda name: {"nbgrader": {"grade_id": name}})
        | anything,
        "attachments": st.dictionaries(st.sampled_from(["d.png", "a b", ""]), bundles | anything) | anything,
        "outputs": outputs | anything,
        "execution_count": anything,
    },
)  # fmt: skip
