"""Bundles of weights: what they are, those that ship with the program, and their networks."""

import hashlib
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from groovescape_models.errors import CheckpointError, UnknownNameError
from groovescape_models.inference.numpy_conductor import NumpyConductor
from groovescape_models.inference.numpy_drum_vae import NumpyDrumVae
from groovescape_models.inference.numpy_drummer import NumpyDrummer
from groovescape_models.inference.numpy_humanizer import NumpyHumanizer
from groovescape_models.inference.numpy_humanizer_lite import NumpyHumanizerLite
from groovescape_models.inference.numpy_line_vae import NumpyLineVae
from groovescape_models.inference.runtime import LiteRtNetwork, Network, litert_available

Backend = Literal["auto", "litert", "numpy"]
Precision = Literal["auto", "int8", "float16", "float32"]
"""How a network's weights are kept while it runs; auto is what the model ships as."""
Weights = Mapping[str, NDArray[np.float32]]

_NUMPY_NETWORKS: Final[Mapping[str, Callable[[Weights], Network]]] = MappingProxyType(
    {
        "conductor": NumpyConductor,
        "drum_vae": NumpyDrumVae,
        "drummer": NumpyDrummer,
        "humanizer": NumpyHumanizer,
        "humanizer_lite": NumpyHumanizerLite,
        "line_vae": NumpyLineVae,
    }
)


@dataclass(frozen=True)
class ModelInfo:
    """A bundle of weights: the contents of its model.json, and the folder that it lies in.

    files gives each file's name, size in bytes and sha256; figures are those measured on exactly these weights.
    precisions names the LiteRT file of each precision, the one to choose first.
    """

    id: str
    kind: str
    version: str
    licence: str
    data: object
    figures: Mapping[str, Any]
    config: Mapping[str, Any]
    files: Mapping[str, Mapping[str, Any]]
    folder: Traversable = field(repr=False)
    precisions: Mapping[str, str] = field(default_factory=lambda: {"float16": "model.tflite"})
    is_user: bool = False

    @property
    def remedy(self) -> str:
        """What helps where the bundle is damaged."""
        return _remedy(self.is_user)

    def read(self, name: str) -> bytes:
        """Return one file of the bundle; CheckpointError if it is missing or its hash differs."""
        try:
            content = (self.folder / name).read_bytes()
        except OSError as error:
            raise CheckpointError(f"{name} of the model {self.id} is missing; {self.remedy}.") from error
        if hashlib.sha256(content).hexdigest() != self.files[name]["sha256"]:
            raise CheckpointError(f"{name} of the model {self.id} is damaged; {self.remedy}.")
        return content

    @property
    def card(self) -> str:
        """Text of the model card."""
        return (self.folder / "MODEL_CARD.md").read_text(encoding="utf-8")


def checkpoints_folder() -> Traversable:
    """Return the folder of all shipped bundles."""
    return files("groovescape_resources") / "checkpoints"


def read_info(folder: Traversable, *, is_user: bool = False) -> ModelInfo:
    """Return the description of the bundle in a folder, the user's or shipped; CheckpointError if there is none."""
    try:
        facts = json.loads((folder / "model.json").read_text(encoding="utf-8"))
        keys = ("id", "kind", "version", "licence", "data", "figures", "config", "files")
        more = {"precisions": facts["precisions"]} if "precisions" in facts else {}
        return ModelInfo(**{key: facts[key] for key in keys}, folder=folder, is_user=is_user, **more)
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise CheckpointError(f"The model in {folder.name} has no sound model.json; {_remedy(is_user)}.") from error


def _remedy(is_user: bool) -> str:
    return "remove it and add it again" if is_user else "install Groovescape again"


def shipped_models() -> tuple[ModelInfo, ...]:
    """Return all bundles that ship with the program, by id."""
    folders = sorted((f for f in checkpoints_folder().iterdir() if f.is_dir()), key=lambda f: f.name)
    return tuple(read_info(folder) for folder in folders if (folder / "model.json").is_file())


def shipped_model(model_id: str) -> ModelInfo:
    """Return one bundle; UnknownNameError lists those that are there."""
    models = {model.id: model for model in shipped_models()}
    if model_id not in models:
        raise UnknownNameError(f"There is no model '{model_id}'; there are {', '.join(models)}.")
    return models[model_id]


def read_weights(info: ModelInfo) -> Weights:
    """Return the canonical weights of a bundle as float32 arrays by name."""
    with np.load(io.BytesIO(info.read("weights.npz")), allow_pickle=False) as archive:
        return {name: archive[name].astype(np.float32) for name in archive.files}


def open_network(info: ModelInfo, backend: Backend = "auto", precision: Precision = "auto") -> Network:
    """Return the running network of a bundle: LiteRT where it is installed, NumPy otherwise or when asked.

    NumPy computes in float32 whatever is asked for. So does LiteRT on a float16 file: the weights of a bundle are
    exact in float16, so that float32 asks for the very same numbers. Where there is no such file NumPy answers for it,
    and for eight bits the file that ships. A bundle without any, a conductor, is so small that NumPy runs it
    everywhere.
    """
    file = _file_of(info, precision)
    if file in info.files and (backend == "litert" or (backend == "auto" and litert_available())):
        return LiteRtNetwork(info.read(file))
    return _NUMPY_NETWORKS[info.kind](read_weights(info))


def _file_of(info: ModelInfo, precision: Precision) -> str:
    """Return the name of the LiteRT file of a precision, "" where NumPy has to answer."""
    exact = precision in ("float16", "float32")
    ships_as = next(iter(info.precisions.values()))
    return info.precisions.get("float16" if exact else precision, "" if exact else ships_as)
