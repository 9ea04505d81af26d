import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from groovescape_models.checkpoints import magenta_archive, official_file
from groovescape_models.checkpoints.magenta_js_write import Quantization
from groovescape_models.checkpoints.official import GrooveInput, OfficialModel
from groovescape_models.checkpoints.official_file import read_official
from groovescape_models.checkpoints.official_write import Form, form_of, write_official
from groovescape_models.checkpoints.registry import checkpoints_folder
from groovescape_models.errors import CheckpointError

MakeModel = Callable[..., OfficialModel]
Value = Callable[[str, tuple[int, ...]], NDArray[np.float32]]
NAMES = {Form.CKPT: "{}.ckpt", Form.TAR: "{}.tar", Form.JS: "{}", Form.NPZ: "{}.npz"}


def equal(one: OfficialModel, other: OfficialModel) -> bool:
    return set(one.weights) == set(other.weights) and all(
        (one.weights[name] == other.weights[name]).all() for name in one.weights
    )


@pytest.mark.parametrize("form", list(Form))
def test_every_network_goes_out_and_comes_back(model: OfficialModel, form: Form, tmp_path: Path) -> None:
    path = tmp_path / NAMES[form].format(model.name)
    assert form_of(path) is form
    try:
        files = write_official(model, path)
    except CheckpointError as error:
        assert "Magenta.js runs no" in str(error)  # noqa: PT017  # three of Magenta's own configurations
        assert not list(tmp_path.iterdir())
        return
    again = read_official(path)

    assert again.config == model.config
    assert equal(again, model)
    assert all(file.is_file() for file in files)
    assert not list(tmp_path.rglob("*.part"))


@pytest.mark.parametrize("name", ["groovae_2bar_humanize.ckpt", "groovae_2bar_humanize.ckpt.index", "tap.mag"])
def test_what_tensorflow_wrote_is_read(golden: Path, golden_value: Value, name: str) -> None:
    model = read_official(golden / name)

    assert model.config.groove_input is (GrooveInput.TAP if "tap" in name else GrooveInput.HUMANIZE)
    assert len(model.weights) == 16
    assert all((array == golden_value(key, array.shape)).all() for key, array in model.weights.items())


def test_any_file_of_a_checkpoint_or_a_folder_names_it(make_model: MakeModel, tmp_path: Path) -> None:
    model = make_model()
    names = [path.name for path in write_official(model, tmp_path / "tf" / "groovae_2bar_humanize.ckpt")]
    write_official(model, tmp_path / "groovae_2bar_humanize")

    for path in (tmp_path / "tf" / names[0], tmp_path / "tf" / names[1], tmp_path / "tf"):
        assert equal(read_official(path), model)
    for name in ("weights_manifest.json", "config.json"):
        assert read_official(tmp_path / "groovae_2bar_humanize" / name).config == model.config


def test_a_training_run_is_read_by_its_folder(make_model: MakeModel, tmp_path: Path) -> None:
    model = make_model("cat-drums_2bar_small")
    write_official(model, tmp_path / "best.npz")
    (tmp_path / "log.jsonl").write_text("{}\n")

    assert equal(read_official(tmp_path), model)


def test_an_archive_of_a_folder_of_magenta_js_and_of_a_training_run(make_model: MakeModel, tmp_path: Path) -> None:
    model = make_model()
    for form in (Form.JS, Form.NPZ):
        files = write_official(model, tmp_path / ("js" if form is Form.JS else "best.npz"))
        with zipfile.ZipFile(tmp_path / f"{form}.zip", "w") as archive:
            for file in files:
                archive.write(file, f"groovae_humanize/{file.name}")
        assert equal(read_official(tmp_path / f"{form}.zip"), model)


def test_several_checkpoints_in_a_folder_are_named(make_model: MakeModel, tmp_path: Path) -> None:
    for step in (1, 2):
        write_official(make_model(seed=step), tmp_path / f"model-{step}.ckpt")

    with pytest.raises(CheckpointError, match=r"several checkpoints, choose one: model-1\.ckpt\.index, model-2"):
        read_official(tmp_path)
    assert equal(read_official(tmp_path / "model-2.ckpt"), make_model(seed=2))


def test_quantization_is_for_magenta_js_alone(make_model: MakeModel, tmp_path: Path) -> None:
    model = make_model()
    write_official(model, tmp_path / "small", quantization=Quantization.UINT8)

    assert max(np.abs(read_official(tmp_path / "small").weights[n] - w).max() for n, w in model.weights.items()) < 0.02
    with pytest.raises(CheckpointError, match="Only Magenta.js"):
        write_official(model, tmp_path / "a.tar", quantization=Quantization.UINT8)


def test_tensorflow_needs_what_magenta_js_may_leave_out(make_model: MakeModel, tmp_path: Path) -> None:
    model = make_model()
    weights = {name: array for name, array in model.weights.items() if "sigma" not in name}
    np.savez(tmp_path / "model_humanize.npz", **weights)  # type: ignore[arg-type]  # the stub takes allow_pickle for one
    lean = read_official(tmp_path / "model_humanize.npz")

    assert not lean.config.has_sigma
    write_official(lean, tmp_path / "js")
    with pytest.raises(CheckpointError, match="encoder/sigma"):
        write_official(lean, tmp_path / "lean.tar")


