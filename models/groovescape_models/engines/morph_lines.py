"""The morph engine of melodies and bass lines: the lines of the plane between four corners, in one key."""

from dataclasses import dataclass

import numpy as np

from groovescape_models.encoding.harmony import condition_of, shift_to_c
from groovescape_models.encoding.lines import FIRST_NOTE, STEPS_PER_BAR, from_line, line_velocities, moved, to_line
from groovescape_models.engines.engine import Setting
from groovescape_models.engines.harmony_mask import NOTE_CLASSES, harmony_noise
from groovescape_models.engines.line_vae import LineVae
from groovescape_models.engines.plane_morph import Corners, PlaneMorph
from groovescape_models.inference.sampling import FloatArray
from groovescape_models.latent.model import Grids
from groovescape_models.music.cells import DEFAULT_VELOCITY
from groovescape_models.music.key import SEMITONES
from groovescape_models.music.pattern import Pattern

USUAL = DEFAULT_VELOCITY / 127.0


@dataclass(frozen=True, eq=False)
class _Playing:
    """How the four corners are played.

    velocities (4, steps) are 0 where no note begins; usual (4,) is the mean of a corner's notes. classes are the pitch
    classes that the corners have, moved to C: these are allowed whatever the key.
    """

    velocities: FloatArray
    usual: FloatArray
    classes: frozenset[int]


class LineMorph(PlaneMorph[_Playing]):
    """Answers MorphRequests for melody or bass: between corners, lines keep to the key and chords of the setting."""

    _model: LineVae

    def __init__(self, model: LineVae) -> None:
        """Use the latent space of a role."""
        super().__init__(model)

    def _read(self, corners: Corners, setting: Setting) -> tuple[Grids, _Playing]:
        grids = np.stack([moved(to_line(corner), _shift(setting)) for corner in corners])
        velocities = np.stack([line_velocities(corner) for corner in corners])
        counts = (velocities > 0).sum(axis=1)
        usual = np.where(counts > 0, velocities.sum(axis=1) / np.maximum(counts, 1), USUAL).astype(np.float32)
        classes = frozenset(NOTE_CLASSES[grids[grids >= FIRST_NOTE] - FIRST_NOTE].tolist())
        return grids, _Playing(velocities, usual, classes)

    def _condition(self, setting: Setting) -> FloatArray | None:
        return condition_of(setting.key, setting.chords, self._model.steps // STEPS_PER_BAR)

    def _ruled(self, nudge: FloatArray, played: _Playing, setting: Setting) -> FloatArray:
        condition = self._condition(setting)
        if condition is None or not setting.strict_key:
            return nudge
        rule = harmony_noise(condition, strict=True)
        known = np.isin(NOTE_CLASSES, list(played.classes))
        rule[:, FIRST_NOTE:][:, known] = 0.0
        return (nudge + rule[None]).astype(np.float32)

    def _play(
        self, played: _Playing, weights: FloatArray, grids: Grids, names: list[str], setting: Setting
    ) -> list[Pattern]:
        begun = (played.velocities > 0).astype(np.float32)
        share = weights @ begun
        usual = np.broadcast_to((weights @ played.usual)[:, None], share.shape)
        loud = np.where(share > 0, weights @ played.velocities / np.maximum(share, 1e-9), usual)
        lines = moved(np.asarray(grids, np.int16), -_shift(setting))
        role = self._model.role
        return [from_line(line, row, role, name) for line, row, name in zip(lines, loud, names, strict=True)]


def _shift(setting: Setting) -> int:
    """Return the semitones that move the setting's tonic to C: what a line network hears."""
    return shift_to_c(setting.key.tonic % SEMITONES) if setting.key else 0
