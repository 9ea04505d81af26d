"""What the algorithmic engine knows of music: counts made at training, as small arrays in resources/statistics."""

import io
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from groovescape_models.errors import CheckpointError

Tables = dict[str, NDArray[np.float32]]


@cache
def statistics(name: str) -> Tables:
    """Return the tables of drums, melody or bass, as training/drum_statistics.py and line_statistics.py describe them.

    Raises CheckpointError if the file is missing or broken.
    """
    try:
        content = (files("groovescape_resources") / "statistics" / f"{name}.npz").read_bytes()
        with np.load(io.BytesIO(content), allow_pickle=False) as archive:
            return {key: archive[key].astype(np.float32) for key in archive.files}
    except (OSError, ValueError) as error:
        raise CheckpointError(
            f"The statistics of {name} cannot be read ({error}); install Groovescape again."
        ) from error
