"""The few C functions of libfluidsynth that we call, typed. The only importer of pyfluidsynth."""

import contextlib
import ctypes
import functools
import io
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import cast

from groovescape.audio.problems import install_hint
from groovescape_models.errors import DependencyError

CFunction = Callable[..., int]

_WRITE_ARGUMENTS = (ctypes.c_void_p, ctypes.c_int) + (ctypes.c_void_p, ctypes.c_int, ctypes.c_int) * 2


@dataclass(frozen=True, slots=True)
class FluidApi:
    """pyfluidsynth's functions, and those that the audio callback calls while it keeps the interpreter lock.

    A callback that let go of the lock at each of its calls would wait for it again at each (5 ms, whenever another
    thread computes); these calls take microseconds, so it keeps it. write_unlocked is for offline rendering.
    """

    module: ModuleType
    note_on: CFunction
    note_off: CFunction
    all_notes_off: CFunction
    all_sounds_off: CFunction
    active_voices: CFunction
    write: CFunction
    write_unlocked: CFunction


@functools.cache
def load_fluidsynth() -> FluidApi:
    """Load the library (36 ms warm). Raises DependencyError, with the command to type, if it is not installed."""
    try:
        # Where the variable CI is set, the import prints the library's name; that must not get into --json output.
        with contextlib.redirect_stdout(io.StringIO()):
            import fluidsynth
    except (ImportError, OSError, AttributeError) as error:
        raise DependencyError(install_hint("fluidsynth")) from error
    locked, unlocked = ctypes.PyDLL(fluidsynth.lib), ctypes.CDLL(fluidsynth.lib)
    synth, number = ctypes.c_void_p, ctypes.c_int
    return FluidApi(
        module=fluidsynth,
        note_on=_typed(locked.fluid_synth_noteon, synth, number, number, number),
        note_off=_typed(locked.fluid_synth_noteoff, synth, number, number),
        all_notes_off=_typed(locked.fluid_synth_all_notes_off, synth, number),
        all_sounds_off=_typed(locked.fluid_synth_all_sounds_off, synth, number),
        active_voices=_typed(locked.fluid_synth_get_active_voice_count, synth),
        write=_typed(locked.fluid_synth_write_float, synth, *_WRITE_ARGUMENTS[1:]),
        write_unlocked=_typed(unlocked.fluid_synth_write_float, synth, *_WRITE_ARGUMENTS[1:]),
    )


def _typed(function: object, *arguments: type) -> CFunction:
    typed = cast("ctypes._NamedFuncPointer", function)
    typed.argtypes = arguments
    typed.restype = ctypes.c_int
    return typed
