"""What can be missing for sound, each as one sentence that says what to do."""

import sys

from groovescape_models.errors import GroovescapeError


class SoundFontError(GroovescapeError):
    """A SoundFont is missing, unreadable, or has no drum kit."""


class AudioUnavailableError(GroovescapeError):
    """There is no device to play on, or it cannot be opened."""


NO_SOUNDFONT = (
    "No SoundFont was found: install one (Debian and Ubuntu: sudo apt install fluidr3mono-gm-soundfont) "
    "or choose a .sf2 or .sf3 file with File > Choose SoundFont."
)
NO_DEVICE = (
    "No audio output was found: connect one or start your sound server, then try again; "
    "everything else works, and MIDI files can be written."
)
SERVER_DIED = (
    "The sound server that Groovescape was connected to has stopped: start it again, then start Groovescape again to "
    "hear sound; everything else goes on working."
)
OUTPUT_GONE = "The audio output has gone: connect it again or choose another, then press play."


def install_hint(library: str) -> str:
    """Return the sentence for a system library that is not installed: 'fluidsynth' or 'portaudio'."""
    debian = {"fluidsynth": "libfluidsynth3", "portaudio": "libportaudio2"}[library]
    brew = {"fluidsynth": "fluid-synth", "portaudio": "portaudio"}[library]
    title = {"fluidsynth": "FluidSynth", "portaudio": "PortAudio"}[library]
    command = f"brew install {brew}" if sys.platform == "darwin" else f"sudo apt install {debian}"
    return f"There is no sound because the {title} library is not installed: type `{command}`."
