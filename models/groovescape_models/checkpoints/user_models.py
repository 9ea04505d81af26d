"""Models that the user adds: official networks from elsewhere, kept in a folder of the user's as bundles like ours.

folder is the user's data folder throughout; a model is folder/models/ID with model.json, weights.npz, MODEL_CARD.md.
"""

import hashlib
import json
import re
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np

from groovescape_models.checkpoints.blobs import BrokenFileError
from groovescape_models.checkpoints.magenta_archive import unzipped
from groovescape_models.checkpoints.npz_file import NpzWeights
from groovescape_models.checkpoints.official import OfficialModel
from groovescape_models.checkpoints.official_file import read_official
from groovescape_models.checkpoints.official_write import npz_bytes, write_folder
from groovescape_models.checkpoints.registry import ModelInfo, read_info, shipped_models
from groovescape_models.checkpoints.stored_config import config_facts, config_of
from groovescape_models.checkpoints.variable_names import variable_shapes
from groovescape_models.errors import CheckpointError, UnknownNameError

MODELS: Final = "models"
KIND: Final = "official_musicvae"
UNKNOWN_LICENCE: Final = "unknown"
WEIGHTS: Final = "weights.npz"
MAX_ID: Final = 64
ID: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")


def add_model(
    source: Path, folder: Path, name: str = "", *, bars: int | None = None, licence: str = UNKNOWN_LICENCE
) -> ModelInfo:
    """Add the official network at a path (see read_official) to the user's models and return what it is.

    The name becomes its id; without one, the file's name does, numbered where that is taken. Nothing is left behind
    where the network cannot be read or written. Raises CheckpointError, also for a name that is taken, and OSError.
    """
    model = read_official(source, bars)
    model_id = _free_id(name, folder) if name else _numbered_id(source.name.split(".")[0], folder)
    contents = {WEIGHTS: npz_bytes(model.weights), "MODEL_CARD.md": _card(model, model_id, source, licence).encode()}
    about = {file: {"bytes": len(c), "sha256": hashlib.sha256(c).hexdigest()} for file, c in contents.items()}
    facts = _facts(model, model_id, licence) | {"files": about}
    contents["model.json"] = (json.dumps(facts, indent=2) + "\n").encode()
    place = folder / MODELS / model_id
    write_folder(place, contents)
    return read_info(place, is_user=True)


def user_models(folder: Path | None) -> tuple[ModelInfo, ...]:
    """Return the user's sound models by id; None has none. What is not sound is left out (see damaged_models)."""
    return tuple(info for _, info in _bundles(folder) if info is not None)


def damaged_models(folder: Path | None) -> tuple[str, ...]:
    """Return the names of the folders of models that cannot be read."""
    return tuple(name for name, info in _bundles(folder) if info is None)


def all_models(folder: Path | None) -> tuple[ModelInfo, ...]:
    """Return the shipped models and then the user's."""
    return shipped_models() + user_models(folder)


def model_named(model_id: str, folder: Path | None) -> ModelInfo:
    """Return a shipped or a user's model; UnknownNameError lists those that are there."""
    models = {model.id: model for model in all_models(folder)}
    if model_id not in models:
        raise UnknownNameError(f"There is no model '{model_id}'; there are {', '.join(models)}.")
    return models[model_id]


def remove_model(model_id: str, folder: Path) -> None:
    """Remove a user's model, sound or damaged, at once. Raises UnknownNameError, CheckpointError for one that ships."""
    place = folder / MODELS / model_id
    if model_id in {model.id for model in shipped_models()}:
        raise CheckpointError(f"The model {model_id} ships with Groovescape and stays; only models that were added go.")
    if not ID.fullmatch(model_id) or not place.is_dir():
        own = ", ".join(name for name, _ in _bundles(folder)) or "none"
        raise UnknownNameError(f"There is no model '{model_id}' that was added; there are: {own}.")
    if place.is_symlink():
        place.unlink()
        return
    beside = place.with_name(f".{uuid.uuid4().hex}.part")
    place.rename(beside)
    shutil.rmtree(beside)


