"""TensorFlow reads the checkpoints that we write, and we read those that TensorFlow writes."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tensorflow as tf
from numpy.typing import NDArray
from official_cases import CASES

from groovescape_models.checkpoints.blobs import BrokenFileError, FilePart
from groovescape_models.checkpoints.crc32c import LONG
from groovescape_models.checkpoints.official_file import read_official
from groovescape_models.checkpoints.official_write import write_official
from groovescape_models.checkpoints.saved_slices import SavedSlices
from groovescape_models.checkpoints.tensor_bundle import TensorBundle
from groovescape_models.checkpoints.tensor_bundle_write import bundle_files

DTYPES = (
    *(tf.float16, tf.bfloat16, tf.float32, tf.float64, tf.bool),
    *(tf.int8, tf.int16, tf.int32, tf.int64, tf.uint8, tf.uint16, tf.uint32, tf.uint64),
)
ROWS = tf.constant(np.arange(24).reshape(2, 3, 4) % 2)


def opened(prefix: Path) -> TensorBundle:
    shards = {path.name: FilePart.whole(path) for path in prefix.parent.glob(f"{prefix.name}.data-*")}
    return TensorBundle(FilePart.whole(prefix.with_name(prefix.name + ".index")), shards)


def save(prefix: Path, tensors: dict[str, Any], slices: str = "") -> None:
    names = list(tensors)
    tf.raw_ops.SaveV2(
        prefix=str(prefix), tensor_names=names, shape_and_slices=[slices] * len(names), tensors=list(tensors.values())
    )


def test_we_read_every_type_that_tensorflow_writes(tmp_path: Path) -> None:
    tensors = {f"block/{dtype.name}": tf.cast(ROWS, dtype) for dtype in DTYPES} | {"text": tf.constant(["a", "b"])}
    save(tmp_path / "types.ckpt", tensors)

    found = opened(tmp_path / "types.ckpt")

    assert set(found.shapes) == {f"block/{dtype.name}" for dtype in DTYPES}
    assert all((found.read(name).astype(int) == ROWS.numpy()).all() for name in found.shapes)


@pytest.mark.parametrize("dtype", [dtype.name for dtype in DTYPES if dtype is not tf.bfloat16])
def test_tensorflow_reads_every_type_that_we_write(tmp_path: Path, dtype: str) -> None:
    arrays = {"b/rows": ROWS.numpy().astype(dtype), "a": np.array(1, dtype)}
    for ending, data in bundle_files(arrays).items():
        (tmp_path / f"ours.ckpt{ending}").write_bytes(data)
    reader = tf.train.load_checkpoint(str(tmp_path / "ours.ckpt"))

    assert reader.get_variable_to_shape_map() == {"b/rows": [2, 3, 4], "a": []}
    assert reader.get_variable_to_dtype_map()["a"].name == dtype
    assert all((reader.get_tensor(name) == array).all() for name, array in arrays.items())


def test_we_read_several_shards(tmp_path: Path) -> None:
    for number in range(3):
        save(tmp_path / f"part{number}", {f"v{number}/{i}": tf.fill([4, i], float(number)) for i in range(1, 40)})
    parts = [str(tmp_path / f"part{number}") for number in range(3)]
    tf.raw_ops.MergeV2Checkpoints(checkpoint_prefixes=parts, destination_prefix=str(tmp_path / "all.ckpt"))

    found = opened(tmp_path / "all.ckpt")

    assert len(list(tmp_path.glob("all.ckpt.data-*-of-00003"))) == 3
    assert len(found.shapes) == 3 * 39
    assert all((found.read(name) == float(name[1])).all() for name in found.shapes)


def test_a_large_variable_passes_both_checksums(tmp_path: Path) -> None:
    array: NDArray[np.float32] = np.random.default_rng(0).standard_normal((3, LONG)).astype(np.float32)
    save(tmp_path / "theirs.ckpt", {"v": tf.constant(array)})
    for ending, data in bundle_files({"v": array}).items():
        (tmp_path / f"ours.ckpt{ending}").write_bytes(data)

    assert (opened(tmp_path / "theirs.ckpt").read("v") == array).all()
    assert (tf.train.load_variable(str(tmp_path / "ours.ckpt"), "v") == array).all()


def test_a_partitioned_variable_is_named(tmp_path: Path) -> None:
    save(tmp_path / "cut.ckpt", {"v": tf.ones([5, 4])}, slices="10 4 0,5:-")
    found = opened(tmp_path / "cut.ckpt")

    assert found.shapes == {"v": (10, 4)}
    with pytest.raises(BrokenFileError, match="v is saved in slices"):
        found.read("v")


def test_we_read_the_older_format(tmp_path: Path) -> None:
    noise = np.random.default_rng(1).standard_normal((300, 50))
    arrays = {"flat": np.full((200, 300), 1.5, np.float32), "noise": noise.astype(np.float32), "double": noise}
    tf.raw_ops.Save(
        filename=str(tmp_path / "v1.ckpt"), tensor_names=[*arrays, "step"], data=[*arrays.values(), tf.constant(3)]
    )

    found = SavedSlices(FilePart.whole(tmp_path / "v1.ckpt"))

    assert set(found.shapes) == set(arrays)
    assert all((found.read(name) == array).all() for name, array in arrays.items())


@pytest.mark.parametrize("name", list(CASES))
def test_tensorflow_reads_the_networks_that_we_write_and_we_read_them_from_it(tmp_path: Path, name: str) -> None:
    model = CASES[name].model()
    write_official(model, tmp_path / f"{name}.ckpt")
    reader = tf.train.load_checkpoint(str(tmp_path / f"{name}.ckpt"))
    tensors = {key: tf.constant(reader.get_tensor(key)) for key in reader.get_variable_to_shape_map()}
    save(tmp_path / f"again-{name}.ckpt", tensors)

    again = read_official(tmp_path / f"again-{name}.ckpt")

    assert tensors.keys() == {*model.weights, "global_step"}
    assert all((tensors[key].numpy() == array).all() for key, array in model.weights.items())
    assert again.config == model.config
    assert all((again.weights[key] == array).all() for key, array in model.weights.items())
