"""Which output to play on. The only importer of sounddevice."""

import atexit
import ctypes
import os
from dataclasses import dataclass
from types import ModuleType
from typing import Final

from groovescape.audio.problems import NO_DEVICE, SERVER_DIED, AudioUnavailableError, install_hint
from groovescape.audio.tempo_line import SAMPLE_RATE

_NO_START_SERVER: Final = 1  # JackNoStartServer and JackServerName of jack/types.h
_SERVER_NAME: Final = 4


@dataclass(frozen=True, slots=True)
class Device:
    """An output that can be opened."""

    index: int
    name: str
    sample_rate: int


class _PortAudio:
    """What is known about the library for the life of the process."""

    started = False
    stuck = False
    jack_server = "default"


def load_sounddevice() -> ModuleType:
    """Import sounddevice, which starts PortAudio. Raises AudioUnavailableError if that is not there or is stuck."""
    if _PortAudio.stuck:
        raise AudioUnavailableError(SERVER_DIED)
    try:
        import sounddevice as module
    except OSError as error:
        raise AudioUnavailableError(install_hint("portaudio")) from error
    except Exception as error:  # PortAudioError cannot be named while its module cannot be imported
        raise AudioUnavailableError(NO_DEVICE) from error
    sounddevice: ModuleType = module
    if not _PortAudio.started:
        _PortAudio.started = True
        _note_jack_server()
        atexit.unregister(sounddevice._exit_handler)
        atexit.register(_leave)
    return sounddevice


def find_device() -> Device:
    """Return the system's default output, or the first there is. Raises AudioUnavailableError if there is none.

    Its sample rate is 48 kHz, or the device's own where it does not take that.
    """
    sd = _living_sounddevice()
    index = _output_index(sd)
    info = sd.query_devices(index)
    try:
        sd.check_output_settings(device=index, channels=2, dtype="float32", samplerate=SAMPLE_RATE)
    except sd.PortAudioError:
        return Device(index, info["name"], int(info["default_samplerate"]))
    return Device(index, info["name"], SAMPLE_RATE)


def rescan_devices() -> None:
    """Look for devices anew; only while no stream is open. PortAudio sees the devices that there were when it began."""
    sd = _living_sounddevice()
    try:
        sd._terminate()
        sd._initialize()
        _note_jack_server()
    except sd.PortAudioError as error:
        raise AudioUnavailableError(NO_DEVICE) from error


def give_up_portaudio() -> None:
    """Call it no more, not even at exit: where a JACK server has died, it waits for ever or aborts the process."""
    _PortAudio.stuck = True


def _living_sounddevice() -> ModuleType:
    sd = load_sounddevice()
    if _jack_died(sd):
        give_up_portaudio()
        raise AudioUnavailableError(SERVER_DIED)
    return sd


def _leave() -> None:
    """End PortAudio with the program, unless that would end the program with an abort."""
    if not _PortAudio.stuck:
        sd = load_sounddevice()
        if not _jack_died(sd):
            sd._exit_handler()


def _note_jack_server() -> None:
    _PortAudio.jack_server = os.environ.get("JACK_DEFAULT_SERVER", "default")


def _jack_died(sd: ModuleType) -> bool:
    """Tell whether PortAudio is the client of a JACK server that is gone."""
    if not any("JACK" in api["name"] for api in sd.query_hostapis()):
        return False
    try:
        jack = ctypes.CDLL("libjack.so.0")
    except OSError:
        return False  # not Linux: PortAudio brings its own
    jack.jack_client_open.restype = ctypes.c_void_p
    server = ctypes.c_char_p(_PortAudio.jack_server.encode())
    client = jack.jack_client_open(b"groovescape-probe", _NO_START_SERVER | _SERVER_NAME, None, server)
    if client:
        jack.jack_client_close(ctypes.c_void_p(client))
    return not client


def _output_index(sd: ModuleType) -> int:
    """Return the default output; or the first of another host API, where the default one has none (JACK, no ALSA)."""
    default = int(sd.default.device[1])
    outputs = [info["index"] for info in sd.query_devices() if info["max_output_channels"] >= 2]
    if not outputs:
        raise AudioUnavailableError(NO_DEVICE)
    return default if default in outputs else int(outputs[0])
