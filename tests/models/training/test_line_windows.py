import numpy as np

from groovescape_models.encoding.line_vocabulary import VOCABULARIES, close_gaps
from groovescape_models.encoding.lines import NOTE_OFF, Tokens
from groovescape_models.music.pattern import Role
from groovescape_models.training.line_examples import LineExample, LineExamples, stack_lines
from groovescape_models.training.line_windows import (
    NOTHING,
    line_windows,
    source_weights,
    with_pasts,
    without_idle_off,
)

MELODY = VOCABULARIES[Role.MELODY]


def song(
    line: Tokens, tonic: int = 0, split: str = "train", name: str = "song", source: str = "pop909"
) -> LineExamples:
    """Return the windows of a line of whole bars, two bars each, one bar apart."""
    condition = np.zeros((8, 36), np.uint8)
    condition[:, 0] = 1
    bars = len(line) // 16
    cuts = [line[16 * bar : 16 * bar + 32] for bar in range(bars - 1)]
    rows = [
        LineExample(cut, tonic, "major", condition, "pop", name, split, source, bar) for bar, cut in enumerate(cuts)
    ]
    return stack_lines(rows, 2)


def note(pitch: int) -> int:
    return pitch - 21 + 2


def test_windows_are_in_c_and_know_the_bar_before() -> None:
    line = np.zeros(64, np.int16)
    line[::8] = [note(62 + step) for step in range(8)]

    windows = line_windows(song(line, tonic=2), MELODY, "train")

    assert windows.tokens[0, 0] == MELODY.indices(np.array([note(60)], np.int16))[0]
    assert (windows.pasts[0] == NOTHING).all()
    assert (windows.pasts[1] == windows.tokens[0, :16]).all()
    assert not len(line_windows(song(line), MELODY, "test"))


def test_a_note_that_lasts_into_a_window_ends_there_only_where_the_bar_before_is_known() -> None:
    alone = np.zeros((2, 32), np.int16)
    alone[0, 10] = note(60)
    alone[0, 18] = NOTE_OFF
    alone[1, 8] = note(62)
    alone[0, 24] = note(62)
    songs, bars = np.array(["a", "a"]), np.array([4, 5], np.int32)

    tokens, pasts = with_pasts(alone, songs, bars)

    assert tokens[1, 2] == NOTE_OFF
    assert pasts[1, 10] == note(60)
    assert without_idle_off(tokens)[1, 2] == 0
    assert (without_idle_off(tokens)[0] == tokens[0]).all()


def test_gaps_of_a_sixteenth_close_and_rests_stay() -> None:
    line = np.zeros((1, 32), np.int16)
    line[0, [0, 4]] = note(60)
    line[0, 3] = NOTE_OFF
    line[0, 8] = NOTE_OFF
    line[0, 12] = note(64)

    closed = close_gaps(line)

    assert closed[0, 3] == 0
    assert closed[0, 8] == NOTE_OFF


def test_a_source_four_times_as_large_counts_twice() -> None:
    weights = source_weights(np.array(["a"] * 40 + ["b"] * 10))

    assert np.isclose(weights[:40].sum(), 2.0 * weights[40:].sum())
    assert np.isclose(weights.mean(), 1.0)
    assert not len(source_weights(np.array([], np.str_)))
