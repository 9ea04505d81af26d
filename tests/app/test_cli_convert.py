import json
import sys
from pathlib import Path

import numpy as np
import pytest

from groovescape import cli
from groovescape_models.checkpoints.official import OfficialConfig, OfficialData, OfficialModel
from groovescape_models.checkpoints.official_file import read_official
from groovescape_models.checkpoints.official_write import write_official
from groovescape_models.checkpoints.variable_names import variable_shapes

CONFIG = OfficialConfig(OfficialData.DRUMS, 32, 4, 10, (512,), (3,), (2, 2))


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small checkpoint; what the user adds goes to a folder of the test's."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    weights = {name: np.ones(shape, np.float32) for name, shape in variable_shapes(CONFIG).items()}
    path = tmp_path / "drums_2bar.tar"
    write_official(OfficialModel(CONFIG, weights, "drums_2bar"), path)
    return path


@pytest.mark.parametrize("dest", ["a.ckpt", "b.tar", "c.npz", "folder"])
def test_a_network_is_written_in_the_form_that_its_name_asks_for(
    source: Path, tmp_path: Path, dest: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["convert", str(source), str(tmp_path / dest)]) == cli.DONE

    assert read_official(tmp_path / dest).config == CONFIG
    assert all(Path(line).is_file() for line in capsys.readouterr().out.splitlines())


def test_a_script_gets_what_was_written(source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = [
        "convert",
        str(source),
        str(tmp_path / "web"),
        "--to",
        "js",
        "--quantize",
        "uint8",
        "--bars",
        "4",
        "--json",
    ]
    assert cli.main(command) == cli.DONE
    answer = json.loads(capsys.readouterr().out)

    assert (answer["form"], answer["data"], answer["bars"], answer["latent_size"]) == ("js", "drums", 4, 4)
    assert all(Path(file["path"]).stat().st_size == file["bytes"] for file in answer["files"])
    assert json.loads((tmp_path / "web" / "config.json").read_text())["dataConverter"]["args"]["numSteps"] == 64


def test_an_added_model_is_converted_by_its_name(source: Path, tmp_path: Path) -> None:
    assert cli.main(["models", "add", str(source), "--name", "mine"]) == cli.DONE
    assert cli.main(["convert", "mine", str(tmp_path / "mine.ckpt")]) == cli.DONE
    assert read_official(tmp_path / "mine.ckpt").config == CONFIG


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (["convert", "missing.tar", "x.ckpt"], "There is no model missing.tar"),
        (["convert", "drums_2bar", "x.ckpt"], "Groovescape's own networks, which have no form in Magenta"),
        (["convert", "song.mid", "song.wav"], "between .mid and .pb"),
        (["convert", "song.pb", "song.npz"], "between .mid and .pb"),
        (["convert", "song.mid", "song.pb"], "There is no file song.mid"),
    ],
)
def test_what_cannot_be_converted_gets_one_sentence(
    source: Path, command: list[str], says: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (source.parent / "empty").mkdir()
    monkeypatch.chdir(source.parent / "empty")
    assert cli.main(command) == cli.FAILED
    told = capsys.readouterr().err
    assert says in told
    assert len(told.strip().splitlines()) == 1


def test_only_magenta_js_is_quantized(source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["convert", str(source), str(tmp_path / "a.ckpt"), "--quantize", "uint16"]) == cli.FAILED
    assert "Only Magenta.js" in capsys.readouterr().err


def test_a_form_that_is_not_there_is_misused(source: Path, tmp_path: Path) -> None:
    assert cli.main(["convert", str(source), str(tmp_path / "a"), "--to", "onnx"]) == cli.MISUSED


def test_a_note_sequence_names_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "note_seq", None)
    (tmp_path / "song.pb").write_bytes(b"")
    assert cli.main(["convert", str(tmp_path / "song.pb"), str(tmp_path / "song.mid")]) == cli.FAILED
    assert "note-seq" in capsys.readouterr().err
