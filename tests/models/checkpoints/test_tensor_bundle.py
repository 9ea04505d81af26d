from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from groovescape_models.checkpoints.blobs import Blob, BrokenFileError, FilePart, MemoryBlob
from groovescape_models.checkpoints.crc32c import masked_crc32c
from groovescape_models.checkpoints.protobuf import bytes_field, fixed32_field, number_field
from groovescape_models.checkpoints.sstable import write_table
from groovescape_models.checkpoints.tensor_bundle import TensorBundle
from groovescape_models.checkpoints.tensor_bundle_write import bundle_files
from groovescape_models.checkpoints.tensor_types import shape_message
from groovescape_models.checkpoints.variable_names import variable_shapes

Value = Callable[[str, tuple[int, ...]], NDArray[np.float32]]
FLOAT = 1


def opened(files: dict[str, bytes]) -> TensorBundle:
    shards: dict[str, Blob] = {f"model{name}": MemoryBlob(data) for name, data in files.items() if "data" in name}
    return TensorBundle(MemoryBlob(files[".index"]), shards)


def index_of(*fields: bytes, shards: int = 1, name: str = "v") -> bytes:
    """Return an index with one variable."""
    return write_table({b"": number_field(1, shards), name.encode(): b"".join(fields)})


def test_a_checkpoint_that_tensorflow_wrote(golden: Path, golden_value: Value) -> None:
    files = {path.name: FilePart.whole(path) for path in golden.glob("*.data-*")}
    bundle = TensorBundle(FilePart.whole(golden / "groovae_2bar_humanize.ckpt.index"), files)

    assert bundle.shapes["global_step"] == ()
    assert bundle.read("global_step") == 0
    assert bundle.shapes["encoder/mu/kernel/Adam_1"] == (6, 2)
    for name in ("encoder/mu/kernel", "decoder/output_projection/bias"):
        assert (bundle.read(name) == golden_value(name, bundle.shapes[name])).all()


@pytest.mark.parametrize("dtype", ["f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "?"])
def test_what_is_written_is_read_again_in_every_type(dtype: str) -> None:
    array = (np.arange(12).reshape(3, 4) % 2).astype(dtype)

    found = opened(bundle_files({"a/b": array, "scalar": array[0, 1], "empty": array[:0]}))

    assert found.shapes == {"a/b": (3, 4), "scalar": (), "empty": (0, 4)}
    assert found.read("empty").size == 0
    assert (found.read("a/b") == array).all()
    assert found.read("a/b").dtype == array.dtype
    assert found.read("scalar") == array[0, 1]


def test_half_of_a_float_is_read_as_one() -> None:
    bits = np.array([0x3F80, 0xC040], "<u2").tobytes()
    entry = number_field(1, 14), bytes_field(2, shape_message((2,))), number_field(5, 4)
    index = index_of(*entry, fixed32_field(6, masked_crc32c(bits)))

    assert opened({".index": index, ".data-00000-of-00001": bits}).read("v").tolist() == [1.0, -3.0]


def test_variables_lie_in_several_shards() -> None:
    first, second = (np.full(3, value, "<f4").tobytes() for value in (1, 2))
    entries = {b"": number_field(1, 2)}
    for shard, data in enumerate((first, second)):
        fields = number_field(1, FLOAT), bytes_field(2, shape_message((3,))), number_field(3, shard)
        entries[b"v%d" % shard] = b"".join(fields) + number_field(5, 12) + fixed32_field(6, masked_crc32c(data))
    files = {".index": write_table(entries), ".data-00000-of-00002": first, ".data-00001-of-00002": second}

    assert [opened(files).read(name)[0] for name in ("v0", "v1")] == [1, 2]
    del files[".data-00001-of-00002"]
    with pytest.raises(BrokenFileError, match=r"\.data-00001-of-00002 is missing"):
        opened(files).read("v1")


def test_a_partitioned_variable_is_named() -> None:
    index = index_of(number_field(1, FLOAT), bytes_field(2, shape_message((4,))), bytes_field(7, b""))

    with pytest.raises(BrokenFileError, match="v is saved in slices"):
        opened({".index": index, ".data-00000-of-00001": b""}).read("v")


def test_text_in_a_checkpoint_is_passed_over() -> None:
    index = index_of(number_field(1, 7), bytes_field(2, b""), name="_CHECKPOINTABLE_OBJECT_GRAPH")

    assert opened({".index": index}).shapes == {}


@pytest.mark.parametrize(
    "fields",
    [
        (number_field(1, FLOAT), bytes_field(2, shape_message((2**40,))), number_field(5, 4)),
        (number_field(1, FLOAT), bytes_field(2, shape_message((2**20, 2**20))), number_field(5, 4)),
        (number_field(1, FLOAT), bytes_field(2, shape_message((2**64 - 1,))), number_field(5, 4)),
        (number_field(1, FLOAT), bytes_field(2, shape_message((1,) * 40)), number_field(5, 4)),
        (number_field(1, FLOAT), bytes_field(2, shape_message((1,))), number_field(5, 2**62)),
        (number_field(1, FLOAT), bytes_field(2, shape_message((1,))), number_field(4, 2**62), number_field(5, 4)),
        (number_field(1, FLOAT), bytes_field(2, shape_message((1,))), number_field(3, 9), number_field(5, 4)),
        (number_field(1, FLOAT), bytes_field(2, shape_message((1,))), bytes_field(5, b"4")),
        (number_field(1, FLOAT), number_field(2, 5), number_field(5, 4)),
    ],
)
def test_hostile_sizes_are_refused(fields: tuple[bytes, ...]) -> None:
    data = bytes(4)
    crc = fixed32_field(6, masked_crc32c(data))

    with pytest.raises(BrokenFileError):
        opened({".index": index_of(*fields, crc), ".data-00000-of-00001": data}).read("v")


@pytest.mark.parametrize(
    ("header", "says"),
    [(number_field(2, 1), "big-endian"), (number_field(1, 2**40), "shards"), (bytes_field(1, b""), "number")],
)
def test_strange_headers_are_refused(header: bytes, says: str) -> None:
    with pytest.raises(BrokenFileError, match=says):
        opened({".index": write_table({b"": header})})


def test_damaged_values_are_told(make_model: Callable[..., Any]) -> None:
    files = bundle_files(make_model().weights)
    data = bytearray(files[".data-00000-of-00001"])
    data[0] ^= 1
    bundle = opened(files | {".data-00000-of-00001": bytes(data)})
    first = min(bundle.shapes)

    assert bundle.read(max(bundle.shapes)).size
    with pytest.raises(BrokenFileError, match=f"the checksum of {first} does not fit"):
        bundle.read(first)


def test_a_type_without_a_number_is_not_written() -> None:
    with pytest.raises(ValueError, match="numbers that TensorFlow knows"):
        bundle_files({"v": np.array(["text"])})


def test_names_are_sorted_as_bytes(make_model: Callable[..., Any]) -> None:
    model = make_model("hier-trio_4bar")

    assert list(opened(bundle_files(model.weights)).shapes) == sorted(variable_shapes(model.config))
