"""The package as a whole: light to import, and clear about what is public."""

import importlib
import pkgutil
import subprocess
import sys
from types import ModuleType

import pytest

import neurocourse

MODULES = [f"neurocourse.{module.name}" for module in pkgutil.iter_modules(neurocourse.__path__)]
HEAVY = ["IPython", "ipywidgets", "matplotlib.pyplot", "pooch", "requests", "scipy", "sklearn", "torch"]


def test_importing_the_package_takes_a_moment_and_nothing_heavy():
    assert heavy_modules_after("import neurocourse") == []


@pytest.mark.parametrize("module", MODULES)
def test_importing_a_module_loads_nothing_heavy(module):
    assert heavy_modules_after(f"import {module}") == []


def test_heavy_modules_would_be_noticed():
    assert heavy_modules_after("import scipy, matplotlib.pyplot") == ["matplotlib.pyplot", "scipy"]


@pytest.mark.parametrize("module", MODULES)
def test_the_public_names_of_a_module_are_listed_and_sorted(module):
    module = importlib.import_module(module)
    defined = [name for name, value in vars(module).items() if is_public(name, value, module)]
    assert module.__all__ == sorted(defined)


@pytest.mark.parametrize("module", MODULES)
def test_what_a_module_offers_is_documented(module):
    module = importlib.import_module(module)
    offered = {name: getattr(module, name) for name in module.__all__}
    assert module.__doc__
    assert [name for name, value in offered.items() if callable(value) and not value.__doc__] == []


def is_public(name, value, module):
    if name.startswith("_") or isinstance(value, ModuleType):
        return False
    home = getattr(value, "__module__", module.__name__)
    return home == module.__name__ or home.startswith(f"{module.__name__}.")


def heavy_modules_after(statement):
    program = f"{statement}\nimport sys\nprint(*[name for name in {HEAVY} if name in sys.modules])"
    finished = subprocess.run(
        [sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    return finished.stdout.split()
