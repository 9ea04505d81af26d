"""What a student of a humaniser learns: its network, its teacher, its batches."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

import keras
import numpy as np

from groovescape_models.checkpoints.registry import read_weights, shipped_model
from groovescape_models.errors import CheckpointError, UnknownNameError
from groovescape_models.music.groove import FloatArray
from groovescape_models.training.distil_batches import AS_DRAWN, distil_batches
from groovescape_models.training.examples import ExampleArrays
from groovescape_models.training.groove_tasks import GrooveTask, plays
from groovescape_models.training.humanizer_kinds import load_humanizer
from groovescape_models.training.networks.groove_student import GrooveStudent
from groovescape_models.training.networks.humanizer import Humanizer, HumanizerConfig
from groovescape_models.training.networks.humanizer_lite import HumanizerLite, LiteConfig
from groovescape_models.training.networks.tensors import Network

LSTM: Final = HumanizerConfig(decoder_layers=1, dropout=0.1)
"""One bidirectional layer, as wide as each of the teacher's: eight bits hold it in less than a megabyte."""

AGAIN: Final = HumanizerConfig(dropout=0.1)
"""As large as its teacher, and begun as him: what recombined hits teach is that much less learned by heart."""


@dataclass(frozen=True, slots=True)
class Pupil:
    """A network that may learn from a humaniser, how many examples it is shown at a time, and how fast it goes."""

    make: Callable[[], Network]
    batch_size: int
    learning_rate: float = 2e-3


PUPILS: Final[Mapping[str, Pupil]] = MappingProxyType(
    {
        "lstm": Pupil(lambda: Humanizer(LSTM), 256),
        "lite": Pupil(lambda: HumanizerLite(LiteConfig()), 64),
        "again": Pupil(lambda: Humanizer(AGAIN), 128, learning_rate=1e-3),
    }
)


def teacher_named(name: str) -> Network:
    """Return the humaniser that ships under a name, or that of a weights file; UnknownNameError, CheckpointError."""
    path = Path(name)
    return load_humanizer(_weights_in(path) if path.suffix == ".npz" else read_weights(shipped_model(name)))


def _weights_in(path: Path) -> dict[str, FloatArray]:
    try:
        with np.load(path, allow_pickle=False) as archive:
            return {name: archive[name].astype(np.float32) for name in archive.files}
    except (OSError, ValueError) as error:
        raise CheckpointError(f"{path} cannot be read as weights ({error}); name an .npz file.") from error


def distil_task(config: str, teacher: str, train: ExampleArrays, seed: int) -> GrooveTask:
    """Return the task of a student, one of PUPILS, of a teacher; its weights are drawn with the seed."""
    if config not in PUPILS:
        raise UnknownNameError(f"There is no student {config!r}; choose one of {', '.join(PUPILS)}.")
    keras.utils.set_random_seed(seed)
    master = teacher_named(teacher)
    pupil = PUPILS[config]
    network = GrooveStudent(master, pupil.make())
    how = replace(AS_DRAWN, performances=replace(AS_DRAWN.performances, batch_size=pupil.batch_size))
    batches = distil_batches(train, master.config.latent_size, seed, how)
    return GrooveTask(network, batches, plays(network.pupil), learning_rate=pupil.learning_rate, averaging=True)
