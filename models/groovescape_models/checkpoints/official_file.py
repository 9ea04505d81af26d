"""Reading an official MusicVAE or GrooVAE from any of the forms that it comes in, without TensorFlow."""

import math
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.checkpoints.blobs import BrokenFileError
from groovescape_models.checkpoints.official import OfficialModel
from groovescape_models.checkpoints.recognise import Hints, recognise
from groovescape_models.checkpoints.variable_names import variable_shapes
from groovescape_models.checkpoints.variable_source import Source, Variables, open_source
from groovescape_models.errors import CheckpointError

MAX_WEIGHT_BYTES: Final = 2 * 1024**3
"""As float32; the largest official network, a trio of 16 bars, has 1.7 GB."""
BYTES_A_NUMBER: Final = 4


def read_official(path: Path, bars: int | None = None) -> OfficialModel:
    """Return the network at a path: a checkpoint, an archive, a Magenta.js folder or an .npz file.

    bars is its length where nothing in the file tells it (2 for flat networks, 16 for hierarchical ones). Raises
    CheckpointError, one sentence that says what is wrong, for whatever the file holds.
    """
    try:
        source = open_source(path)
        return model_of(source, bars)
    except FileNotFoundError as error:
        raise CheckpointError(f"There is no model {path}; check its name.") from error
    except OSError as error:
        raise CheckpointError(f"{path} cannot be opened: {error.strerror or error}.") from error
    except BrokenFileError as error:
        raise CheckpointError(f"{path.name} cannot be read as a MusicVAE: {error}.") from error
    except MemoryError as error:
        raise CheckpointError(f"{path.name} is too large for the memory that is free.") from error


def model_of(source: Source, bars: int | None = None) -> OfficialModel:
    """Return the network of a source; BrokenFileError where there is none that runs here."""
    hints = Hints(source.name, source.js_config, bars)
    config = recognise(source.variables.shapes, hints)
    shapes = variable_shapes(config)
    size = BYTES_A_NUMBER * sum(math.prod(shape) for shape in shapes.values())
    if size > MAX_WEIGHT_BYTES:
        raise BrokenFileError(f"its weights take {size / 1e9:.1f} GB, the limit is {MAX_WEIGHT_BYTES / 1e9:.1f} GB")
    weights = {name: _number(source.variables, name) for name in shapes}
    return OfficialModel(config, weights, source.name)


def _number(variables: Variables, name: str) -> NDArray[np.float32]:
    """Return a variable as float32; BrokenFileError where a value is not finite."""
    values = variables.read(name)
    with np.errstate(over="ignore"):
        array = np.ascontiguousarray(values, np.float32)
    if not np.isfinite(array).all():
        raise BrokenFileError(f"{name} holds numbers that are not finite")
    return array
