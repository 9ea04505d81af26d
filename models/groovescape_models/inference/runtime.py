"""Networks that run: the one protocol, and LiteRT behind it (this file alone imports the light runtime)."""

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from groovescape_models.errors import CheckpointError, DependencyError

FloatArray = NDArray[np.float32]


class Network(Protocol):
    """A trained network with named signatures, such as encode and decode."""

    def run(self, signature: str, **inputs: FloatArray) -> dict[str, FloatArray]:
        """Return the named outputs of one signature for named inputs."""
        ...


class LiteRtNetwork:
    """A .tflite file run by LiteRT on one thread.

    An interpreter shared by two threads gives silent wrong results, so a lock lets one call in at a time; invoke
    itself releases the interpreter lock of Python. Raises DependencyError without ai-edge-litert, CheckpointError if
    the bytes are no model.
    """

    def __init__(self, model: bytes) -> None:
        """Load a model from the bytes of a .tflite file."""
        try:
            from ai_edge_litert.interpreter import Interpreter
        except ImportError as error:
            raise DependencyError("LiteRT is not installed; the NumPy backend does the same, more slowly.") from error
        try:
            self._interpreter = Interpreter(model_content=model, num_threads=1)
            names = tuple(self._interpreter.get_signature_list())
            with _hushed():
                self._interpreter.allocate_tensors()
        except (ValueError, RuntimeError) as error:
            raise CheckpointError(
                f"The model file cannot be read by LiteRT ({error}); install Groovescape again."
            ) from error
        self._runners = {name: self._interpreter.get_signature_runner(name) for name in names}
        self._lock = threading.Lock()

    def run(self, signature: str, **inputs: FloatArray) -> dict[str, FloatArray]:
        """Run one signature; outputs are copies."""
        with self._lock:
            outputs = self._runners[signature](**inputs)
            return {name: np.array(value) for name, value in outputs.items()}


@contextmanager
def _hushed() -> Iterator[None]:
    """Keep from the terminal what LiteRT says, past Python, when a first model gets its memory ("INFO: ...")."""
    try:
        sys.stderr.flush()
        kept = os.dup(2)
    except (OSError, AttributeError):
        # A windowed program may have no stderr at all.
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def litert_available() -> bool:
    """Return whether LiteRT can be imported here (it has no wheel for Intel Macs)."""
    try:
        import ai_edge_litert.interpreter  # noqa: F401  # the import is the question
    except ImportError:
        return False
    return True
