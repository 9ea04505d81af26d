"""Magenta's .mag bundles: a GeneratorBundle (note_seq/protobuf/generator.proto) around one V1 checkpoint."""

from pathlib import Path

from groovescape_models.checkpoints.blobs import BrokenFileError, MemoryBlob
from groovescape_models.checkpoints.magenta_archive import MAX_UNPACKED_BYTES
from groovescape_models.checkpoints.protobuf import bytes_of, read_fields, text_of
from groovescape_models.checkpoints.saved_slices import SavedSlices

DETAILS, CHECKPOINT = 1, 2


def read_mag(path: Path) -> tuple[str, SavedSlices]:
    """Return the id of a bundle's generator and its checkpoint. Raises BrokenFileError and OSError."""
    if path.stat().st_size > MAX_UNPACKED_BYTES:
        raise BrokenFileError(f"it is larger than {MAX_UNPACKED_BYTES // 1024**2} MB")
    generator, checkpoints = "", list[memoryview]()
    for number, value in read_fields(path.read_bytes()):
        if number == DETAILS:
            generator = next((text_of(part) for field, part in read_fields(bytes_of(value)) if field == 1), "")
        elif number == CHECKPOINT:
            checkpoints.append(bytes_of(value))
    if len(checkpoints) != 1:
        raise BrokenFileError(f"a .mag bundle holds one checkpoint, this has {len(checkpoints)}")
    return generator, SavedSlices(MemoryBlob(checkpoints[0]))
