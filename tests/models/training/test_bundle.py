import hashlib
import json
from pathlib import Path

import numpy as np

from groovescape_models.training.bundle import half_precision, weights_file, write_bundle

WEIGHTS = {"b/kernel": np.array([[0.1, 3.0]], np.float32), "a/bias": np.array([1e-3], np.float32)}


def test_a_written_bundle_names_its_files_and_their_hashes(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "model"

    write_bundle(folder, {"id": "m"}, {"weights.npz": b"123", "MODEL_CARD.md": b"# m"})

    facts = json.loads((folder / "model.json").read_text())
    assert facts["id"] == "m"
    for name, about in facts["files"].items():
        content = (folder / name).read_bytes()
        assert about == {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    assert {path.name for path in folder.iterdir()} == {"weights.npz", "MODEL_CARD.md", "model.json"}


def test_half_precision_survives_the_file_unchanged(tmp_path: Path) -> None:
    halved = half_precision(WEIGHTS)
    (tmp_path / "w.npz").write_bytes(weights_file(halved))

    with np.load(tmp_path / "w.npz") as read:
        assert {name: read[name].astype(np.float32).tolist() for name in read.files} == {
            name: array.tolist() for name, array in halved.items()
        }
    assert all(np.allclose(halved[name], array, rtol=1e-3) for name, array in WEIGHTS.items())


def test_the_same_weights_give_the_same_bytes() -> None:
    assert weights_file(WEIGHTS) == weights_file(dict(reversed(WEIGHTS.items())))
