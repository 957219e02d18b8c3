"""The mutants of an exercise: every operator at every place of the solution and of each right answer.

    answers ─▶ normal form ─▶ each operator at each place ─▶ those that compile, no two alike

What compiles to the same as an answer of the bank, or as another mutant, is none. A mutant's name says the
answer, the line in normal form, the operator, and what became what; it does not change while these stay.
"""

import ast
import difflib
import hashlib
from dataclasses import dataclass, replace

from tests.mutants import arguments, arrays, calls, code, flow, results, tensors
from tests.mutants.meanings import MEANINGS
from tests.mutants.operator import Setting, called
from tests.mutants.trees import became, fingerprint, places, text, with_other
from tests.notebooks.bank import SOLUTION, right_answers
from tests.notebooks.promises import promise_of

OPERATORS = (
    *arguments.OPERATORS, *results.OPERATORS, *tensors.OPERATORS,
    *code.OPERATORS, *flow.OPERATORS, *calls.OPERATORS, *arrays.OPERATORS,
)  # fmt: skip
# Of what is said on the way, and of messages, no result depends.
_SAID = ("print", "warnings.warn", "warnings.simplefilter", "widgets.progress", "tqdm", "trange")


@dataclass(frozen=True)
class Mutant:
    """An answer with something changed in it."""

    name: str
    answer: str
    source: str
    diff: str


def mutants_of(assignment, solution):
    """Return the mutants of the right answers for a solution cell."""
    right = right_answers(assignment, solution)
    known = {fingerprint(answer.source) for answer in right}
    setting = Setting(ast.Module([], []), promise_of(solution.source), MEANINGS.get(assignment, {}))
    found = [mutant for answer in right for mutant in _new(_mutants(answer, setting), known)]
    return _with_names_of_their_own(found)


def sample(mutants, number):
    """Return so many of the mutants: the same each time, and of as many operators as may be."""
    by_operator = {}
    for mutant in sorted(mutants, key=_by_chance):
        by_operator.setdefault(mutant.name.split(": ")[0].split(" ", 2)[2], []).append(mutant)
    rounds = [
        (place, _by_chance(group[place]), group[place])
        for group in by_operator.values()
        for place in range(len(group))
    ]
    return [mutant for *_, mutant in sorted(rounds, key=lambda entry: entry[:2])[:number]]


def _by_chance(mutant):
    """Return what puts mutants in an order that is the same each time and has nothing to do with them."""
    return hashlib.sha256(mutant.name.encode()).hexdigest()


def _new(mutants, known):
    """Return those that compile and do something else than all that is known; then they are known, too."""
    found = []
    for mutant in mutants:
        try:
            does = fingerprint(mutant.source)
        except SyntaxError:
            continue
        if does not in known:
            known.add(does)
            found.append(mutant)
    return found


def _mutants(answer, setting):
    """Yield an answer with one thing changed; arguments and results are changed in the solution alone."""
    for label, source in _changed(answer.source, replace(setting, as_a_whole=answer.name == SOLUTION)):
        yield Mutant(f"{answer.name} {label}", answer.name, source, _difference(answer.source, source))


def _changed(source, setting):
    """Yield a label and a text for each change of a text."""
    tree = ast.parse(source)
    setting = replace(setting, tree=tree)
    for way, node in [*places(tree)]:
        line = getattr(node, "lineno", None) or setting.above[node].lineno if _counts(node, setting) else 0
        for operator in OPERATORS if line else ():
            for change in [*operator.changes(node, setting)]:
                try:
                    changed = with_other(tree, way, change.code)
                except SyntaxError:  # it cannot stand there
                    continue
                label = change.label or became(text(node), change.code)
                yield f"{line} {operator.name}: {label}", changed


def _counts(node, setting):
    """Return whether a node may be changed: code of functions, or of a cell that defines none."""
    if isinstance(node, ast.expr_context | ast.operator | ast.unaryop | ast.cmpop | ast.boolop | ast.alias):
        return False
    defines = any(isinstance(statement, ast.FunctionDef | ast.ClassDef) for statement in setting.tree.body)
    while not isinstance(node, ast.Module):
        said = isinstance(node, ast.Call) and called(node) in _SAID
        if said or isinstance(node, ast.Raise | ast.JoinedStr | ast.Import | ast.ImportFrom):
            return False
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            defines = False
        node = setting.above[node]
    return not defines


def _with_names_of_their_own(mutants):
    """Return the mutants with a number behind each name that others have as well."""
    seen, named = {}, []
    for mutant in mutants:
        seen[mutant.name] = seen.get(mutant.name, 0) + 1
        number = f" ({seen[mutant.name]})" if seen[mutant.name] > 1 else ""
        named.append(replace(mutant, name=mutant.name + number))
    return named


def _difference(before, after):
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), "right", "mutant", lineterm="", n=2)
    return "\n".join(lines)
