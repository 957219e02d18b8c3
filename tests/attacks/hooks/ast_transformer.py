# Attack: remove every later call of a check from the syntax tree.
# Harmless
import ast


class NoChecks(ast.NodeTransformer):
    def visit_Expr(self, node):
        return None if "check" in ast.dump(node) else node


get_ipython().ast_transformers.append(NoChecks())


def add(a, b):
    return 3
