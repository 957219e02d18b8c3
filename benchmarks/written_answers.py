"""Written answers of a class to the three questions of tutorial 1, by chance, with what each of them earns.

A question has typical answers: right ones, partly right ones, wrong ones, and next to nothing. Each says some
of the points of the mark scheme, in one of several wordings, with formulas in one of ten styles. The truth is
known: which items of the mark scheme an answer earns.
"""

import random
import re
from dataclasses import dataclass

STUBS = ("I don't know", "TODO", "?", "no idea", "idk", "ran out of time", "...", "sorry, no time")
SHARES = {"right": 45, "partly": 30, "wrong": 15, "stub": 10}


@dataclass(frozen=True)
class WrittenAnswer:
    """An answer, and the places of the items that it earns."""

    text: str
    earned: frozenset[int]
    kind: str


# In formulas: S sum over i, X image, K filter, Y count, E(…) exponential, DOT product, L(…) log, R rate.
_TEX = [
    ("S", r"\sum_i "),
    ("X", "x_i"),
    ("K", "k"),
    ("Y", "y_i"),
    ("DOT", r" \cdot "),
    ("R", r"\lambda_i"),
    ("J", "_j"),
]


def _tex(formula, exponential=r"e^{\1}", logarithm=r"\\log \1", replaced=()):
    formula = re.sub(r"E\(([^()]*)\)", exponential, formula)
    formula = re.sub(r"L\(([^()]*)\)", logarithm, formula)
    for letter, said in [*replaced, *_TEX]:
        formula = re.sub(rf"\b{letter}\b" if letter.isalpha() else letter, lambda _, said=said: said, formula)
    return " ".join(formula.split())


def _plain(formula, dot="*", total="sum_i ", rate="lambda_i"):
    formula = re.sub(r"E\(([^()]*)\)", r"exp(\1)", formula)
    formula = re.sub(r"L\(([^()]*)\)", r"log(\1)", formula)
    letters = [("S", total), ("X", "x_i"), ("K", "k"), ("Y", "y_i"), ("R", rate)]
    for letter, said in letters:
        formula = re.sub(rf"\b{letter}\b", lambda _, said=said: said, formula)
    return " ".join(formula.replace(" DOT ", dot).split())


_BOLD = [("K", r"\mathbf{k}"), ("X", r"\mathbf{x}_i")]
_TRANSPOSED = [("DOT", r"^\top ")]
_LIMITS = [("S", r"\sum_{i=1}^{n} ")]
STYLES = {
    "display": lambda f: f"$${_tex(f)}$$",
    "inline": lambda f: f"${_tex(f)}$",
    "brackets": lambda f: rf"\[ {_tex(f)} \]",
    "aligned": lambda f: "\\begin{align}\n" + _tex(f).replace("=", "&=") + "\n\\end{align}",
    "exp": lambda f: "$$" + _tex(f, exponential=r"\\exp(\1)") + "$$",
    "bold": lambda f: "$$" + _tex(f, replaced=_BOLD) + "$$",
    "transposed": lambda f: "$$" + _tex(f, replaced=_TRANSPOSED) + "$$",
    "limits": lambda f: "$$" + _tex(f, replaced=_LIMITS, logarithm=r"\\ln \1") + "$$",
    "plain": lambda f: _plain(f),
    "unicode": lambda f: _plain(f, dot="·", total="Σ_i ", rate="λ_i"),
}

