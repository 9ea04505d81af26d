"""What is known of music by counting: made at training, as small arrays in resources/statistics."""

import io
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from groovescape_models.errors import CheckpointError

Tables = dict[str, NDArray[np.float32]]


@cache
def statistics(name: str) -> Tables:
    """Return the tables of drums, melody, bass or grooves: see training/drum_, line_ and groove_statistics.py.

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
