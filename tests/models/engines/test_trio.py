"""Trios: thought of together by their model, or made part by part."""

from functools import cache

import numpy as np
import pytest

from groovescape_models.encoding.lines import to_line
from groovescape_models.engines.engine import Setting, TrioRequest
from groovescape_models.engines.library import Library
from groovescape_models.engines.studio import Studio, open_studio
from groovescape_models.errors import CheckpointError, UnknownNameError
from groovescape_models.music.chords import read_progression
from groovescape_models.music.key import read_key
from groovescape_models.music.pattern import Role
from groovescape_models.music.timing import Meter
from groovescape_models.music.trio import Trio


@cache
def studio() -> Studio:
    return open_studio()


def one(request: TrioRequest) -> Trio:
    (trio,) = studio().generate_trio(request)
    return trio


@pytest.mark.parametrize("bars", [1, 4, 10])
def test_a_trio_has_three_parts_of_the_length_asked_for(bars: int) -> None:
    trio = one(TrioRequest(bars, seed=3))
    assert [part.role for part in trio.parts] == [Role.MELODY, Role.BASS, Role.DRUMS]
    assert [part.length for part in trio.parts] == [4.0 * bars] * 3
    assert all(part.notes for part in trio.parts)


def test_a_request_gives_the_same_trio_every_time_and_each_trio_is_its_own() -> None:
    first, second = open_studio().generate_trio(TrioRequest(seed=1, count=2))
    assert first == one(TrioRequest(seed=1))
    assert first.melody != second.melody
    assert first.drums != second.drums


def test_lines_stay_in_the_key_or_in_the_chord_of_their_bar() -> None:
    key, chords = read_key("F# minor"), read_progression("F#m | D | A | C#7")
    trio = one(TrioRequest(8, seed=5, setting=Setting(key=key, chords=chords)))
    for part in (trio.melody, trio.bass):
        for note in part.notes:
            chord = chords[int(note.start // 4) % len(chords)]
            assert chord is not None
            assert key.holds(note.pitch) or note.pitch % 12 in chord.pitch_classes


def test_the_bass_lies_below_the_melody() -> None:
    trio = one(TrioRequest(seed=2))
    melody, bass = (np.median([note.pitch for note in part.notes]) for part in (trio.melody, trio.bass))
    assert bass + 7 < melody


def test_the_bass_plays_the_chords_roots_where_chords_are_asked_for() -> None:
    chords = read_progression("C | F | G | Am")
    tones = hits = 0
    for trio in studio().generate_trio(TrioRequest(count=6, setting=Setting(key=read_key("C"), chords=chords))):
        line = to_line(trio.bass)
        for bar, chord in enumerate(chords):
            assert chord is not None
            tones += int(line[16 * bar] > 1)
            hits += int(line[16 * bar] > 1 and (int(line[16 * bar]) + 19) % 12 in chord.pitch_classes)
    assert hits >= 0.8 * tones


def test_styles_are_listed_and_one_that_is_not_there_is_said() -> None:
    styles = studio().trio_styles()
    assert {"funk", "game", "rock"} <= set(styles)
    assert one(TrioRequest(style="funk", seed=1)).drums != one(TrioRequest(style="jazz", seed=1)).drums
    with pytest.raises(UnknownNameError, match="no style 'polka' of four bars; there are"):
        one(TrioRequest(style="polka"))


def test_requests_out_of_range_are_refused() -> None:
    with pytest.raises(ValueError, match="bars must be in"):
        one(TrioRequest(0))


def test_another_meter_is_played_part_by_part() -> None:
    trio = one(TrioRequest(2, setting=Setting(meter=Meter(3, 4))))
    assert [part.length for part in trio.parts] == [6.0] * 3
    assert all(part.notes for part in trio.parts)


def test_without_its_models_a_trio_is_made_part_by_part(monkeypatch: pytest.MonkeyPatch) -> None:
    bare = open_studio()

    def missing(model_id: str) -> None:
        raise UnknownNameError(f"There is no model '{model_id}'.")

    monkeypatch.setattr(bare.library, "open", missing)
    (trio,) = bare.generate_trio(TrioRequest(seed=4))
    assert all(part.notes for part in trio.parts)


def test_a_conductor_above_other_weights_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("groovescape_models.engines.library.weights_of", lambda _: "other")
    with pytest.raises(CheckpointError, match="trio_4bar belongs to other weights of"):
        Library().trio()
