# Attack: answer later imports of the checks with a module of one's own.
# Harmless
import sys
import types
from importlib.machinery import ModuleSpec


class Finder:
    def find_spec(self, name, path=None, target=None):
        return ModuleSpec(name, self) if name.startswith("neurocourse") else None

    def create_module(self, spec):
        return types.ModuleType(spec.name)

    def exec_module(self, module):
        module.check_close = lambda *args, **kwargs: None
        module.checks = module


sys.meta_path.insert(0, Finder())
for name in [name for name in sys.modules if name.startswith("neurocourse")]:
    del sys.modules[name]


def add(a, b):
    return 3
