"""Instruments of tracks in LMMS: SF2 Player with a SoundFont, AudioFileProcessor with LMMS's own drum samples."""

from pathlib import Path
from types import MappingProxyType
from typing import Final
from xml.etree import ElementTree as ET

from groovescape.export.lmms_version import LmmsVersion
from groovescape_models.music.drumkit import Drum

DRUM_BANK: Final = 128
"""Bank of a SoundFont where percussion is, by the convention that FluidSynth and LMMS follow."""

DRUM_SAMPLES: Final = MappingProxyType(
    {
        Drum.KICK: "drums/bassdrum_acoustic01.ogg",
        Drum.SNARE: "drums/snare_acoustic01.ogg",
        Drum.CLOSED_HAT: "drums/hihat_closed01.ogg",
        Drum.OPEN_HAT: "drums/hihat_opened01.ogg",
        Drum.LOW_TOM: "drums/tom_low01.ogg",
        Drum.MID_TOM: "drums/tom_mid01.ogg",
        Drum.HIGH_TOM: "drums/tom_hi01.ogg",
        Drum.CRASH: "drums/crash01.ogg",
        Drum.RIDE: "drums/ride01.ogg",
    }
)
"""Samples that come with every LMMS, relative to its sample folder."""


def base_note(version: LmmsVersion) -> int:
    """Return LMMS's key of A4, which its new tracks are tuned to."""
    return 57 if version is LmmsVersion.V1_2 else 69


def _instrument_track(base_key: int, name: str) -> tuple[ET.Element, ET.Element]:
    track = ET.Element("instrumenttrack", vol="100", pan="0", fxch="0", basenote=str(base_key))
    return track, ET.SubElement(track, "instrument", name=name)


def soundfont_instrument(version: LmmsVersion, soundfont: Path | None, program: int = 0) -> ET.Element:
    """Return SF2 Player with a drum kit; without a SoundFont it is silent until the user opens one in it."""
    track, instrument = _instrument_track(base_note(version), "sf2player")
    player = ET.SubElement(instrument, "sf2player", bank=str(DRUM_BANK), patch=str(program))
    if soundfont is not None:
        player.set("src", str(soundfont))
    return track


def line_instrument(version: LmmsVersion, soundfont: Path | None, program: int) -> ET.Element:
    """Return SF2 Player with a General MIDI program for a line; without a SoundFont LMMS's own TripleOscillator."""
    if soundfont is None:
        track, instrument = _instrument_track(base_note(version), "tripleoscillator")
        ET.SubElement(instrument, "tripleoscillator")
        return track
    track, instrument = _instrument_track(base_note(version), "sf2player")
    ET.SubElement(instrument, "sf2player", bank="0", patch=str(program), src=str(soundfont))
    return track


def sample_instrument(drum: Drum, key: int) -> ET.Element:
    """Return AudioFileProcessor with one of LMMS's drum samples, sounding as recorded at a key."""
    track, instrument = _instrument_track(key, "audiofileprocessor")
    ET.SubElement(instrument, "audiofileprocessor", src=DRUM_SAMPLES[drum], amp="100", sframe="0", eframe="1")
    return track
