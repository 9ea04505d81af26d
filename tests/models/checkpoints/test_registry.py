import json
import shutil
from importlib.resources import as_file
from pathlib import Path

import pytest

from groovescape_models.checkpoints.registry import (
    checkpoints_folder,
    open_network,
    read_info,
    read_weights,
    shipped_model,
    shipped_models,
)
from groovescape_models.errors import CheckpointError, UnknownNameError


def test_every_shipped_file_has_the_hash_that_its_bundle_says() -> None:
    models = shipped_models()
    assert {"drums_2bar", "humanizer_2bar"} <= {model.id for model in models}
    for model in models:
        for name, facts in model.files.items():
            assert len(model.read(name)) == facts["bytes"]


def test_every_model_has_a_card_with_its_data_and_licence() -> None:
    for model in shipped_models():
        assert all(str(source["name"]).split()[0].removesuffix("'s") in model.card for source in model.data)
        assert model.licence in model.card
        assert model.figures


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    with as_file(checkpoints_folder() / "drums_2bar") as folder:
        return shutil.copytree(folder, tmp_path / "drums_2bar")


def test_damaged_weights_are_told(copied: Path) -> None:
    data = bytearray((copied / "weights.npz").read_bytes())
    data[1000] ^= 1
    (copied / "weights.npz").write_bytes(bytes(data))
    with pytest.raises(CheckpointError, match=r"weights.npz .* damaged"):
        read_weights(read_info(copied))


def test_missing_files_are_told(copied: Path) -> None:
    (copied / "weights.npz").unlink()
    with pytest.raises(CheckpointError, match="missing"):
        read_weights(read_info(copied))
    (copied / "model.json").write_text(json.dumps({"id": 3}))
    with pytest.raises(CheckpointError, match=r"model.json"):
        read_info(copied)


def test_a_file_that_is_no_model_is_told(copied: Path) -> None:
    import hashlib

    (copied / "model.tflite").write_bytes(b"not a model")
    facts = json.loads((copied / "model.json").read_text())
    facts["files"]["model.tflite"]["sha256"] = hashlib.sha256(b"not a model").hexdigest()
    (copied / "model.json").write_text(json.dumps(facts))
    with pytest.raises(CheckpointError, match="LiteRT"):
        open_network(read_info(copied), "litert")


def test_an_unknown_model_names_those_that_are_there() -> None:
    with pytest.raises(UnknownNameError, match="drums_2bar"):
        shipped_model("trumpets")
