"""Data sets packed as .tar.xz, read in memory."""

import tarfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from groovescape_models.errors import DataSetError


def members(data: Path, name: str, suffixes: tuple[str, ...]) -> Iterator[tuple[PurePosixPath, bytes]]:
    """Yield (path in the archive, bytes) of the files of an archive that end in one of the suffixes, in its order.

    data is the folder of the data sets, which holds NAME/NAME.tar.xz, or the archive's own. DataSetError if neither.
    """
    path = archive_at(data, name)
    try:
        with tarfile.open(path, "r:xz") as archive:
            for entry in archive:
                file = archive.extractfile(entry) if entry.isfile() and entry.name.endswith(suffixes) else None
                if file is not None:
                    yield PurePosixPath(entry.name), file.read()
    except (tarfile.TarError, EOFError, OSError) as error:
        raise DataSetError(f"{path.name} cannot be read ({error}); fetch it again.") from error


def archive_at(data: Path, name: str) -> Path:
    """Return the path of NAME.tar.xz; DataSetError if it is not there."""
    for path in (data / name / f"{name}.tar.xz", data / f"{name}.tar.xz"):
        if path.is_file():
            return path
    raise DataSetError(f"{name}.tar.xz is not in {data}; name the folder that holds {name}/ with --data.")
