"""A small humaniser that learns from a large one, and from the drummers themselves.

The teacher answers any hits, also such as nobody played, so that there is no end of examples; what it says of every hit
(medians and scales) is what the student is to say. Where the hits were played, the drummer's own timing and loudness
count too. The student reads feels with the teacher's own encoder, which is not trained any further.
"""

from collections.abc import Mapping
from typing import Final

import keras
from keras import ops

from groovescape_models.training.networks.humanizer import (
    STEP_MS_AT_1_BPM,
    TRUST,
    TYPICAL_MISS_MS,
    TYPICAL_MISS_VELOCITY,
)
from groovescape_models.training.networks.tensors import Network, Tensor

DISTANCE: Final = 4.0
"""How much farther a drummer is from the teacher than a student is: what makes both kinds of miss count alike."""
SCALES: Final = 0.25
"""Weight of the logarithms of the scales beside the medians."""


class GrooveStudent(keras.Model):  # type: ignore[misc]  # keras ships no types
    """Trains pupil, a network with encode and decode, to play as teacher does."""

    def __init__(self, teacher: Network, pupil: Network) -> None:
        """Give the pupil all layers of the teacher that fit it, the encoder above all; only its decoder is trained."""
        super().__init__(name="groove_student")
        self.teacher, self.pupil = teacher, pupil
        teacher.trainable = False
        known = teacher.named_variables()
        for name, variable in pupil.named_variables().items():
            if name in known and name != TRUST and known[name].shape == variable.shape:
                variable.assign(known[name])
        pupil.encoder.trainable = False
        self.built = True

    def named_variables(self) -> dict[str, Tensor]:
        """Return the weights of the pupil by name: what ships."""
        named: dict[str, Tensor] = self.pupil.named_variables()
        return named

    def call(self, batch: Mapping[str, Tensor]) -> dict[str, Tensor]:
        """Return the loss of a batch and what it is made of.

        hits, velocities, offsets (B, T, 9); feel (B, 32, 27) is what z is encoded from; tempo, known (B, 1); drawn
        (B, 1) is 1 where z is epsilon (B, Z) itself; played (B, 1) is 1 where velocities and offsets are a drummer's;
        truth 0..1 is their share of the loss.
        """
        hits, tempo = batch["hits"], batch["tempo"]
        mu, _ = self.teacher.encode(batch["feel"], tempo)
        z = mu + batch["drawn"] * (batch["epsilon"] - mu)
        told = self.teacher.decode(hits, tempo, z, batch["known"])
        said = self.pupil.decode(hits, tempo, z, batch["known"], training=True)
        every = hits / ops.maximum(ops.sum(hits), 1.0)
        real = hits * batch["played"][:, :, None]
        real = real / ops.maximum(ops.sum(real), 1.0)
        from_teacher = _misses(said, told["offset"], told["velocity"], tempo, every)
        from_drummer = _misses(said, batch["offsets"], batch["velocities"], tempo, real)
        scales = sum(
            ops.sum(every * ops.abs(ops.log(said[name] / told[name]))) for name in ("offset_scale", "velocity_scale")
        )
        taught = DISTANCE * _cost(*from_teacher) + SCALES * scales
        return {
            "loss": (1.0 - batch["truth"]) * taught + batch["truth"] * _cost(*from_drummer),
            "teacher_ms": from_teacher[0],
            "teacher_velocity": 127.0 * from_teacher[1],
            "timing_ms": from_drummer[0],
            "velocity": 127.0 * from_drummer[1],
        }


def _misses(
    said: Mapping[str, Tensor], offset: Tensor, velocity: Tensor, tempo: Tensor, weight: Tensor
) -> tuple[Tensor, Tensor]:
    """Return the mean distances in ms and in velocity (0..1) over hits that weight (B, T, 9) shares out."""
    late_ms = ops.abs(said["offset"] - offset) * STEP_MS_AT_1_BPM / tempo[:, :, None]
    return ops.sum(weight * late_ms), ops.sum(weight * ops.abs(said["velocity"] - velocity))


def _cost(late_ms: Tensor, loud: Tensor) -> Tensor:
    return late_ms / TYPICAL_MISS_MS + loud / TYPICAL_MISS_VELOCITY
