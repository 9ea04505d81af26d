"""The loop clock played on a synth, block by block: what the audio callback and the offline renderer both run."""

from collections import deque
from pathlib import Path
from typing import Final

import numpy as np

from groovescape.audio.level import FloatArray, Gain, soft_limit
from groovescape.audio.synth import Synth
from groovescape.audio.tempo_line import GRID_FRAMES
from groovescape.audio.transport import LoopClock

_VOLUME_SECONDS: Final = 0.02
_STOP_SECONDS: Final = 0.05
_PIECE: Final = 192
"""Frames that levels are worked on at a time: over 500 numbers or more NumPy lets go of the interpreter lock, and the
callback would have to wait for it again."""


class Performance:
    """Fills blocks of sound. fill is for one thread, the callback; use and set_volume are for any.

    A synth that has been replaced sounds on until it has died away, so that a change of kit neither clicks nor cuts
    a cymbal; then it lands in `retired`, for another thread to close.
    """

    def __init__(self, clock: LoopClock, synth: Synth, volume: float = 1.0) -> None:
        self.clock = clock
        self.retired: deque[Synth] = deque()
        self._wanted = self._synth = synth
        self._ringing: list[Synth] = []
        self._spare = np.zeros((GRID_FRAMES, 2), np.float32)
        self._silenced = False
        self._silent_frames = 0
        self._volume = Gain(_amplitude(volume), round(synth.sample_rate * _VOLUME_SECONDS))
        self._presence = Gain(1.0, round(synth.sample_rate * _STOP_SECONDS))

    def set_volume(self, volume: float) -> None:
        """Go to a volume in 0..1 within 20 ms; the amplitude is its square, which is even to the ear."""
        self._volume.target = _amplitude(volume)

    def use(self, synth: Synth) -> None:
        """Play on another synth from the next block on."""
        self._wanted = synth

    @property
    def soundfont(self) -> Path:
        """The SoundFont that is played."""
        return self._wanted.soundfont

    @property
    def sample_rate(self) -> int:
        """Frames a second."""
        return self._wanted.sample_rate

    def close(self) -> None:
        """Free every synth, once fill is no longer called."""
        for synth in {self._wanted, self._synth, *self._ringing, *self.retired}:
            synth.close()

    @property
    def sounding(self) -> bool:
        """Whether anything is still to be heard."""
        return bool(self.clock.playhead.running or self._ringing or self._synth.voices)

    def fill(self, out: FloatArray) -> None:
        """Write the next frames to out, float32 (frames, 2), contiguous."""
        self._change_synth()
        if self.clock.stop_ordered and not self._silenced:
            self._fade_out(out)
        else:
            self._play(out)
        for start in range(0, len(out), _PIECE):
            self._finish(out[start : start + _PIECE])

    def _finish(self, out: FloatArray) -> None:
        self._add_ringing(out)
        self._presence.apply(out)
        self._volume.apply(out)
        soft_limit(out)

    def _play(self, out: FloatArray) -> None:
        done = 0
        strikes = self.clock.advance(len(out))
        self._silenced = self._silenced and self.clock.stop_ordered
        for frame, pitch, velocity in strikes:
            self._synth.render_into(out, done, frame - done)
            done = frame
            if velocity:
                self._synth.note_on(pitch, velocity)
            else:
                self._synth.note_off(pitch)
        self._synth.render_into(out, done, len(out) - done)

    def _fade_out(self, out: FloatArray) -> None:
        """Fade, cut what sounds on unheard, and let the synth forget it: a voice just cut would wake at a note off."""
        self._presence.target = 0.0
        faded = self._presence.value == 0.0
        if faded and not self._silent_frames:
            self._cut()
        self.clock.skip(len(out))
        self._synth.render_into(out, 0, len(out))
        self._silent_frames += len(out) if faded else 0
        if self._silent_frames >= 2 * GRID_FRAMES:
            self._silenced, self._silent_frames = True, 0
            self._presence.value = self._presence.target = 1.0

    def _cut(self) -> None:
        self.clock.forget_held()
        self._synth.silence()
        self.retired.extend(self._ringing)
        self._ringing.clear()

    def _change_synth(self) -> None:
        wanted = self._wanted
        if wanted is self._synth:
            return
        self._synth.release_all()
        self._ringing.append(self._synth)
        self._synth = wanted
        # The new one starts its grid of 64 frames where the clock's grid is.
        wanted.render_into(self._spare, 0, self.clock.frame % GRID_FRAMES)

    def _add_ringing(self, out: FloatArray) -> None:
        if not self._ringing:
            return
        for synth in tuple(self._ringing):
            if not synth.voices:
                self._ringing.remove(synth)
                self.retired.append(synth)
                continue
            tail = np.zeros_like(out)
            synth.render_into(tail, 0, len(tail))
            out += tail


def _amplitude(volume: float) -> float:
    return min(1.0, max(0.0, volume)) ** 2