def read_user_model(info: ModelInfo) -> OfficialModel:
    """Return the network of a user's model; CheckpointError where its files are not what they were."""
    if info.kind != KIND:
        raise CheckpointError(
            f"The model {info.id} is one of Groovescape's own networks, which have no form in Magenta."
        )
    config = config_of(info.config)
    try:
        arrays = NpzWeights(unzipped(info.read(WEIGHTS)))
        weights = {name: np.ascontiguousarray(arrays.read(name), np.float32) for name in arrays.shapes}
    except BrokenFileError as error:
        raise CheckpointError(f"The model {info.id} cannot be read: {error}; {info.remedy}.") from error
    if arrays.shapes != variable_shapes(config):
        raise CheckpointError(f"The weights of the model {info.id} are of another network; {info.remedy}.")
    return OfficialModel(config, weights, info.id)


def _bundles(folder: Path | None) -> Iterator[tuple[str, ModelInfo | None]]:
    """Yield (name of a folder, its model or None) in order."""
    place = None if folder is None else folder / MODELS
    for entry in sorted(place.iterdir()) if place is not None and place.is_dir() else ():
        if not entry.is_dir() or not ID.fullmatch(entry.name):
            continue
        try:
            yield entry.name, _sound_info(entry)
        except CheckpointError:
            yield entry.name, None


def _sound_info(place: Path) -> ModelInfo:
    """Return what the model in a folder is; CheckpointError unless its model.json says all that is needed."""
    info = read_info(place, is_user=True)
    weights = info.files.get(WEIGHTS) if isinstance(info.files, dict) else None
    if (info.id, info.kind) != (place.name, KIND) or not isinstance(weights, dict) or "sha256" not in weights:
        raise CheckpointError(f"The model in {place.name} has no sound model.json; {info.remedy}.")
    config_of(info.config)
    return info


def _free_id(name: str, folder: Path) -> str:
    """Return the id of a name; CheckpointError where it is taken or makes none."""
    model_id = _id_of(name)
    if not model_id:
        raise CheckpointError(f"'{name}' makes no name of a model; use letters and digits.")
    if _is_taken(model_id, folder):
        raise CheckpointError(f"There is a model {model_id} already; choose another name, or remove it first.")
    return model_id


def _numbered_id(name: str, folder: Path) -> str:
    """Return the id of a name, with a number where it is taken."""
    stem, number = _id_of(name)[: MAX_ID - 4] or "model", 1
    model_id = stem
    while _is_taken(model_id, folder):
        number += 1
        model_id = f"{stem}_{number}"
    return model_id


def _id_of(name: str) -> str:
    return re.sub(r"[^a-z0-9_-]+", "_", name.casefold()).strip("_-")[:MAX_ID]


def _is_taken(model_id: str, folder: Path) -> bool:
    return (folder / MODELS / model_id).exists() or any(model_id == model.id for model in shipped_models())


def _facts(model: OfficialModel, model_id: str, licence: str) -> dict[str, Any]:
    return {
        "id": model_id,
        "kind": KIND,
        "version": "1",
        "title": model.name,
        "licence": licence,
        "data": [],
        "figures": {},
        "config": config_facts(model.config),
    }


def _card(model: OfficialModel, model_id: str, source: Path, licence: str) -> str:
    """Return a card that says what is known, which is not much."""
    config = model.config
    levels = f", {config.segments} segments under a conductor" if config.conductor_sizes else ""
    return (
        f"# {model_id}\n\nAn official MusicVAE that was added from `{source.name}`.\n\n"
        f"- Plays: {config.data.value}, {config.bars} bars of 4/4{levels}\n"
        f"- Sizes: encoder {config.encoder_sizes}, latent {config.latent_size}, decoder {config.decoder_sizes}\n"
        f"- Licence: {licence}\n- Data: unknown; ask whoever made it\n- Figures: not measured here\n"
    )
