"""Bytes of files that may be large, foreign or hostile: read a part at a time, and never past their end."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol


class BrokenFileError(Exception):
    """A rule that a file breaks, as the end of a sentence: 'it ends too early'; the readers add the file's name."""


class Blob(Protocol):
    """The bytes of one file."""

    @property
    def size(self) -> int:
        """Number of bytes."""
        ...

    def read(self, start: int, count: int) -> bytes:
        """Return exactly so many bytes; BrokenFileError where the file has fewer."""
        ...


Blobs = Mapping[str, Blob]
"""Files by their names."""


@dataclass(frozen=True, slots=True)
class FilePart:
    """A file on disk, or the part of it that begins at an offset."""

    path: Path
    size: int
    offset: int = 0

    @staticmethod
    def whole(path: Path) -> "FilePart":
        """Return a whole file. Raises OSError."""
        return FilePart(path, path.stat().st_size)

    def read(self, start: int, count: int) -> bytes:
        """Return so many bytes. Raises BrokenFileError, and OSError for what the disk says."""
        check_range(start, count, self.size)
        with self.path.open("rb") as file:
            file.seek(self.offset + start)
            data = file.read(count)
        if len(data) != count:
            raise BrokenFileError("it became shorter while it was read")
        return data


@dataclass(frozen=True, slots=True)
class MemoryBlob:
    """Bytes that are in memory already."""

    data: bytes | memoryview = field(repr=False)

    @property
    def size(self) -> int:
        """Number of bytes."""
        return len(self.data)

    def read(self, start: int, count: int) -> bytes:
        """Return so many bytes; BrokenFileError where there are fewer."""
        check_range(start, count, self.size)
        return bytes(self.data[start : start + count])


def check_range(start: int, count: int, size: int) -> None:
    """Raise BrokenFileError unless so many bytes from start on lie within a size."""
    if start < 0 or count < 0 or start + count > size:
        raise BrokenFileError(f"it ends too early: {count} bytes at {start} were announced, it has {size}")
