import json

import pytest

from groovescape import cli


def test_models_and_styles_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["models"]) == cli.DONE
    text = capsys.readouterr().out
    assert all(word in text for word in ("drums_2bar", "humanizer_2bar", "styles: ", "rock", "CC BY 4.0"))


def test_a_script_gets_figures_and_hashes(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["models", "--json"]) == cli.DONE
    answer = json.loads(capsys.readouterr().out)
    models = {model["id"]: model for model in answer["models"]}
    assert {"drums_2bar", "humanizer_2bar"} <= models.keys()
    assert all(len(file["sha256"]) == 64 for model in models.values() for file in model["files"].values())
    assert len(answer["styles"]) >= 4


def test_a_card_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["models", "--card", "humanizer_2bar"]) == cli.DONE
    assert "Groove MIDI Dataset" in capsys.readouterr().out


def test_the_card_of_an_unknown_model_fails(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["models", "--card", "melody"]) == cli.FAILED
    assert "drums_2bar" in capsys.readouterr().err
