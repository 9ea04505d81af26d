"""What the meta events of tempo, meter and name say."""

from groovescape_models.music.midi_song import MICROSECONDS_PER_MINUTE
from groovescape_models.music.timing import Meter


def tempo_of(message: bytes) -> int:
    """Return the microseconds of a quarter note in a tempo event. Raises ValueError if it says none."""
    quarter = int.from_bytes(message[2:5]) if len(message) >= 5 else 0
    if not quarter:
        raise ValueError("a tempo must be 1..16777215 microseconds a quarter note")
    return quarter


def bpm_of(quarter: int) -> float:
    """Return a tempo of so many microseconds a quarter note in bpm, with the fewest decimals that say the same."""
    bpm = MICROSECONDS_PER_MINUTE / quarter
    short = (round(bpm, decimals) for decimals in range(7))
    return next((value for value in short if value and round(MICROSECONDS_PER_MINUTE / value) == quarter), bpm)


def meter_of(message: bytes) -> Meter:
    """Return the meter of a meter event. Raises ValueError if it is none that Meter holds."""
    if len(message) < 4:
        raise ValueError("a meter must have two numbers")
    return Meter(message[2], 2 ** min(message[3], 7))


def name_of(message: bytes) -> str:
    """Return a name, as UTF-8 or else Latin-1, without the blanks and zeros around it."""
    try:
        text = message[2:].decode("utf-8")
    except UnicodeDecodeError:
        text = message[2:].decode("latin-1")
    return text.strip(" \t\r\n\0")
