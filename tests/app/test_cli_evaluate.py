import json
from pathlib import Path

import pytest

from groovescape import cli


@pytest.mark.parametrize(
    ("model", "heads"),
    [("musicvae-drums", ("hit F1", "teacher forced", "prior samples")), ("groovae", ("timing ms", "velocity KL"))],
)
def test_the_tables_of_a_model_are_printed(
    model: str, heads: tuple[str, ...], tiny_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["evaluate", model, "--data", str(tiny_data)]) == cli.DONE
    text = capsys.readouterr().out
    assert all(head in text for head in heads)


def test_a_script_gets_the_figures_as_json(tiny_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["evaluate", "drums_2bar", "--data", str(tiny_data), "--json"]) == cli.DONE
    figures = json.loads(capsys.readouterr().out)
    assert figures["model"] == "drums_2bar"
    assert figures["test_patterns"] == 14
    assert 0.0 <= figures["sampled"]["hit_f1"] <= 1.0


@pytest.mark.parametrize("model", ["musicvae-drums", "groovae", "drums_2bar", "humanizer_2bar"])
def test_data_that_is_not_there_is_named(model: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["evaluate", model, "--data", str(tmp_path)]) == cli.FAILED
    assert str(tmp_path) in capsys.readouterr().err


def test_an_unknown_model_is_answered_with_the_known_ones(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["evaluate", "keys", "--data", str(tmp_path)]) == cli.FAILED
    assert "drums_2bar" in capsys.readouterr().err
