"""Windows of four bars, of one part or of several together, and how well they come back."""

from pathlib import Path

import numpy as np
import pytest

from groovescape_models.encoding.lines import pitches_of
from groovescape_models.errors import DataSetError
from groovescape_models.music.chords import read_chord
from groovescape_models.music.groove import BoolArray
from groovescape_models.music.key import read_key
from groovescape_models.music.pattern import Role
from groovescape_models.training.conductor_figures import back_again, kl_bits, lanes_there, style_rows
from groovescape_models.training.four_bar_sets import plays, song_windows
from groovescape_models.training.four_bars import joined, read_four_bars, stack_windows
from groovescape_models.training.progression_counts import count_progressions
from groovescape_models.training.tonal_song import TonalSong

D_MAJOR = read_key("D")
TUNE = [62, 64, 66, 67, 69, 67, 66, 64]


def beat_of(bars: int) -> BoolArray:
    hits = np.zeros((16 * bars, 9), np.bool_)
    hits[::4, 0] = True
    return hits


def song(bars: int = 8, drums: bool = True, name: str = "a") -> TonalSong:
    """D major: a tune in quarters over a bass in halves, D and A7 by turns."""
    melody, bass = np.zeros((2, 16 * bars), np.int16)
    melody[::4] = [TUNE[(beat * beat) % 8] - 19 for beat in range(4 * bars)]
    bass[::8] = [(38, 45)[half // 2 % 2] - 19 for half in range(2 * bars)]
    chords = [read_chord(("D", "A7")[bar % 2]) for bar in range(bars) for _ in range(4)]
    lines, fits = {Role.MELODY: melody, Role.BASS: bass}, np.ones(bars, np.bool_)
    hits = beat_of(bars) if drums else None
    return TonalSong(name, "made", "game", lines, dict.fromkeys(lines, fits), (D_MAJOR,) * bars, tuple(chords), hits)


def test_a_window_holds_what_plays_together_moved_to_c() -> None:
    bars = stack_windows(song_windows([song()]))
    assert bars.has.all()
    assert pitches_of(bars.melody[0])[0] == 60
    assert pitches_of(bars.bass[0])[[0, 16]].tolist() == [36, 43]
    assert bars.hits[0].sum() == 16
    assert bars.conditions.shape[1:] == (16, 36)


def test_a_part_that_is_missing_is_marked_and_one_part_alone_is_no_window() -> None:
    assert stack_windows(song_windows([song(drums=False)])).has[0].tolist() == [True, True, False]
    alone = song(drums=False)
    one = TonalSong("b", "made", "pop", {Role.BASS: alone.lines[Role.BASS]}, alone.fits, alone.keys, alone.chords)
    assert not list(song_windows([one]))


def test_what_a_piece_repeats_counts_once() -> None:
    once, again = (stack_windows(song_windows(songs)) for songs in ([song()], [song(), song(name="a#1")]))
    assert len(once) == len(again)


def test_drums_play_in_both_halves() -> None:
    assert plays(beat_of(4))
    assert not plays(np.where(np.arange(64)[:, None] < 32, beat_of(4), False))


def test_windows_are_kept_and_joined(tmp_path: Path) -> None:
    bars = stack_windows(song_windows([song()]))
    bars.save(tmp_path / "bars.npz")
    both = joined(bars, read_four_bars(tmp_path / "bars.npz"))
    assert len(both) == 2 * len(bars)
    assert len(both.split(bars.splits[0])) == len(both)
    (tmp_path / "bars.npz").write_text("no")
    with pytest.raises(DataSetError, match="make it again"):
        read_four_bars(tmp_path / "bars.npz")


def test_lanes_and_styles_are_rows_of_zeros_and_ones() -> None:
    bars = stack_windows(song_windows([song(drums=False)]))
    assert lanes_there(bars, (Role.BASS, Role.DRUMS))[0].tolist() == [1.0, 0.0]
    assert style_rows(np.array(["game", "polka"]), ("pop", "game")).tolist() == [[0, 1], [0, 0]]
    assert style_rows(np.array(["game"]), ()).shape == (1, 0)


def test_what_comes_back_is_counted_in_notes_steps_and_windows() -> None:
    bars = stack_windows(song_windows([song()]))
    same = back_again(bars.melody, bars.melody)
    assert (same.f1, same.steps_exact, same.windows_exact) == (1.0, 1.0, 1.0)
    changed = bars.hits.copy()
    changed[:, 0, 0] = False
    back = back_again(bars.hits, changed)
    assert back.f1 == pytest.approx(2 * 15 / 31)
    assert (back.steps_exact, back.windows_exact) == (63 / 64, 0.0)


def test_a_posterior_that_is_the_prior_says_nothing() -> None:
    assert kl_bits(np.zeros((3, 4), np.float32), np.ones((3, 4), np.float32)) == 0.0


def test_progressions_are_counted_relative_to_the_key() -> None:
    bars = stack_windows(song_windows([song()]))
    counted = count_progressions(bars.conditions)
    assert {text for text, _ in counted["major"]} == {"C | G7 | C | G7", "G7 | C | G7 | C"}
    assert counted["minor"] == []
