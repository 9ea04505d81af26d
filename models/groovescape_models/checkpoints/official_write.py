"""Writing an official network in the forms that Magenta reads: a TensorFlow checkpoint, a .tar of one, Magenta.js."""

import io
import shutil
import tarfile
import uuid
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.checkpoints.blobs import BrokenFileError
from groovescape_models.checkpoints.magenta_js_write import Quantization, js_files
from groovescape_models.checkpoints.official import OfficialModel
from groovescape_models.checkpoints.tensor_bundle_write import bundle_files
from groovescape_models.errors import CheckpointError
from groovescape_models.music.safe_file import write_whole

CHECKPOINT_SUFFIXES: Final = (".ckpt", ".index")


class Form(StrEnum):
    """What a network is written as."""

    CKPT = "ckpt"
    """A TensorFlow V2 checkpoint: NAME.index and NAME.data-00000-of-00001."""
    TAR = "tar"
    """Both in an archive, as Magenta's TrainedModel takes it."""
    JS = "js"
    """A folder of Magenta.js."""
    NPZ = "npz"
    """Arrays of NumPy under Magenta's names: our own form."""


def form_of(path: Path) -> Form:
    """Return the form that the name of a file asks for; a name without a known suffix is a folder of Magenta.js."""
    if path.suffix.lower() in CHECKPOINT_SUFFIXES:
        return Form.CKPT
    return {".tar": Form.TAR, ".npz": Form.NPZ}.get(path.suffix.lower(), Form.JS)


def write_official(
    model: OfficialModel, path: Path, form: Form | None = None, quantization: Quantization | None = None
) -> tuple[Path, ...]:
    """Write a network and return the files: each whole or not at all, a folder of Magenta.js as a whole.

    quantization is for Magenta.js alone. Raises CheckpointError where the form does not hold the network or a folder
    is in the way, and OSError.
    """
    form = form_of(path) if form is None else form
    if quantization is not None and form is not Form.JS:
        raise CheckpointError(
            f"Only Magenta.js stores weights as {quantization.value}; leave that out, or write --to js."
        )
    try:
        if form is Form.JS:
            return write_folder(path, js_files(model, quantization))
        contents = _contents(model, path, form)
    except BrokenFileError as error:
        raise CheckpointError(f"{model.name or 'The network'} cannot be written for Magenta: {error}.") from error
    path.parent.mkdir(parents=True, exist_ok=True)
    for target, content in contents.items():
        write_whole(target, content)
    return tuple(contents)


def _contents(model: OfficialModel, path: Path, form: Form) -> dict[Path, bytes]:
    """Return what to write where; the index of a checkpoint comes last, as it tells of the rest."""
    if form is Form.NPZ:
        return {path: npz_bytes(model.weights)}
    files = bundle_files(_with_step(model))
    if form is Form.TAR:
        return {path: _tar({f"{path.stem}.ckpt{ending}": data for ending, data in files.items()})}
    prefix = path.with_suffix("") if path.suffix == ".index" else path
    return {prefix.with_name(prefix.name + ending): files[ending] for ending in sorted(files)}


def _with_step(model: OfficialModel) -> dict[str, NDArray[Any]]:
    """Return the variables that Magenta's TrainedModel restores: the global step is one of them."""
    if not model.config.has_sigma:
        raise BrokenFileError("TensorFlow needs encoder/sigma, which its Magenta.js file did not keep")
    return {**model.weights, "global_step": np.array(0, np.int64)}


def npz_bytes(weights: Mapping[str, NDArray[np.float32]]) -> bytes:
    """Return an .npz file; the same weights give the same bytes."""
    buffer = io.BytesIO()
    np.savez(buffer, **dict(sorted(weights.items())))  # type: ignore[arg-type]  # the stub takes allow_pickle for an array
    return buffer.getvalue()


def _tar(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, content in sorted(files.items()):
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return buffer.getvalue()


def write_folder(folder: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write a new folder of files, whole or not at all; CheckpointError where something of that name is there."""
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise CheckpointError(f"{folder} is there already; choose another name, or remove it first.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = folder.with_name(f".{uuid.uuid4().hex}.part")
    try:
        beside.mkdir()
        for name, content in files.items():
            (beside / name).write_bytes(content)
        if folder.exists():
            folder.rmdir()
        beside.rename(folder)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    return tuple(folder / name for name in files)
