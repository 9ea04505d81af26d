"""FluidSynth as a drum kit and two instruments: notes in, stereo float32 out."""

import os
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape.audio.fluidsynth_api import CFunction, FluidApi, load_fluidsynth
from groovescape.audio.keys import CHANNELS, PITCHES, channel_of
from groovescape.audio.problems import SoundFontError
from groovescape.audio.soundfont import STANDARD_KIT, Kit
from groovescape.audio.tempo_line import SAMPLE_RATE
from groovescape_models.music.pattern import Role

FloatArray = NDArray[np.float32]


_ALL_CHANNELS: Final = -1
_VOLUME: Final = 7
_LINE_VOLUME: Final = 80
"""Controller value of lines, drums have 100: a held note is louder to the ear than a hit of the same peak."""
_GAIN: Final = 0.75  # a loud kick peaks at 0.5 to 0.9, a whole kit struck at once is limited
_SETTINGS: Final = {
    "synth.dynamic-sample-loading": 1,  # only the kit's samples: 12 ms for a big font, not 700
    "synth.lock-memory": 0,
    "synth.reverb.active": 0,  # dry, as LMMS's SF2 player starts
    "synth.chorus.active": 0,
}


class Synth:
    """A FluidSynth with one drum kit on channel 9 (counted from 0), and an instrument for each line on the first ones.

    Notes are keys of keys.py. programs are General MIDI's; where a SoundFont lacks one, FluidSynth takes another.

    One thread at a time; create and close it outside the audio callback. Raises DependencyError without libfluidsynth,
    SoundFontError if the file or the kit cannot be loaded.
    """

    def __init__(
        self,
        soundfont: Path,
        sample_rate: int = SAMPLE_RATE,
        kit: Kit = STANDARD_KIT,
        programs: Mapping[Role, int] | None = None,
    ) -> None:
        self._api: FluidApi = load_fluidsynth()
        module = self._api.module
        self._settings = module.new_fluid_settings()
        for name, value in _SETTINGS.items():
            module.fluid_settings_setint(self._settings, name.encode(), value)
        module.fluid_settings_setnum(self._settings, b"synth.sample-rate", float(sample_rate))
        module.fluid_settings_setnum(self._settings, b"synth.gain", _GAIN)
        self._handle = module.new_fluid_synth(self._settings)
        self.soundfont = soundfont
        self.sample_rate = sample_rate
        self._font: int = module.fluid_synth_sfload(self._handle, os.fsencode(soundfont), 0)
        if self._font < 0:
            self.close()
            raise SoundFontError(f"{soundfont.name} cannot be loaded: choose another .sf2 or .sf3 SoundFont.")
        try:
            self.set_kit(kit)
        except SoundFontError:
            self.close()
            raise
        for role, program in (programs or {}).items():
            module.fluid_synth_cc(self._handle, channel_of(role), _VOLUME, _LINE_VOLUME)
            module.fluid_synth_program_change(self._handle, channel_of(role), program)

    def set_kit(self, kit: Kit) -> None:
        """Select a kit and load its samples (1 to 120 ms). Raises SoundFontError if the SoundFont does not have it."""
        select = self._api.module.fluid_synth_program_select
        if select(self._handle, channel_of(Role.DRUMS), self._font, kit.bank, kit.program) != 0:
            raise SoundFontError(
                f"{self.soundfont.name} has no kit {kit.name} ({kit.bank}:{kit.program}): choose another."
            )
        self.kit = kit

    def note_on(self, key: int, velocity: int) -> None:
        """Strike a drum or begin a note; it starts with the next 64 frames rendered."""
        self._api.note_on(self._handle, CHANNELS[key // PITCHES], key % PITCHES, velocity)

    def note_off(self, key: int) -> None:
        """Release a key; most kits let a drum ring."""
        self._api.note_off(self._handle, CHANNELS[key // PITCHES], key % PITCHES)

    def release_all(self) -> None:
        """Release whatever is held."""
        self._api.all_notes_off(self._handle, _ALL_CHANNELS)

    def silence(self) -> None:
        """Cut every sound at once; clicks unless it is inaudible already."""
        self._api.all_sounds_off(self._handle, _ALL_CHANNELS)

    @property
    def voices(self) -> int:
        """Number of samples that sound now."""
        return self._api.active_voices(self._handle)

    def render_into(self, out: FloatArray, start: int, frames: int) -> None:
        """Write the next frames to out[start : start + frames], float32 (n, 2), contiguous. For the callback."""
        self._write(self._api.write, out, start, frames)

    def render(self, frames: int) -> FloatArray:
        """Return the next frames, float32 (frames, 2), full scale at 1.0. Lets other threads run meanwhile."""
        out = np.zeros((frames, 2), np.float32)
        self._write(self._api.write_unlocked, out, 0, frames)
        return out

    def _write(self, write: CFunction, out: FloatArray, start: int, frames: int) -> None:
        if frames <= 0:
            return
        if not (out.flags.c_contiguous and out.dtype == np.float32 and 0 <= start <= len(out) - frames):
            raise ValueError(f"need contiguous float32 (n >= {start + frames}, 2), got {out.dtype} {out.shape}")
        pointer = out.ctypes.data
        write(self._handle, frames, pointer, 2 * start, 2, pointer, 2 * start + 1, 2)

    def close(self) -> None:
        """Free the synth; a second call does nothing."""
        if self._handle:
            self._api.module.delete_fluid_synth(self._handle)
            self._api.module.delete_fluid_settings(self._settings)
        self._handle = self._settings = None

    def __enter__(self) -> "Synth":
        """Return the synth itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()
