import re
import subprocess
import sys
from pathlib import Path

import pytest

from groovescape import cli

COMMANDS = ("generate", "morph", "humanize", "groove", "models", "train", "evaluate", "bench")


GROOVE_ACTIONS = ("list", "show", "extract", "apply", "morph")


@pytest.mark.parametrize("command", [*COMMANDS, *(f"groove {action}" for action in GROOVE_ACTIONS)])
def test_each_command_explains_itself_with_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([*command.split(), "--help"]) == cli.DONE
    assert re.search(rf"examples?:\n  groovescape {command}", capsys.readouterr().out)


def test_the_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--help"]) == cli.DONE
    text = capsys.readouterr().out
    assert all(f"\n    {command} " in text for command in COMMANDS)


def test_the_version_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--version"]) == cli.DONE
    assert capsys.readouterr().out.startswith("groovescape ")


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("dance",),
        ("generate",),
        ("generate", "drums"),
        ("generate", "drums", "--bars", "0", "-o", "a.mid"),
        ("generate", "drums", "--temperature", "hot", "-o", "a.mid"),
        ("humanize", "a.mid", "-o", "b.mid", "--seed", "1", "--mean"),
        ("humanize", "a.mid", "-o", "b.mid", "--intensity", "1.6"),
        ("morph", "a.mid", "b.mid", "--steps", "1", "-o", "c"),
    ],
)
def test_what_is_not_understood_ends_with_2(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(words) == cli.MISUSED
    assert "error:" in capsys.readouterr().err


def test_a_missing_file_fails_with_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["humanize", str(tmp_path / "none.mid"), "-o", str(tmp_path / "out.mid")]) == cli.FAILED
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("groovescape: ")
    assert "none.mid" in captured.err
    assert captured.err.count("\n") == 1


def test_a_broken_file_fails_with_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "broken.mid"
    broken.write_bytes(b"MThd\0\0\0\6 this is no music")
    assert cli.main(["humanize", str(broken), "-o", str(tmp_path / "out.mid")]) == cli.FAILED
    assert capsys.readouterr().err.count("\n") == 1
    assert not (tmp_path / "out.mid").exists()


def test_an_interrupted_command_ends_with_130(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("groovescape.cli_groove_library.list_grooves", interrupt)
    assert cli.main(["groove", "list"]) == cli.INTERRUPTED
    assert "interrupted" in capsys.readouterr().err


def test_a_reader_that_leaves_early_is_no_error_worth_a_traceback() -> None:
    script = "import sys; from groovescape.cli import main; sys.exit(main(['groove', 'list', '--json']))"
    with subprocess.Popen(
        [sys.executable, "-c", f"import sys; sys.path[:0] = {sys.path!r}; {script}"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""


def test_the_command_line_needs_no_qt() -> None:
    script = (
        f"import sys; sys.path[:0] = {sys.path!r}; from groovescape.cli import main; main(['groove', 'list']);"
        "sys.exit(any(name.startswith(('PySide6', 'tensorflow', 'keras')) for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", script], stdout=subprocess.DEVNULL, check=False).returncode == 0
