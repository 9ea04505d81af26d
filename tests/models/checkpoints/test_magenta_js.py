import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groovescape_models.checkpoints import magenta_js_write
from groovescape_models.checkpoints.blobs import Blob, BrokenFileError, MemoryBlob
from groovescape_models.checkpoints.magenta_js import JsWeights
from groovescape_models.checkpoints.magenta_js_write import Quantization, js_files, quantized
from groovescape_models.checkpoints.official import OfficialModel

MakeModel = Callable[..., OfficialModel]


def weights(files: dict[str, bytes]) -> JsWeights:
    blobs: dict[str, Blob] = {name: MemoryBlob(data) for name, data in files.items()}
    return JsWeights(blobs)


def folder(entry: dict[str, Any], data: bytes = bytes(8), **group: object) -> dict[str, bytes]:
    """Return a folder of one variable, w."""
    manifest = [{"paths": ["shard"], "weights": [{"name": "w", "shape": [2], "dtype": "float32"} | entry], **group}]
    return {"weights_manifest.json": json.dumps(manifest).encode(), "shard": data}


def test_what_is_written_is_read_again(model: OfficialModel) -> None:
    try:
        files = js_files(model)
    except BrokenFileError as error:
        assert str(error).startswith("Magenta.js runs no")  # noqa: PT017  # three of Magenta's own configurations
        return
    found = weights(files)

    assert set(found.shapes) == set(model.weights)
    assert all((found.read(name) == array).all() for name, array in model.weights.items())


@pytest.mark.parametrize(("quantization", "steps"), [(Quantization.UINT8, 255), (Quantization.UINT16, 65535)])
def test_a_quantized_weight_is_half_a_step_off_at_most(
    make_model: MakeModel, quantization: Quantization, steps: int
) -> None:
    model = make_model()
    files = js_files(model, quantization)
    found = weights(files)

    for name, array in model.weights.items():
        step = (array.max() - array.min()) / steps
        assert np.abs(found.read(name) - array).max() <= step / 2 + 1e-6
    plain = sum(len(data) for name, data in js_files(model).items() if "shard" in name)
    assert sum(len(data) for name, data in files.items() if "shard" in name) == plain * (1 + steps // 65535) // 4


def test_a_variable_of_equal_weights_is_exact() -> None:
    array = np.full((2, 3), 0.25, np.float32)
    stored, scale, least = quantized(array, Quantization.UINT8)
    assert (stored * scale + least == array).all()


@pytest.mark.parametrize("size", [50, 333, 1000])
def test_weights_straddle_shards(make_model: MakeModel, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    model = make_model()
    monkeypatch.setattr(magenta_js_write, "SHARD_BYTES", size)
    files = js_files(model)
    found = weights(files)

    assert len(files) > 5
    assert all((found.read(name) == array).all() for name, array in model.weights.items())


def test_half_floats_whole_numbers_and_several_groups() -> None:
    manifest = [
        {
            "paths": ["a"],
            "weights": [{"name": "h", "shape": [2], "dtype": "float32", "quantization": {"dtype": "float16"}}],
        },
        {"paths": ["b"], "weights": [{"name": "i", "shape": [], "dtype": "int32"}]},
    ]
    files = {"a": np.array([1.5, -2], "<f2").tobytes(), "b": np.array(7, "<i4").tobytes()}
    found = weights({"weights_manifest.json": json.dumps(manifest).encode(), **files})

    assert found.read("h").tolist() == [1.5, -2.0]
    assert found.read("i") == 7


def test_a_number_is_what_magenta_js_computes_from_it() -> None:
    about = {"quantization": {"dtype": "uint16", "scale": 0.1, "min": -3.3}}
    found = weights(folder(about, np.array([0, 65535], "<u2").tobytes())).read("w")

    assert found.tolist() == np.array([-3.3, 65535 * 0.1 - 3.3]).astype(np.float32).tolist()


def test_the_older_layout_has_a_file_for_each_variable() -> None:
    manifest = {"decoder/bias": {"filename": "decoder_bias", "shape": [2]}}
    data = np.array([1, 2], "<f4").tobytes()
    found = weights({"manifest.json": json.dumps(manifest).encode(), "decoder_bias": data})

    assert found.read("decoder/bias").tolist() == [1, 2]


@pytest.mark.parametrize(
    "files",
    [
        folder({}, paths=["../shard"]),
        folder({}, paths=["/etc/passwd"]),
        folder({}, paths=[3]),
        folder({}, paths="shard"),
        folder({}, weights={}),
        folder({"name": 3}),
        folder({"name": None}),
        folder({"shape": "2"}),
        folder({"shape": [2.0]}),
        folder({"shape": [True, 2]}),
        folder({"shape": [-2]}),
        folder({"shape": [2**40]}),
        folder({"shape": [2] * 40}),
        folder({"dtype": "float64"}),
        folder({"dtype": ["float32"]}),
        folder({"quantization": {"dtype": "uint4"}}),
        folder({"quantization": {"dtype": "uint8", "scale": "1", "min": 0}}),
        folder({"quantization": {"dtype": "uint8", "scale": 1e300, "min": 0}}),
        folder({"quantization": {"dtype": "uint8", "scale": float("nan"), "min": 0}}),
        folder({"quantization": {"dtype": "uint8", "min": 0}}),
        folder({"quantization": 3}),
        folder({"shape": [3]}),
        {"weights_manifest.json": b"{", "shard": b""},
        {"weights_manifest.json": b"[" * 100_000, "shard": b""},
        {"weights_manifest.json": b"3"},
        {"weights_manifest.json": b"[3]"},
        {"manifest.json": b'{"w": {"filename": "../w", "shape": [2]}}', "w": bytes(8)},
        {"manifest.json": b'{"w": 3}'},
        {"manifest.json": b'{"w": {"filename": "w", "shape": [3]}}', "w": bytes(8)},
    ],
)
def test_manifests_that_no_magenta_wrote_are_refused(files: dict[str, bytes]) -> None:
    with pytest.raises(BrokenFileError):
        weights(files).read("w")


@given(st.data())
def test_a_damaged_manifest_is_one_kind_of_error(data: st.DataObject) -> None:
    files = folder({"quantization": {"dtype": "uint8", "scale": 0.5, "min": -1.0}}, bytes(2))
    manifest = bytearray(files["weights_manifest.json"])
    for _ in range(data.draw(st.integers(1, 5))):
        manifest[data.draw(st.integers(0, len(manifest) - 1))] = data.draw(st.integers(32, 126))
    with suppress(BrokenFileError):
        found = weights(files | {"weights_manifest.json": bytes(manifest)})
        for name in found.shapes:
            found.read(name)