def test_a_folder_that_holds_something_is_not_written_over(make_model: MakeModel, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    write_official(make_model(), tmp_path / "mine")
    with pytest.raises(CheckpointError, match="is there already"):
        write_official(make_model(), tmp_path / "mine")


def test_nothing_is_left_where_a_folder_cannot_be_written(make_model: MakeModel, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises((OSError, CheckpointError)):
        write_official(make_model(), tmp_path / "file" / "js")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("value", [np.nan, np.inf, 1e300])
def test_numbers_that_are_not_finite_are_refused(make_model: MakeModel, tmp_path: Path, value: float) -> None:
    weights = {name: array.astype(np.float64) for name, array in make_model().weights.items()}
    weights["encoder/mu/bias"][0] = value
    np.savez(tmp_path / "bad.npz", **weights)  # type: ignore[arg-type]  # the stub takes allow_pickle for one

    with pytest.raises(CheckpointError, match="encoder/mu/bias holds numbers that are not finite"):
        read_official(tmp_path / "bad.npz")


def test_a_pickle_is_never_opened(tmp_path: Path) -> None:
    array = np.empty(1, object)
    array[0] = {"a": 1}
    np.savez(tmp_path / "bad.npz", array)

    with pytest.raises(CheckpointError, match="not what its header says"):
        read_official(tmp_path / "bad.npz")


def test_an_array_that_announces_more_than_it_has_is_refused(tmp_path: Path) -> None:
    header = b"{'descr': '<f4', 'fortran_order': False, 'shape': (100000, 10000), }"
    head = b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header
    with zipfile.ZipFile(tmp_path / "bad.npz", "w") as archive:
        archive.writestr("encoder/mu/bias.npy", head)

    with pytest.raises(CheckpointError, match="not what its header says"):
        read_official(tmp_path / "bad.npz")


def test_weights_that_fit_no_memory_are_refused(
    make_model: MakeModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_official(make_model(), tmp_path / "a.tar")
    monkeypatch.setattr(official_file, "MAX_WEIGHT_BYTES", 1000)
    with pytest.raises(CheckpointError, match="GB, the limit is"):
        read_official(tmp_path / "a.tar")


def test_a_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(magenta_archive, "MAX_UNPACKED_BYTES", 1_000_000)
    with zipfile.ZipFile(tmp_path / "bomb.npz", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("encoder/mu/bias.npy", bytes(2_000_000))

    with pytest.raises(CheckpointError, match=r"bomb\.npz cannot be read as a MusicVAE: unpacked it would be larger"):
        read_official(tmp_path / "bomb.npz")


def test_our_own_networks_are_named(tmp_path: Path) -> None:
    path = tmp_path / "drums.npz"
    path.write_bytes((checkpoints_folder() / "drums_2bar" / "weights.npz").read_bytes())
    with pytest.raises(CheckpointError, match="Groovescape's own networks have no form there"):
        read_official(path)


def test_what_is_no_model_gets_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "text.ckpt").write_text("no checkpoint")
    (tmp_path / "nothing.tar").write_bytes(b"")
    for name in ("empty", "text.ckpt", "nothing.tar", "missing.ckpt", "no/such/folder"):
        with pytest.raises(CheckpointError) as caught:
            read_official(tmp_path / name)
        assert str(caught.value).endswith(".")
        assert "\n" not in str(caught.value)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.tar")
    with pytest.raises(CheckpointError, match="it is no file"):
        read_official(tmp_path / "pipe.tar")


def damaged(data: st.DataObject, content: bytes) -> bytes:
    """Return content cut, or with some bytes changed."""
    changed = bytearray(content)
    if data.draw(st.booleans()):
        return bytes(changed[: data.draw(st.integers(0, len(changed) - 1))])
    for _ in range(data.draw(st.integers(1, 6))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    return bytes(changed)


@pytest.mark.parametrize(
    "name", ["a.tar", "a.npz", "tap.mag", "a.ckpt.index", "a.ckpt.data-00000-of-00001", "js/weights_manifest.json"]
)
@given(data=st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_file_is_one_sentence_and_never_another_network(
    make_model: MakeModel, golden: Path, tmp_path: Path, name: str, data: st.DataObject
) -> None:
    path = tmp_path / name
    if not path.exists():
        for form in Form:
            write_official(make_model(), tmp_path / ("js" if form is Form.JS else f"a.{form}"))
        (tmp_path / "tap.mag").write_bytes((golden / "tap.mag").read_bytes())
    content = path.read_bytes()
    path.write_bytes(damaged(data, content))
    told = ""
    try:
        assert all(np.isfinite(array).all() for array in read_official(path).weights.values())
    except CheckpointError as error:
        told = str(error)
    finally:
        path.write_bytes(content)

    assert told.endswith(".") or not told
    assert "\n" not in told
