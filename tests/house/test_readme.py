"""What the README tells people to type, typed."""

import re
import shlex
from pathlib import Path

import pytest

from groovescape import cli

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^\./run ((?:generate|morph|humanize|groove|models)\b.*)$", README, re.MULTILINE)
PYTHON = re.findall(r"```python\n(.*?)```", README, re.DOTALL)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with the files that the README takes for granted."""
    monkeypatch.chdir(tmp_path)
    for name in ("rock", "funk"):
        cli.main(["generate", "drums", "--style", name, "--seed", "1", "-o", f"{name}.mid"])
    cli.main(["generate", "drums", "--bars", "5", "--seed", "1", "-o", "stiff.mid"])
    return tmp_path


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_readme_works(command: str, folder: Path) -> None:
    words = shlex.split(command)
    assert cli.main(words) == cli.DONE
    if "-o" in words:
        assert (folder / words[words.index("-o") + 1]).exists()


def test_the_readme_shows_each_kind_of_command() -> None:
    assert {command.split()[0] for command in COMMANDS} == {"generate", "morph", "humanize", "groove", "models"}


@pytest.mark.parametrize("program", PYTHON)
def test_a_program_of_the_readme_works(program: str, folder: Path) -> None:
    exec(compile(program, "README.md", "exec"), {})  # noqa: S102  # our own README
    assert (folder / "beat.mid").stat().st_size > 100
