import sys
from pathlib import Path

import pytest

from groovescape import cli


@pytest.mark.parametrize("model", ["musicvae-drums", "groovae"])
def test_without_keras_a_sentence_names_the_command_that_works(
    model: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.startswith("groovescape_models.training")]:
        monkeypatch.delitem(sys.modules, name)
    for name in ("keras", "tensorflow"):
        monkeypatch.setitem(sys.modules, name, None)
    words = ["train", model, "--data", str(tmp_path), "--out", str(tmp_path / "out")]
    assert cli.main(words) == cli.FAILED
    captured = capsys.readouterr()
    assert "./run train" in captured.err
    assert captured.err.count("\n") == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "words",
    [
        ("train", "melody-rnn", "--data", "."),
        ("train", "groovae"),
        ("train", "groovae", "--data", ".", "--minutes", "0"),
        ("train", "groovae", "--data", ".", "--epochs", "many"),
    ],
)
def test_a_training_run_that_makes_no_sense_is_refused(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(words) == cli.MISUSED
    assert "error:" in capsys.readouterr().err


def test_what_only_drums_are_asked_is_refused_of_others(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["train", "groovae", "--data", str(tmp_path), "--quantised"]) == cli.FAILED
    assert "--quantised is for musicvae-drums, melody, bass, not for groovae." in capsys.readouterr().err


def test_only_a_student_has_a_teacher(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["train", "groovae", "--data", str(tmp_path), "--teacher", "groove_lstm_2bar"]) == cli.FAILED
    assert "--teacher is for groove-lstm, groove-lite, groove-again" in capsys.readouterr().err
