"""TensorFlow's V1 checkpoints without TensorFlow: one sorted table of slices, as Magenta's .mag bundles hold it.

The empty key holds the names, types and shapes of all variables, every other key the values of one
(tensorflow/core/util/saved_tensor_slice.proto).
"""

from collections.abc import Mapping
from typing import Any, Final

from numpy.typing import NDArray

from groovescape_models.checkpoints.blobs import Blob, BrokenFileError
from groovescape_models.checkpoints.protobuf import bytes_of, int_of, read_fields, text_of
from groovescape_models.checkpoints.sstable import read_table
from groovescape_models.checkpoints.tensor_types import Shape, array_of, read_shape

META, DATA = 1, 2
FLOAT, DOUBLE = 1, 2
VALUES_FIELD: Final = {FLOAT: 5, DOUBLE: 6}
"""Field of a TensorProto that packs the values of each element type."""


class SavedSlices:
    """The floating-point variables of a V1 checkpoint. Raises BrokenFileError where it cannot be read."""

    def __init__(self, table: Blob) -> None:
        """Read the whole table."""
        self._types: dict[str, int] = {}
        self._shapes: dict[str, Shape] = {}
        self._values: dict[str, memoryview] = {}
        for key, message in read_table(table):
            for number, value in read_fields(message):
                if number == META and not key:
                    self._add_meta(bytes_of(value))
                elif number == DATA:
                    self._add_data(bytes_of(value))
        if not self._shapes:
            raise BrokenFileError("it lists no variables")

    @property
    def shapes(self) -> Mapping[str, Shape]:
        """Shape of each floating-point variable by name."""
        return self._shapes

    def read(self, name: str) -> NDArray[Any]:
        """Return a variable; BrokenFileError where its values are missing or of another number."""
        if name not in self._values:
            raise BrokenFileError(f"the values of {name} are missing")
        return array_of(bytes(self._values[name]), self._types[name], self._shapes[name])

    def _add_meta(self, meta: memoryview) -> None:
        for number, tensor in read_fields(meta):
            if number != 1:
                continue
            fields = dict(read_fields(bytes_of(tensor)))
            name, dtype = text_of(fields.get(1, memoryview(b""))), int_of(fields.get(3, 0))
            if dtype in VALUES_FIELD:
                self._types[name] = dtype
                self._shapes[name] = read_shape(bytes_of(fields.get(2, memoryview(b""))))

    def _add_data(self, message: memoryview) -> None:
        fields = dict(read_fields(message))
        name = text_of(fields.get(1, memoryview(b"")))
        if name not in self._shapes:
            return
        if name in self._values:
            raise BrokenFileError(f"{name} is saved in slices, which are not read: save it unpartitioned")
        tensor = dict(read_fields(bytes_of(fields.get(3, memoryview(b"")))))
        values = tensor.get(VALUES_FIELD[self._types[name]], memoryview(b""))
        self._values[name] = bytes_of(values)
