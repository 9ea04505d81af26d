"""Files that are written whole or not at all."""

import os
import shutil
from pathlib import Path


def write_whole(path: Path, data: bytes) -> None:
    """Write data to a file beside and put it in place, so that a crash leaves the old file or the new one.

    A link stays a link and an old file keeps its mode; a device or a pipe is written to. Raises OSError; then no trace
    is left.
    """
    target = path.resolve()
    if target.exists() and not (target.is_file() or target.is_dir()):
        target.write_bytes(data)
        return
    beside = target.with_name(f".{os.urandom(16).hex()}.part")
    try:
        with beside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, beside)
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
