"""The files inside archives - .tar, .tar.gz, .zip - read in memory: nothing is ever unpacked to disk.

An archive is not trusted: a member whose name leads out of it is left out, and so are links, devices and sparse files;
what a compressed one may become is bounded.
"""

import gzip
import io
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Final

from groovescape_models.checkpoints.blobs import Blob, BrokenFileError, FilePart, MemoryBlob

MAX_UNPACKED_BYTES: Final = 1024 * 1024 * 1024
"""Most that a compressed archive may become. Official networks have 15 to 100 MB; the largest come as plain .tar."""
MAX_MEMBERS: Final = 10_000
GZIP, ZIP, TAR = b"\x1f\x8b", b"PK\x03\x04", b"ustar"
TAR_MAGIC_AT: Final = 257


def is_archive(path: Path) -> bool:
    """Return whether a file begins as an archive that archive_files opens. Raises OSError."""
    head = _head(path)
    return head.startswith((GZIP, ZIP)) or head.endswith(TAR)


def archive_files(path: Path) -> dict[str, Blob]:
    """Return the plain files of an archive by their paths in it. Raises BrokenFileError, and OSError from the disk."""
    head = _head(path)
    with _told(), path.open("rb") as file:
        if head.startswith(ZIP):
            return _zipped(file)
        return _gzipped(file) if head.startswith(GZIP) else _tarred(path, file)


def unzipped(data: bytes) -> dict[str, Blob]:
    """Return the plain files of a zip archive by their paths in it. Raises BrokenFileError."""
    with _told():
        return _zipped(io.BytesIO(data))


@contextmanager
def _told() -> Iterator[None]:
    """Turn what the archive modules raise for damaged files into BrokenFileError."""
    try:
        yield
    except (tarfile.TarError, zipfile.BadZipFile, zlib.error, EOFError, gzip.BadGzipFile) as error:
        raise BrokenFileError("the archive is damaged or cut short") from error
    except (NotImplementedError, RuntimeError, ValueError, OverflowError) as error:
        raise BrokenFileError(f"the archive cannot be unpacked ({error})") from error


def _zipped(file: BinaryIO) -> dict[str, Blob]:
    found: dict[str, Blob] = {}
    with zipfile.ZipFile(file) as archive:
        members = [member for member in archive.infolist() if not member.is_dir()]
        _check_counts(len(members), sum(member.file_size for member in members))
        for member in members:
            _add(found, member.filename, MemoryBlob(archive.read(member)))
    return found


def _tarred(path: Path, file: BinaryIO) -> dict[str, Blob]:
    """Return the members of a plain tar as parts of it: a checkpoint of gigabytes costs no memory."""
    size, found = path.stat().st_size, dict[str, Blob]()
    with tarfile.open(fileobj=file, mode="r:") as archive:
        for member in _plain(archive):
            if member.offset_data + member.size > size:
                raise BrokenFileError("the archive is cut short")
            _add(found, member.name, FilePart(path, member.size, member.offset_data))
    return found


def _gzipped(file: BinaryIO) -> dict[str, Blob]:
    found: dict[str, Blob] = {}
    with gzip.GzipFile(fileobj=file) as plain, tarfile.open(fileobj=_Bounded(plain), mode="r|") as archive:
        for member in _plain(archive):
            content = archive.extractfile(member)
            if content is not None:
                _add(found, member.name, MemoryBlob(content.read()))
    return found


def _plain(archive: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    for count, member in enumerate(archive, start=1):
        _check_counts(count, 0)
        if member.isreg() and not member.issparse():
            yield member


def _add(found: dict[str, Blob], name: str, blob: Blob) -> None:
    """Add a file under a path that stays within the archive; hidden files (those of macOS, say) are no part of it."""
    path = PurePosixPath(name)
    parts = tuple(part for part in path.parts if part != ".")
    if path.is_absolute() or ".." in parts or not parts or parts[-1].startswith("."):
        return
    found["/".join(parts)] = blob


def _check_counts(members: int, size: int) -> None:
    if members > MAX_MEMBERS:
        raise BrokenFileError(f"the archive has more than {MAX_MEMBERS} files")
    if size > MAX_UNPACKED_BYTES:
        raise BrokenFileError(f"unpacked it would be larger than {MAX_UNPACKED_BYTES // 1024**2} MB")


class _Bounded(io.RawIOBase):
    """What is read from a stream, up to a limit: a small file must not become a huge one in memory."""

    def __init__(self, stream: gzip.GzipFile) -> None:
        super().__init__()
        self._stream = stream
        self._done = 0

    def read(self, count: int = -1) -> bytes:
        """Return the next bytes; BrokenFileError past the limit."""
        data = self._stream.read(count)
        self._done += len(data)
        _check_counts(0, self._done)
        return data


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(TAR_MAGIC_AT + len(TAR))
