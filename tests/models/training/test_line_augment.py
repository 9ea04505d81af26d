import numpy as np

from groovescape_models.encoding.line_vocabulary import VOCABULARIES
from groovescape_models.encoding.lines import FIRST_NOTE
from groovescape_models.music.key import SCALES
from groovescape_models.music.pattern import Role
from groovescape_models.training.line_augment import (
    LineAugmentation,
    augment_lines,
    forget,
    hide_conditions,
    join_halves,
    rename_scales,
    shift_octaves,
    turn,
)
from groovescape_models.training.line_windows import NOTHING, LineWindows

MELODY = VOCABULARIES[Role.MELODY]
STILL = LineAugmentation(
    octaves=0, joins=0, swaps=0, rotations=0, no_past=0, other_scales=0, no_condition=0, no_chords=0
)


def windows(count: int, seed: int = 0) -> LineWindows:
    """Return windows in C major that end with a note and go on from one."""
    rng = np.random.default_rng(seed)
    major = np.array(SCALES["major"])
    pitches = FIRST_NOTE + 12 + rng.choice(major, (count, 48)) + 12 * rng.integers(0, 2, (count, 48))
    line = np.where(rng.random((count, 48)) < 0.4, pitches, 0).astype(np.int16)
    conditions = np.zeros((count, 8, 36), np.uint8)
    conditions[:, :, major] = 1
    conditions[np.arange(count)[:, None], np.arange(8)[None], 12 + rng.integers(0, 12, (count, 8))] = 1
    return LineWindows(line[:, 16:], line[:, :16], conditions, np.ones(count))


def test_no_share_leaves_windows_as_they_are() -> None:
    given = windows(30)

    changed = augment_lines(given, windows(5, 1), MELODY, STILL, np.random.default_rng(0))

    assert (changed.tokens == given.tokens).all()
    assert (changed.pasts == given.pasts).all()
    assert (changed.conditions == given.conditions).all()


def test_octaves_move_a_whole_window_with_its_past_or_not_at_all() -> None:
    given = windows(200)

    moved = shift_octaves(given, MELODY.size, 1.0, np.random.default_rng(0))

    notes = given.tokens >= FIRST_NOTE
    steps = np.where(notes, moved.tokens.astype(int) - given.tokens, 0)
    assert set(np.unique(steps)) <= {-12, 0, 12}
    assert all(len(set(row[own])) <= 1 for row, own in zip(steps, notes, strict=True))
    assert (moved.tokens[~notes] == given.tokens[~notes]).all()
    assert moved.tokens.max() < MELODY.size
    assert (np.abs(steps) == 12).any()


def test_a_joined_window_has_the_other_half_with_its_harmony() -> None:
    given, pool = windows(50), windows(3, 1)

    joined = join_halves(given, pool, 1.0, np.random.default_rng(0))

    assert (joined.tokens[:, :16] == given.tokens[:, :16]).all()
    for tokens, condition in zip(joined.tokens, joined.conditions, strict=True):
        lender = next(row for row in range(3) if (pool.tokens[row, 16:] == tokens[16:]).all())
        assert (condition[4:] == pool.conditions[lender, 4:]).all()


def test_a_turned_window_begins_on_another_beat_and_without_a_past() -> None:
    given = windows(8)

    turned = turn(given, np.arange(8))

    for beats in range(8):
        assert (turned.tokens[beats] == np.roll(given.tokens[beats], -4 * beats)).all()
        assert (turned.conditions[beats] == np.roll(given.conditions[beats], -beats, axis=0)).all()
    assert (turned.pasts[0] == given.pasts[0]).all()
    assert (turned.pasts[1:] == NOTHING).all()


def test_a_forgotten_past_leaves_a_window_that_begins_in_silence() -> None:
    given = windows(4)
    given.tokens[:, 0] = 1

    alone = forget(given, np.array([True, False, True, False]))

    assert (alone.pasts[::2] == NOTHING).all()
    assert (alone.tokens[::2, 0] == 0).all()
    assert (alone.tokens[1::2, 0] == 1).all()


def test_another_scale_holds_every_note_that_is_played() -> None:
    given = windows(300)

    told = rename_scales(given, MELODY.lowest, 1.0, np.random.default_rng(0)).conditions

    scales = {tuple(row[0, :12]) for row in told}
    assert len(scales) > 1
    for row, scale in enumerate(told[:, 0, :12]):
        tokens = given.tokens[row]
        classes = (tokens[tokens >= FIRST_NOTE] - FIRST_NOTE + MELODY.lowest) % 12
        assert scale[classes].all()


def test_conditions_are_hidden_whole_or_but_for_the_scale() -> None:
    given = windows(400).conditions

    hidden = hide_conditions(given, LineAugmentation(no_condition=0.3, no_chords=0.3), np.random.default_rng(0))

    whole = ~hidden.any((1, 2))
    scale_alone = ~whole & ~hidden[:, :, 12:].any((1, 2))
    assert 0.2 < whole.mean() < 0.4
    assert 0.2 < scale_alone.mean() < 0.4
    assert (hidden[~whole & ~scale_alone] == given[~whole & ~scale_alone]).all()
