"""The instruments that lines can be played on: a choice from General MIDI."""

from typing import Final

from groovescape_models.music.pattern import Role

INSTRUMENTS: Final[dict[Role, tuple[tuple[int, str], ...]]] = {
    Role.MELODY: (
        (80, "Square lead"),
        (81, "Saw lead"),
        (0, "Grand piano"),
        (4, "Electric piano"),
        (11, "Vibraphone"),
        (24, "Nylon guitar"),
        (27, "Clean guitar"),
        (65, "Alto sax"),
        (73, "Flute"),
        (48, "Strings"),
    ),
    Role.BASS: (
        (33, "Fingered bass"),
        (34, "Picked bass"),
        (32, "Acoustic bass"),
        (35, "Fretless bass"),
        (36, "Slap bass"),
        (38, "Synth bass 1"),
        (39, "Synth bass 2"),
    ),
}
"""Programs and their names, the usual ones first."""
