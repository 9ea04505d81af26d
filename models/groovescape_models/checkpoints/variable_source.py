"""Where variables come from: a checkpoint of TensorFlow, an archive, a folder of Magenta.js, an .npz file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Protocol

from numpy.typing import NDArray

from groovescape_models.checkpoints.blobs import Blob, Blobs, BrokenFileError, FilePart
from groovescape_models.checkpoints.mag_bundle import read_mag
from groovescape_models.checkpoints.magenta_archive import archive_files, is_archive, unzipped
from groovescape_models.checkpoints.magenta_js import CONFIG, MANIFEST, RAW_MANIFEST, JsWeights, read_json
from groovescape_models.checkpoints.npz_file import SUFFIX, NpzWeights
from groovescape_models.checkpoints.saved_slices import SavedSlices
from groovescape_models.checkpoints.sstable import is_table
from groovescape_models.checkpoints.tensor_bundle import INDEX, SHARD, TensorBundle
from groovescape_models.checkpoints.variable_names import Shapes

NPZ: Final = ".npz"
MAG: Final = ".mag"
BEST: Final = "best.npz"
"""What a training run leaves."""
WEIGHTS: Final = "weights.npz"
"""What a bundle holds."""


class Variables(Protocol):
    """Arrays by name."""

    @property
    def shapes(self) -> Shapes:
        """Shape of each array."""
        ...

    def read(self, name: str) -> NDArray[Any]:
        """Return an array; BrokenFileError where it is damaged."""
        ...


@dataclass(frozen=True)
class Source:
    """Variables, the name that they came under, and the config.json that lay beside them (empty: none did)."""

    variables: Variables
    name: str
    js_config: Mapping[str, Any] = field(default_factory=dict)


def open_source(path: Path) -> Source:
    """Return the variables of whatever lies at a path. Raises BrokenFileError and OSError.

    A TensorFlow checkpoint is named by its prefix or by any of its files, a Magenta.js folder by itself or by its
    manifest, a training run by its folder.
    """
    if path.is_dir():
        return _in_folder(_files_of(path), path.name)
    if not path.exists():
        return _prefixed(path, path.name)
    if path.name in (MANIFEST, RAW_MANIFEST, CONFIG):
        return _in_folder(_files_of(path.parent), path.resolve().parent.name)
    shard = SHARD.fullmatch(path.name)
    if shard or path.suffix == INDEX:
        return _prefixed(path, shard["prefix"] if shard else path.stem)
    return _in_file(path)


def _in_file(path: Path) -> Source:
    """Return what one file holds."""
    if not path.is_file():
        raise BrokenFileError("it is no file")
    if path.suffix.lower() == MAG:
        generator, slices = read_mag(path)
        return Source(slices, f"{path.stem} {generator}")
    if is_archive(path):
        files = archive_files(path)
        return _in_folder(files, path.name.split(".")[0])
    blob = FilePart.whole(path)
    if is_table(blob):
        return Source(SavedSlices(blob), path.stem)
    raise BrokenFileError(
        "it is no checkpoint of TensorFlow (.index, .tar, .tar.gz, .zip or .mag), Magenta.js folder or .npz file"
    )


def _prefixed(path: Path, prefix: str) -> Source:
    """Return the V2 checkpoint with a prefix in the folder of a path; FileNotFoundError where there is none."""
    index = path.with_name(prefix + INDEX)
    if not index.is_file():
        raise FileNotFoundError(2, "there is no such file", str(path))
    files = {name: blob for name, blob in _files_of(path.parent).items() if name.startswith(prefix + ".data-")}
    return Source(TensorBundle(FilePart.whole(index), files), prefix)


def _files_of(folder: Path) -> dict[str, Blob]:
    return {entry.name: FilePart.whole(entry) for entry in sorted(folder.iterdir()) if entry.is_file()}


def _in_folder(files: Blobs, name: str) -> Source:
    """Return the one network among files by their paths; BrokenFileError where there is none, or more than one."""
    if files and all(path.endswith(SUFFIX) for path in files):
        return Source(NpzWeights(files), name)
    found = [path for path in files if _is_head(path)]
    if not found:
        raise BrokenFileError("there is no checkpoint of TensorFlow and no manifest of Magenta.js in it")
    if len(found) > 1:
        raise BrokenFileError(f"it holds several checkpoints, choose one: {', '.join(sorted(found)[:4])}")
    folder, _, head = found[0].rpartition("/")
    beside = {path[len(folder) + 1 if folder else 0 :]: blob for path, blob in files.items() if _within(path, folder)}
    if head.endswith(NPZ):
        blob = beside[head]
        return Source(NpzWeights(unzipped(blob.read(0, blob.size))), name)
    if head.endswith(INDEX):
        prefix = head.removesuffix(INDEX)
        shards = {path: blob for path, blob in beside.items() if path.startswith(prefix + ".data-")}
        return Source(TensorBundle(beside[head], shards), f"{name} {prefix}")
    config = read_json(beside[CONFIG]) if CONFIG in beside else {}
    if not isinstance(config, dict):
        raise BrokenFileError("its config.json has another form than Magenta.js gives it")
    return Source(JsWeights(beside), f"{name} {folder}".strip(), config)


def _is_head(path: str) -> bool:
    """Return whether a file stands for a whole network."""
    name = path.rpartition("/")[2]
    return name in (MANIFEST, RAW_MANIFEST, BEST, WEIGHTS) or name.endswith(INDEX)


def _within(path: str, folder: str) -> bool:
    return path.startswith(f"{folder}/") if folder else True
