"""Which output to play on. The only importer of sounddevice."""

import atexit
from dataclasses import dataclass
from types import ModuleType

from groovescape.audio.problems import NO_DEVICE, SERVER_DIED, AudioUnavailableError, install_hint
from groovescape.audio.tempo_line import SAMPLE_RATE


@dataclass(frozen=True, slots=True)
class Device:
    """An output that can be opened."""

    index: int
    name: str
    sample_rate: int


class _PortAudio:
    """What is known about the library for the life of the process."""

    stuck = False


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
    return sounddevice


def find_device() -> Device:
    """Return the system's default output, or the first there is. Raises AudioUnavailableError if there is none.

    Its sample rate is 48 kHz, or the device's own where it does not take that.
    """
    sd = load_sounddevice()
    index = _output_index(sd)
    info = sd.query_devices(index)
    try:
        sd.check_output_settings(device=index, channels=2, dtype="float32", samplerate=SAMPLE_RATE)
    except sd.PortAudioError:
        return Device(index, info["name"], int(info["default_samplerate"]))
    return Device(index, info["name"], SAMPLE_RATE)


def rescan_devices() -> None:
    """Look for devices anew; only while no stream is open. PortAudio sees the devices that there were when it began."""
    sd = load_sounddevice()
    try:
        sd._terminate()
        sd._initialize()
    except sd.PortAudioError as error:
        raise AudioUnavailableError(NO_DEVICE) from error


def give_up_portaudio() -> None:
    """Call it no more, not even at exit: it waits for ever for a JACK server that died under an open stream."""
    sd = load_sounddevice()
    _PortAudio.stuck = True
    atexit.unregister(sd._exit_handler)


def _output_index(sd: ModuleType) -> int:
    """Return the default output; or the first of another host API, where the default one has none (JACK, no ALSA)."""
    default = int(sd.default.device[1])
    outputs = [info["index"] for info in sd.query_devices() if info["max_output_channels"] >= 2]
    if not outputs:
        raise AudioUnavailableError(NO_DEVICE)
    return default if default in outputs else int(outputs[0])
