"""The humaniser for real time in NumPy: what networks/humanizer_lite.py trains, a step at a time.

B is the batch, Z the latent size, H the LSTM size. Offsets are in steps, positive is late.
"""

from collections.abc import Mapping
from typing import Final

import numpy as np

from groovescape_models.inference.numpy_feel import as_played, checked, dense, next_state, read_feel, tempo_feature
from groovescape_models.music.groove import FloatArray

PLACES: Final = 32
"""Steps of two bars, after which the places begin again."""
CYCLES: Final = (2, 4, 8, 16, 32)
SIGNATURES: Final = ("encode", "step", "decode", "decode_4bar")


class NumpyHumanizerLite:
    """Plays hits as they come and reads feels; safe to share between threads: the state is the caller's.

    Signatures: encode as the whole humaniser's. step(hits (B, 9) 0/1; place (B, 1): number of the step in two bars;
    tempo (B, 1) bpm; z (B, Z), known (B, 1): 0 for the expected feel; c, h (B, H): zeros at first) -> velocity,
    velocity_scale, offset, offset_scale, each (B, 9), and the next c and h. decode(hits (B, T, 9), tempo, z, known) is
    T such steps from the first of two bars on, as the whole humaniser's.
    """

    def __init__(self, weights: Mapping[str, FloatArray]) -> None:
        """Take the weights under the names of the weights file; CheckpointError if one is missing."""
        self._weights = checked(weights, ("decoder/steps", "decoder/output"), ("decoder/lstm",))
        self._recurrent = self._weights["decoder/lstm/recurrent_kernel"]
        self._places = _places()

    def run(self, signature: str, **inputs: FloatArray) -> dict[str, FloatArray]:
        """Return the named outputs of a signature; ValueError for an unknown one."""
        if signature not in SIGNATURES:
            raise ValueError(f"signature must be one of {', '.join(SIGNATURES)}, got {signature!r}")
        arrays = {name: np.asarray(array, np.float32) for name, array in inputs.items()}
        if signature == "encode":
            return read_feel(self._weights, **arrays)
        return self._step(**arrays) if signature == "step" else self._decode(**arrays)

    def _step(
        self,
        hits: FloatArray,
        place: FloatArray,
        tempo: FloatArray,
        z: FloatArray,
        known: FloatArray,
        c: FloatArray,
        h: FloatArray,
    ) -> dict[str, FloatArray]:
        where = self._places[np.rint(place[:, 0]).astype(np.intp) % PLACES]
        heard = self._heard(hits, where, tempo, z, known)
        c, h = next_state(dense(self._weights, "decoder/lstm", heard) + h @ self._recurrent, c)
        x = dense(self._weights, "decoder/output", np.concatenate([h, heard], axis=-1))
        return {**as_played(x), "c": c, "h": h}

    def _decode(self, hits: FloatArray, tempo: FloatArray, z: FloatArray, known: FloatArray) -> dict[str, FloatArray]:
        c = h = np.zeros((len(hits), len(self._recurrent)), np.float32)
        answers = []
        for step in range(hits.shape[1]):
            place = np.full((len(hits), 1), step % PLACES, np.float32)
            answer = self._step(hits[:, step], place, tempo, z, known, c, h)
            c, h = answer.pop("c"), answer.pop("h")
            answers.append(answer)
        return {name: np.stack([answer[name] for answer in answers], axis=1) for name in answers[0]}

    def _heard(
        self, hits: FloatArray, where: FloatArray, tempo: FloatArray, z: FloatArray, known: FloatArray
    ) -> FloatArray:
        x = np.concatenate([hits, where, tempo_feature(tempo), z * known, known], axis=-1)
        heard: FloatArray = np.maximum(dense(self._weights, "decoder/steps", x), 0)
        return heard


def _places() -> FloatArray:
    """Return where each of 32 steps lies in cycles of 2 to 32 steps: sines and cosines, (32, 10)."""
    angles = np.arange(PLACES)[:, None] * 2.0 * np.pi / np.array(CYCLES)[None]
    return np.concatenate([np.sin(angles), np.cos(angles)], axis=1).astype(np.float32)
