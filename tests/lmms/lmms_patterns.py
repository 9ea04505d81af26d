"""Patterns for the tests, and how close what LMMS saved has to be to them."""

from lmms_project_file import SavedClip, SavedNote

from groovescape_models.music.pattern import Note, Pattern

LMMS_TICKS = 48
STRANGE_NAME = "Tom & \"Jerry\" <2 bars> 'ä'"

GROOVED = Pattern(
    tuple(
        Note(step / 4 + late, 0.25, pitch, velocity)
        for step, late, pitch, velocity in (
            (0, 0.0, 36, 127),
            (0, 0.0131, 42, 64),
            (2, -0.0217, 42, 31),
            (3, 0.0702, 38, 1),
            (4, 0.0333, 38, 118),
            (6, 0.0104, 46, 77),
            (10, -0.0911, 36, 99),
            (12, 0.0521, 38, 110),
            (16, 0.0007, 49, 125),
            (21, 0.1249, 43, 13),
            (26, -0.0052, 47, 54),
            (31, 0.2299, 50, 90),
        )
    ),
    8.0,
    name=STRANGE_NAME,
)
"""Two bars off the grid: early, late, a ghost of velocity 1, and a last note one LMMS tick before the loop's end."""


def expected_key(note: Note) -> int:
    """Return LMMS 1.2's key of a note."""
    return note.pitch - 12


def assert_clip_equals(
    clip: SavedClip, pattern: Pattern, early_ticks: float = 0.5, late_ticks: float = 0.5, begin_ticks: int = 0
) -> None:
    """Compare note by note: key, velocity within 1, and time within the given parts of an LMMS tick.

    begin_ticks is where the clip begins in the pattern: LMMS's importer leaves empty bars at the front out of a clip.
    """
    assert len(clip.notes) == len(pattern.notes)
    for saved, note in zip(by_place(clip), sorted(pattern.notes, key=lambda n: (n.pitch, n.start)), strict=True):
        assert saved.key == expected_key(note)
        assert abs(saved.vol * 127 / 200 - note.velocity) <= 1, (saved, note)
        error = begin_ticks + saved.pos - note.start * LMMS_TICKS
        assert -early_ticks - 1e-6 <= error <= late_ticks + 1e-6, (saved, note)


def by_place(clip: SavedClip) -> list[SavedNote]:
    """Return the notes of a clip by key, then time."""
    return sorted(clip.notes, key=lambda n: (n.key, n.pos))
