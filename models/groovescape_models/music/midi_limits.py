"""How much a MIDI file may hold: far over any music, far under what would stall the program."""

from typing import Final

MAX_FILE_BYTES: Final = 16 * 1024 * 1024
MAX_TRACKS: Final = 1024
MAX_EVENTS: Final = 500_000
MAX_NOTES: Final = 250_000
MAX_CHANGES: Final = 20_000
"""Tempo changes, and meter changes."""
MAX_CARRIED_BYTES: Final = 1024 * 1024
"""Bytes of texts and system messages that are kept."""
MAX_QUARTERS: Final = 32_768
"""4.5 hours at 120 bpm."""
MAX_TICKS: Final = 0x0FFFFFFF
"""The longest delta time that a file can state."""


class RuleError(Exception):
    """A rule that a file as a whole breaks; told to parse_midi as the end of a sentence: 'it has too many notes'."""
