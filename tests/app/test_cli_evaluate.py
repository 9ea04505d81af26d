from pathlib import Path

import pytest

from groovescape import cli


@pytest.mark.parametrize("model", ["musicvae-drums", "groovae", "drums_2bar", "humanizer_2bar"])
def test_data_that_is_not_there_is_named(model: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["evaluate", model, "--data", str(tmp_path)]) == cli.FAILED
    assert str(tmp_path) in capsys.readouterr().err


def test_an_unknown_model_is_answered_with_the_known_ones(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["evaluate", "melody", "--data", str(tmp_path)]) == cli.FAILED
    assert "drums_2bar" in capsys.readouterr().err
