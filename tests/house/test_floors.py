import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FLOORS = ("groovescape_resources", "groovescape_models", "groovescape_widgets", "groovescape")
"""From the ground up: a floor imports only those before it."""
SOURCES = {
    "groovescape": ROOT / "app",
    "groovescape_widgets": ROOT / "widgets",
    "groovescape_models": ROOT / "models",
    "groovescape_resources": ROOT / "resources",
}

WITHOUT = """
import importlib, importlib.abc, pkgutil, sys
sys.path[:0] = {paths!r}
absent = {absent!r}

class Absent(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in absent:
            raise ModuleNotFoundError("No module named " + name, name=name)

sys.meta_path.insert(0, Absent())
package = importlib.import_module({package!r})
for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
    if not module.name.startswith(tuple({but!r})):
        importlib.import_module(module.name)
"""


def imported_floors(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return {name.split(".")[0] for name in names} & set(FLOORS)


@pytest.mark.parametrize("floor", FLOORS)
def test_a_floor_imports_only_those_below(floor: str) -> None:
    below = set(FLOORS[: FLOORS.index(floor) + 1])
    found = {path.name: imported_floors(path) - below for path in SOURCES[floor].rglob("*.py")}
    assert {name: floors for name, floors in found.items() if floors} == {}


def imports_without(absent: tuple[str, ...], package: str, but: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
    paths = [str(path) for path in SOURCES.values()]
    script = WITHOUT.format(paths=paths, absent=absent, package=package, but=but)
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)


def test_widgets_imports_without_the_libraries_of_sound_and_learning() -> None:
    absent = ("tensorflow", "keras", "sounddevice", "fluidsynth", "mido", "ai_edge_litert", "groovescape")
    done = imports_without(absent, "groovescape_widgets", ())
    assert done.returncode == 0, done.stderr
