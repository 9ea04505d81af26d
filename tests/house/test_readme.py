"""What the README tells people to type, typed."""

import re
import shlex
from pathlib import Path

import numpy as np
import pytest

from groovescape import cli
from groovescape_models.checkpoints.official import OfficialConfig, OfficialData, OfficialModel
from groovescape_models.checkpoints.official_write import write_official
from groovescape_models.checkpoints.variable_names import variable_shapes

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
COMMANDS = re.findall(
    r"^\./run ((?:generate|vary|shape|restyle|infill|continue|morph|humanize|groove|models|convert)\b.*)$",
    README,
    re.MULTILINE,
)
PYTHON = re.findall(r"```python\n(.*?)```", README, re.DOTALL)

GROOVE = OfficialConfig(OfficialData.GROOVE, 32, 4, 27, (27,), (3,), (2, 2))
DRUMS = OfficialConfig(OfficialData.DRUMS, 32, 4, 10, (512,), (3,), (2, 2))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with the files that the README takes for granted."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    for name in ("rock", "funk", "beat", "loop"):
        cli.main(["generate", "drums", "--style", "rock", "--seed", "1", "-o", f"{name}.mid"])
    cli.main(["generate", "drums", "--bars", "5", "--seed", "1", "-o", "stiff.mid"])
    cli.main(["groove", "extract", "loop.mid", "-o", "loop.groove"])
    for config, name in ((GROOVE, "groovae_2bar_humanize"), (DRUMS, "cat-drums_2bar_small")):
        shapes = variable_shapes(config).items()
        weights = {key: np.zeros(shape, np.float32) for key, shape in shapes}
        write_official(OfficialModel(config, weights, name), tmp_path / f"{name}.tar")
    return tmp_path


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_readme_works(command: str, folder: Path) -> None:
    words = shlex.split(command)
    assert cli.main(words) == cli.DONE
    if "-o" in words:
        assert (folder / words[words.index("-o") + 1]).exists()


def test_the_readme_shows_each_kind_of_command() -> None:
    shown = {command.split()[0] for command in COMMANDS}
    changes = {"vary", "shape", "restyle", "infill", "continue", "morph", "convert"}
    assert shown == {"generate", "humanize", "groove", "models", *changes}


@pytest.mark.parametrize("program", PYTHON)
def test_a_program_of_the_readme_works(program: str, folder: Path) -> None:
    exec(compile(program, "README.md", "exec"), {})  # noqa: S102  # our own README
    assert (folder / "beat.mid").stat().st_size > 100
