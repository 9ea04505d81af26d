import json
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from groovescape import cli
from groovescape.folders import data_folder
from groovescape_models.checkpoints.official import OfficialConfig, OfficialData, OfficialModel
from groovescape_models.checkpoints.official_write import write_official
from groovescape_models.checkpoints.variable_names import variable_shapes


def test_models_and_styles_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["models"]) == cli.DONE
    text = capsys.readouterr().out
    assert all(
        word in text
        for word in ("drums_2bar", "humanizer_2bar", "styles of drums: ", "styles of melody: ", "rock", "CC BY 4.0")
    )


def test_a_script_gets_figures_and_hashes(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["models", "--json"]) == cli.DONE
    answer = json.loads(capsys.readouterr().out)
    models = {model["id"]: model for model in answer["models"]}
    assert {"drums_2bar", "humanizer_2bar"} <= models.keys()
    assert all(len(file["sha256"]) == 64 for model in models.values() for file in model["files"].values())
    assert len(answer["styles"]["drums"]) >= 12
    assert len(answer["styles"]["melody"]) >= 6


def test_a_card_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["models", "--card", "humanizer_2bar"]) == cli.DONE
    assert "Groove MIDI Dataset" in capsys.readouterr().out


def test_the_card_of_an_unknown_model_fails(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["models", "--card", "melody"]) == cli.FAILED
    assert "drums_2bar" in capsys.readouterr().err


@pytest.fixture
def checkpoint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small official network; what is added goes to a folder of the test's."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    config = OfficialConfig(OfficialData.MELODY, 32, 4, 90, (90,), (3,), (2, 2), lowest_pitches=(21,))
    weights = {name: np.ones(shape, np.float32) for name, shape in variable_shapes(config).items()}
    write_official(OfficialModel(config, weights, "mel"), tmp_path / "mel_2bar.tar")
    return tmp_path / "mel_2bar.tar"


def test_a_model_is_added_listed_shown_and_removed(checkpoint: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["models", "add", str(checkpoint)]) == cli.DONE
    told = capsys.readouterr()
    assert told.out == "Added mel_2bar: melody, 2 bars, 0 MB.\n"
    assert "licence is unknown" in told.err

    assert cli.main(["models", "list"]) == cli.DONE
    line = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("mel_2bar"))
    assert line.split() == ["mel_2bar", "official_musicvae", "1", "0", "unknown", "you"]
    for command in (["models", "show", "mel_2bar"], ["models", "--card", "mel_2bar"]):
        assert cli.main(command) == cli.DONE
        assert "# mel_2bar" in capsys.readouterr().out

    assert cli.main(["models", "remove", "mel_2bar"]) == cli.DONE
    capsys.readouterr()
    assert cli.main(["models", "show", "mel_2bar"]) == cli.FAILED


def test_a_script_adds_a_model_and_gets_its_facts(checkpoint: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["models", "add", str(checkpoint), "--name", "Mine", "--licence", "CC0", "--bars", "1", "--json"]
    assert cli.main(command) == cli.DONE
    facts = json.loads(capsys.readouterr().out)

    assert (facts["id"], facts["licence"], facts["added"], facts["config"]["steps"]) == ("mine", "CC0", True, 16)
    assert cli.main(["models", "show", "mine", "--json"]) == cli.DONE
    assert json.loads(capsys.readouterr().out) == facts


def test_a_damaged_model_does_not_hide_the_others(checkpoint: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["models", "add", str(checkpoint)]) == cli.DONE
    (checkpoint.parent / "data" / "groovescape" / "models" / "mel_2bar" / "model.json").write_text("{")
    capsys.readouterr()

    assert cli.main(["models"]) == cli.DONE
    told = capsys.readouterr()
    assert "drums_2bar" in told.out
    assert "models remove mel_2bar" in told.err


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (["add", "nothing.tar"], "There is no model nothing.tar"),
        (["remove", "drums_2bar"], "ships with Groovescape"),
        (["remove", "../drums"], "that was added"),
        (["show", "trumpets"], "There is no model 'trumpets'"),
    ],
)
def test_what_cannot_be_done_gets_one_sentence(
    checkpoint: Path, command: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert checkpoint.is_file()
    assert cli.main(["models", *command]) == cli.FAILED
    told = capsys.readouterr().err
    assert says in told
    assert len(told.strip().splitlines()) == 1


def test_own_styles_are_listed_and_a_broken_one_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    own = data_folder() / "styles" / "drums"
    own.mkdir(parents=True)
    shipped = files("groovescape_resources") / "styles" / "drums"
    style = next(json.loads(file.read_text()) for file in shipped.iterdir() if file.name.endswith(".json"))
    (own / "mine.json").write_text(json.dumps(style | {"name": "mine"}))
    (own / "broken.json").write_text("{")

    assert cli.main(["models", "list"]) == cli.DONE
    told = capsys.readouterr()
    assert ", mine" in told.out
    assert "broken.json is not a sound style" in told.err