_EQUATION = {
    0: ("Counts are independent given the images, so the likelihood is a product, its log a sum.",
        "The likelihood is a product over images as they are independent; the logarithm makes it a sum."),
    1: ("log P = S (Y L(R) - R - L(Y!))",),
    2: ("With R = E(K DOT X) the log of the rate is L(R) = K DOT X",),
    3: ("NLL = S E(K DOT X) - S Y K DOT X", "NLL = S (E(K DOT X) - Y K DOT X)"),
    4: ("The last term does not depend on k, so it changes neither minimum nor gradient and I drop it.",
        "I left out the factorial: it does not contain k and moves the curve up or down as a whole."),
}  # fmt: skip
_EQUATION_WRONG = {
    1: ("log P = S (Y L(R) + R)",),
    3: ("NLL = S E(K DOT X) + S Y K DOT X", "NLL = S Y K DOT X - S E(K DOT X)"),
    4: ("Constants never matter.",),
}
_GRADIENT = {
    0: ("The slope of the drive along pixel j is its value in the image, x_ij.",
        "The derivative of the drive along one pixel j is x_ij."),
    1: ("By the chain rule the exponential gives S E(K DOT X) X",),
    2: ("The second term gives S Y X",),
    3: ("G = S (E(K DOT X) - Y) X", "G = S E(K DOT X) X - S Y X"),
    4: ("It is zero when the prediction errors, weighted with the images, cancel.",
        "It vanishes where the errors are uncorrelated with every pixel."),
}  # fmt: skip
_GRADIENT_WRONG = {
    1: ("The exponential stays the same: S E(K DOT X)",),
    3: ("G = S (E(K DOT X) + Y) X", "G = S (E(K DOT X) - Y)", "G = S (Y - E(K DOT X)) X"),
    4: ("It is zero when k is zero.",),
}
_STEPS = {
    0: ("The gradient is only valid near the start: the step overshoots to the far side, higher up.",
        "A step that is too long overshoots the valley and ends up higher on the other side."),
    1: ("How long is too long depends on the curvature, and the steepest direction decides for all.",
        "The curvature, the second derivative, limits the step to about 2 over the curvature."),
    2: ("With the exponential slope and curvature grow after each overshoot, so the next one is larger.",
        "It gets worse because the exponential makes the gradient bigger after every overshoot."),
    3: ("A line search would help.", "I would use a second-order method such as Newton's."),
}  # fmt: skip
_STEPS_WRONG = {
    0: ("The gradient points in the wrong direction.", "The step is too small to get over the hill."),
    1: ("The curvature is negative there.",),
    2: ("It gets worse because of rounding errors.",),
    3: ("I would use a larger step.", "More data would help."),
}
QUESTIONS = {
    "nll_equation": (_EQUATION, _EQUATION_WRONG, [{4}, {0, 4}, {1}, {2}], [{1, 3, 4}, {3, 4}]),
    "nll_gradient": (_GRADIENT, _GRADIENT_WRONG, [{4}, {0}, {1, 4}], [{1, 3, 4}, {3, 4}]),
    "larger_steps-written": (_STEPS, _STEPS_WRONG, [{3}, {2}, {1}, {2, 3}], [{0, 1, 2}, {0, 1, 2, 3}]),
}


def draw(question, rng):
    """Return an answer to a question, drawn by chance."""
    said, mistaken, partly, wrong = QUESTIONS[question]
    (kind,) = rng.choices(list(SHARES), weights=SHARES.values())
    if kind == "stub":
        return WrittenAnswer(rng.choice(STUBS), frozenset(), kind)
    lacking = {"right": set(), "partly": set(rng.choice(partly)), "wrong": set(rng.choice(wrong))}[kind]
    style = STYLES[rng.choice(list(STYLES))]
    lines = []
    for place, wordings in said.items():
        if place not in lacking:
            lines.append(_noisy(_styled(rng.choice(wordings), style), rng))
        elif place in mistaken and (kind == "wrong" or rng.random() < 0.5):
            lines.append(_noisy(_styled(rng.choice(mistaken[place]), style), rng))
    return WrittenAnswer("\n\n".join(lines), frozenset(set(said) - lacking), kind)


def _noisy(line, rng):
    """Return a line of prose as people write it: some with a slip, a word more, or no full stop."""
    if rng.random() < 0.7 or "=" in line or "gives" in line:
        return line
    slip = rng.randrange(4)
    if slip == 0:
        return line.rstrip(".")
    if slip == 1:
        return f"{rng.choice(['So', 'I think', 'Well,', 'Then'])} {line[0].lower()}{line[1:]}"
    if slip == 2:
        return line.replace(" the ", " teh ", 1)
    place = rng.randrange(3, len(line) - 3)
    return line[:place] + line[place + 1 :]


def _styled(line, style):
    """Return a line in which what stands behind the last colon or word of prose is a formula in a style."""
    if not re.search(r"\b[SERXYKG]\b|E\(", line):
        return line
    begun = re.search(r"(?:log P|NLL|G) = |R = |(?:gives|same:) ", line)
    prose, formula = line[: begun.start()], line[begun.start() :]
    for word in ("gives ", "same: "):
        if formula.startswith(word):
            prose, formula = prose + word, formula.removeprefix(word)
    middle = " the log of the rate is "
    if middle in formula:
        first, second = formula.split(middle)
        return f"{prose}{style(first)}{middle}{style(second)}"
    return f"{prose}{style(formula)}" if not prose else f"{prose}\n\n{style(formula)}"


def draw_class(n_students, seed=0):
    """Return the answers of a class by student and question."""
    rng = random.Random(seed)
    return {
        f"student{number:04}": {question: draw(question, rng) for question in QUESTIONS}
        for number in range(n_students)
    }
