"""Time in music: quarter notes, meters, steps and their length in milliseconds."""

from dataclasses import dataclass

Quarters = float
"""A time or a duration in quarter notes (float64); 1.0 is one quarter note at any tempo."""

STEPS_PER_QUARTER = 4
STEP: Quarters = 1.0 / STEPS_PER_QUARTER
"""One sixteenth note: the grid of the 2-bar networks (Gillick et al. 2019, section 3)."""

GRIDS = (4, 3, 6)
"""Steps a quarter that music may lie on: sixteenths, triplet eighths, triplet sixteenths."""

MIN_TEMPO_BPM = 10.0
MAX_TEMPO_BPM = 999.0
DEFAULT_TEMPO_BPM = 120.0


@dataclass(frozen=True, slots=True)
class Meter:
    """A time signature such as 4/4 or 6/8.

    Raises ValueError if the numerator is not in 1..64 or the denominator is no power of two in 1..64.
    """

    numerator: int = 4
    denominator: int = 4

    def __post_init__(self) -> None:
        """Check the range of both numbers."""
        if not 1 <= self.numerator <= 64:
            raise ValueError(f"meter numerator must be in 1..64, got {self.numerator}")
        if self.denominator not in (1, 2, 4, 8, 16, 32, 64):
            raise ValueError(f"meter denominator must be a power of two in 1..64, got {self.denominator}")

    @property
    def bar_length(self) -> Quarters:
        """Length of one bar in quarter notes: 4.0 for 4/4, 3.0 for 6/8."""
        return self.numerator * 4.0 / self.denominator

    def __str__(self) -> str:
        """Return the usual spelling, as in 6/8."""
        return f"{self.numerator}/{self.denominator}"


def quarter_ms(tempo_bpm: float) -> float:
    """Return the length of a quarter note in milliseconds at a tempo in quarter notes a minute."""
    if not MIN_TEMPO_BPM <= tempo_bpm <= MAX_TEMPO_BPM:
        raise ValueError(f"tempo must be in {MIN_TEMPO_BPM:g}..{MAX_TEMPO_BPM:g} bpm, got {tempo_bpm:g}")
    return 60_000.0 / tempo_bpm


def step_ms(tempo_bpm: float) -> float:
    """Return the length of one grid step (a sixteenth) in milliseconds."""
    return quarter_ms(tempo_bpm) * STEP


def nearest_step(time: Quarters) -> int:
    """Return the index of the grid step nearest to a time; half-way goes to the later step."""
    return int(time * STEPS_PER_QUARTER + 0.5)
