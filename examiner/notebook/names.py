"""Tells which names code binds, and which it takes from earlier code, from its syntax tree.

The functions follow a tree down, so they may end in a `RecursionError`. A symbol table refuses some code that
Python parses, such as `def f(a, a)`. Only `syntax` calls them, and an error of theirs means "unknown".
"""

from __future__ import annotations

import ast
import symtable
from collections.abc import Iterator
from typing import TypeGuard

_DEFINING = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
# What changes nothing where it is evaluated: in a default, in an annotation, or to give a name a value.
_QUIET = (
    ast.arguments, ast.arg, ast.Constant, ast.Name, ast.Attribute, ast.Tuple, ast.List,
    ast.UnaryOp, ast.unaryop, ast.BinOp, ast.operator, ast.expr_context,
)  # fmt: skip


def bound_by(body: list[ast.stmt]) -> frozenset[str]:
    """Return the names that statements bind, and those in their blocks, but not in functions and classes."""
    return frozenset(name for node in _top_level(body) for name in _bound_by(node))


def needed_by(tree: ast.Module, text: str) -> frozenset[str]:
    """Return the names that code may take from what ran before it; where in doubt, it does.

    `text` is what the tree was parsed from.
    """
    table = symtable.symtable(text, "", "exec")
    bound = {symbol.get_name() for symbol in table.get_symbols() if _is_bound(symbol)}
    return frozenset((_globals(table) - bound) | (_loaded_first(tree.body, set()) & bound))


def stood_in_by(tree: ast.Module) -> frozenset[str]:
    """Return the names that a test gives values of its own, by `checks.stand_in`, before it loads them."""
    loaded: frozenset[str] = frozenset()
    replaced: frozenset[str] = frozenset()
    for statement in tree.body:
        alone = ast.Module([statement], [])
        loaded |= needed_by(alone, ast.unparse(alone)) - replaced
        call = statement.value if isinstance(statement, ast.Expr) else None
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "checks.stand_in":
            replaced |= {keyword.arg for keyword in call.keywords if keyword.arg} - loaded
    return replaced


def only_binds(tree: ast.Module, *, may_call: bool = False) -> bool:
    """Return whether code defines functions and classes, and gives names values, and changes no object.

    With `may_call` values may come from calls, and `print` may show some: whoever asks knows these calls.
    """
    return all(
        _is_quiet_function(node) or _is_quiet_class(node) or _is_assignment(node, may_call)
        for node in tree.body
    )


def _is_quiet_function(node: ast.stmt) -> bool:
    if not isinstance(node, ast.FunctionDef) or node.decorator_list:
        return False
    return all(_is_quiet(head) for head in ast.iter_child_nodes(node) if not isinstance(head, ast.stmt))


def _is_quiet_class(node: ast.stmt) -> bool:
    """Return whether it is a class of functions, below none but classes of modules.

    One of the notebook's own might run code where another is derived from it.
    """
    if not isinstance(node, ast.ClassDef) or node.decorator_list or node.keywords:
        return False
    return all(isinstance(base, ast.Attribute) for base in node.bases) and all(
        _is_quiet_function(each) or (isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant))
        for each in node.body
    )


def _is_assignment(node: ast.stmt, may_call: bool) -> bool:
    if may_call and isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        return isinstance(node.value.func, ast.Name) and node.value.func.id == "print"
    if not isinstance(node, ast.Assign):
        return False
    parts = [part for target in node.targets for part in ast.walk(target)]
    to_names = all(isinstance(part, ast.Name | ast.Tuple | ast.expr_context) for part in parts)
    return to_names and (may_call or _is_quiet(node.value))


def _is_quiet(tree: ast.AST) -> bool:
    return all(isinstance(part, _QUIET) for part in ast.walk(tree))


def _top_level(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield the statements of a body and of the blocks in it, but not of functions and classes."""
    waiting = list(reversed(body))
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, _DEFINING):
            waiting += [
                child
                for block in ast.iter_child_nodes(node)
                for child in ([block] if isinstance(block, ast.stmt) else ast.iter_child_nodes(block))
                if isinstance(child, ast.stmt)
            ]


def _bound_by(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, _DEFINING):
        yield node.name
    elif isinstance(node, ast.Import | ast.ImportFrom):
        yield from (alias.asname or alias.name for alias in node.names)
    elif isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        for target in targets:
            yield from (name.id for name in ast.walk(target) if _is_stored(name))


def _is_stored(node: ast.AST) -> TypeGuard[ast.Name]:
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)


def _is_bound(symbol: symtable.Symbol) -> bool:
    return symbol.is_assigned() or symbol.is_imported()


def _globals(table: symtable.SymbolTable) -> set[str]:
    """Return the module's names that a block of code, or a function in it, refers to."""
    is_module = table.get_type() == "module"
    found = {s.get_name() for s in table.get_symbols() if s.is_referenced() and (is_module or s.is_global())}
    return found.union(*map(_globals, table.get_children()))


def _loaded_first(body: list[ast.stmt], bound: set[str]) -> set[str]:
    """Return the names that statements load before they have bound them for certain."""
    loaded: set[str] = set()
    for statement in body:
        blocks = [b for name in ("body", "orelse", "finalbody") if (b := getattr(statement, name, None))]
        if blocks and not isinstance(statement, _DEFINING):
            heads = [node for node in ast.iter_child_nodes(statement) if not isinstance(node, ast.stmt)]
            loaded |= set().union(*map(_loads, heads)) - bound
            within = bound.union(*map(_stores, heads))
            loaded |= set().union(*(_loaded_first(block, within) for block in blocks))
        else:
            loaded |= _loads(statement) - bound
            bound = bound | bound_by([statement])
    return loaded


def _loads(tree: ast.AST) -> set[str]:
    added_to = {id(n.target) for n in ast.walk(tree) if isinstance(n, ast.AugAssign)}
    names = (n for n in ast.walk(tree) if isinstance(n, ast.Name))
    return {n.id for n in names if isinstance(n.ctx, ast.Load) or id(n) in added_to}


def _stores(tree: ast.AST) -> set[str]:
    return {node.id for node in ast.walk(tree) if _is_stored(node)}
