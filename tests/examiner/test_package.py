"""The examiner's rooms: imports go down, and every rule on its files finds all of them."""

import ast
import re
from pathlib import Path

import pytest

import examiner
import neurocourse

FOLDER = Path(examiner.__file__).parent
MODULES = sorted(path.relative_to(FOLDER) for path in FOLDER.rglob("*.py"))
# From the ground up. The files in the top folder are the ground and the roof.
GROUND = {"errors.py", "verdict.py", "wording.py", "apart.py", "__init__.py"}
ROOMS = [
    "ground", "inside", "notebook", "course", "sandbox", "intake", "exam", "gradebook", "collecting", "batch",
    "results", "desk", "charts", "harvest", "returning", "publishing", "roof",
]  # fmt: skip


def room(module):
    return module.parts[0] if len(module.parts) > 1 else ("ground" if module.name in GROUND else "roof")


def imported(module):
    """Yield the path of each module of the examiner that a module imports."""
    for node in ast.walk(ast.parse((FOLDER / module).read_text())):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "examiner":
            inner = "/".join(node.module.split(".")[1:])
            for name in node.names:
                found = [f"{inner}/{name.name}.py".lstrip("/"), f"{inner}.py", "__init__.py"]
                yield next(Path(path) for path in found if (FOLDER / path).is_file())


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_a_room_imports_only_from_rooms_below_it(module):
    above = {str(found) for found in imported(module) if ROOMS.index(room(found)) > ROOMS.index(room(module))}
    assert not above


def test_what_a_student_process_holds_needs_no_other_room():
    inside = [module for module in MODULES if room(module) == "inside"]
    assert {room(found) for module in inside for found in imported(module)} == {"inside"}


def test_every_room_is_in_the_order_and_says_what_it_does():
    assert {room(module) for module in MODULES} == set(ROOMS)
    for name in ROOMS[1:-1]:
        said = ast.get_docstring(ast.parse((FOLDER / name / "__init__.py").read_text()))
        assert said
        assert said.count(".\n") + 1 >= 2, f"{name}: its job, what comes in and what goes out"


def test_modules_of_a_room_import_one_another_in_one_direction():
    waiting = {module: {found for found in imported(module) if found != module} for module in MODULES}
    while ready := {module for module, needs in waiting.items() if not needs & waiting.keys()}:
        waiting = {module: needs for module, needs in waiting.items() if module not in ready}
    assert not waiting, (
        f"these import one another in a circle, or need one that does: {sorted(map(str, waiting))}"
    )


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_a_module_does_not_rely_on_how_deep_it_lies(module):
    assert "Path(__file__).parents" not in (FOLDER / module).read_text()


def test_the_helper_module_knows_nothing_of_the_examiner():
    files = [path for path in Path(neurocourse.__file__).parent.rglob("*") if path.suffix in {".py", ".toml"}]
    assert len(files) > 40
    assert [str(path) for path in files if "examiner" in path.read_text()] == []


def test_every_place_that_the_guide_to_the_engine_names_is_there():
    guide = (FOLDER.parent / "docs" / "engine.md").read_text()
    named = re.findall(r"`((?:examiner|tests)/[\w/.]+)`(?: \(`(\w+)`\))?", guide)
    assert len(named) > 40
    for place, name in named:
        path = FOLDER.parent / place
        assert path.exists(), place
        assert not name or re.search(rf"^(class {name}\b|{name}\b.* = )", path.read_text(), re.M), name
    rooms = set(re.findall(r"^\| `(\w+)/` \|", guide, re.M))
    assert rooms == set(ROOMS[1:-1])


def test_the_pairs_that_the_guide_names_are_there():
    guide = (FOLDER.parent / "docs" / "engine.md").read_text()
    pairs = re.findall(r"^\| `(\w+/\w+_client\.py)`.* \| `(\w+/\w+_process\.py)` \|", guide, re.M)
    assert len(pairs) == 3
    for pair in pairs:
        assert [place for place in pair if not (FOLDER / place).is_file()] == []
