"""Lines (melody, bass) to tokens and back: one token a sixteenth, Magenta's melody encoding.

0 holds what is (a note that sounds, or silence), 1 ends it, 2 + (pitch - 21) begins a note of pitch 21..108
(Roberts et al. 2018, appendix; magenta's Melody). A bar of 4/4 has 16 tokens.
"""

from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.music.cells import DEFAULT_VELOCITY, steps_of
from groovescape_models.music.groove import FloatArray
from groovescape_models.music.key import SEMITONES
from groovescape_models.music.pattern import Note, Pattern, Role
from groovescape_models.music.timing import STEP, nearest_step

Tokens = NDArray[np.int16]
HOLD: Final = 0
NOTE_OFF: Final = 1
FIRST_NOTE: Final = 2
"""Token of the lowest pitch."""
MIN_PITCH: Final = 21
MAX_PITCH: Final = 108
TOKEN_COUNT: Final = FIRST_NOTE + MAX_PITCH - MIN_PITCH + 1
STEPS_PER_BAR: Final = 16


def to_line(pattern: Pattern) -> Tokens:
    """Return the tokens of a pattern, int16 (steps,).

    Of notes that begin together the highest stands, in a bass the lowest; a note ends where the next begins. A note
    that rounds to the step behind the last wraps to step 0, as in a loop it is the early first note. Pitches outside
    21..108 are moved by octaves.
    """
    tokens = np.zeros(steps_of(pattern.length), np.int16)
    notes = sounding_notes(pattern)
    for step, note in notes.items():
        tokens[step] = token_of(note.pitch)
        end = step + max(1, nearest_step(note.end) - nearest_step(note.start))
        until = min((later for later in notes if later > step), default=len(tokens))
        if end < until:
            tokens[end] = NOTE_OFF
    return tokens


def line_velocities(pattern: Pattern) -> FloatArray:
    """Return the velocity of the note that to_line begins at each step, 0..1, float32 (steps,); 0 where none does."""
    velocities = np.zeros(steps_of(pattern.length), np.float32)
    for step, note in sounding_notes(pattern).items():
        velocities[step] = note.velocity / 127.0
    return velocities


def sounding_notes(pattern: Pattern) -> dict[int, Note]:
    """Return the note that stands at each step where one begins, in order of the steps."""
    steps = steps_of(pattern.length)
    chosen: dict[int, Note] = {}
    for note in pattern.notes:
        step = nearest_step(note.start) % steps
        if note.start < pattern.length and (step not in chosen or _outranks(note, chosen[step], pattern.role)):
            chosen[step] = note
    return dict(sorted(chosen.items()))


def _outranks(note: Note, other: Note, role: Role) -> bool:
    return note.pitch < other.pitch if role is Role.BASS else note.pitch > other.pitch


def from_line(
    tokens: Tokens, velocities: FloatArray | None = None, role: Role = Role.MELODY, name: str = ""
) -> Pattern:
    """Return the notes of tokens (steps,) as a pattern in 4/4; velocities (steps,) in 0..1, 100 of 127 if not given.

    The last note lasts to the end unless a note-off ends it; what holds or ends before the first note is silence.
    Raises ValueError for a token outside 0..89.
    """
    if tokens.size and not 0 <= tokens.min() <= tokens.max() < TOKEN_COUNT:
        raise ValueError(f"tokens must be in 0..{TOKEN_COUNT - 1}, got {tokens.min()}..{tokens.max()}")
    events = [*np.flatnonzero(tokens).tolist(), len(tokens)]
    notes = []
    for step, end in pairwise(events):
        if tokens[step] >= FIRST_NOTE:
            velocity = DEFAULT_VELOCITY if velocities is None else round(float(velocities[step]) * 127.0)
            pitch = int(tokens[step]) - FIRST_NOTE + MIN_PITCH
            notes.append(Note(step * STEP, (end - step) * STEP, pitch, min(127, max(1, velocity))))
    return Pattern(tuple(notes), len(tokens) * STEP, role=role, name=name)


def moved(tokens: Tokens, semitones: int | NDArray[np.integer]) -> Tokens:
    """Return tokens of any shape with their notes moved up; what would leave 21..108 goes to the nearest octave inside.

    semitones may be an array that broadcasts to tokens.
    """
    pitches = _within(tokens.astype(np.int32) - FIRST_NOTE + MIN_PITCH + semitones)
    return np.where(tokens >= FIRST_NOTE, pitches - MIN_PITCH + FIRST_NOTE, tokens).astype(np.int16)


def token_of(pitch: int) -> int:
    """Return the token that begins a pitch, moved by octaves into 21..108."""
    return int(_within(np.array(pitch))) - MIN_PITCH + FIRST_NOTE


def pitches_of(tokens: Tokens) -> NDArray[np.int16]:
    """Return the pitch that begins at each token, -1 where none does."""
    return np.where(tokens >= FIRST_NOTE, tokens - FIRST_NOTE + MIN_PITCH, -1).astype(np.int16)


def _within(pitches: NDArray[np.integer]) -> NDArray[np.integer]:
    up = np.maximum(0, -((pitches - MIN_PITCH) // SEMITONES))
    down = np.maximum(0, -((MAX_PITCH - pitches) // SEMITONES))
    inside: NDArray[np.integer] = pitches + SEMITONES * (up - down)
    return inside
