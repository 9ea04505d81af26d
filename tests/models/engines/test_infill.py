from dataclasses import replace

import numpy as np
import pytest

from groovescape_models.encoding.drums import to_hits
from groovescape_models.engines.engine import ContinueRequest, GenerateRequest, InfillRequest, Setting
from groovescape_models.engines.studio import Studio, open_studio
from groovescape_models.errors import Cancelled
from groovescape_models.music.drumkit import Drum, drum_of
from groovescape_models.music.key import read_key
from groovescape_models.music.pattern import Note, Pattern, Role
from groovescape_models.music.timing import Meter

KICK_AND_SNARE = frozenset({Drum.KICK, Drum.SNARE})


@pytest.fixture(scope="module")
def studio() -> Studio:
    return open_studio()


@pytest.fixture(scope="module")
def funk(studio: Studio) -> Pattern:
    return studio.style_pattern("funk")


def notes_of(pattern: Pattern, lanes: frozenset[Drum]) -> tuple[Note, ...]:
    return tuple(note for note in pattern.notes if drum_of(note.pitch) in lanes)


def likeness(a: np.ndarray, b: np.ndarray) -> float:
    return float((a & b).sum() / max(1, (a | b).sum()))


def test_locked_lanes_keep_every_note_and_the_others_change(studio: Studio, funk: Pattern) -> None:
    filled = studio.infill(InfillRequest(funk, locked_lanes=KICK_AND_SNARE, seed=1))

    assert notes_of(filled, KICK_AND_SNARE) == notes_of(funk, KICK_AND_SNARE)
    assert set(filled.notes) != set(funk.notes)


def test_locked_bars_keep_every_note_flams_and_foreign_pitches_too(studio: Studio, funk: Pattern) -> None:
    flam, cowbell = Note(0.97, 0.1, 38, 31), Note(2.03, 0.25, 56, 77)
    pattern = funk.with_note(flam).with_note(cowbell)

    filled = studio.infill(InfillRequest(pattern, locked_bars=frozenset({0}), seed=2))

    first = [note for note in pattern.notes if note.start < 3.9]
    assert [note for note in filled.notes if note.start < 3.9] == first


def test_with_everything_locked_nothing_changes(studio: Studio, funk: Pattern) -> None:
    assert studio.infill(InfillRequest(funk, locked_bars=frozenset({0, 1}))) == funk


def test_new_hats_go_with_the_kick_and_snare_that_stay(studio: Studio) -> None:
    """What fills a pop pattern in is denser on the eighths than between them, as hats are."""
    pop = studio.style_pattern("pop")
    filled = [studio.infill(InfillRequest(pop, KICK_AND_SNARE, seed=seed)) for seed in range(12)]
    hats = np.stack([to_hits(pattern)[:, Drum.CLOSED_HAT :].any(1) for pattern in filled]).mean(0).reshape(16, 2)

    assert hats[:, 0].mean() > 1.3 * hats[:, 1].mean()
    assert all(len(pattern.notes) > len(notes_of(pop, KICK_AND_SNARE)) for pattern in filled[:6])


def test_the_seed_decides(studio: Studio, funk: Pattern) -> None:
    request = InfillRequest(funk, KICK_AND_SNARE, seed=5)

    assert open_studio().infill(request) == studio.infill(request)
    assert studio.infill(replace(request, seed=6)) != studio.infill(request)


def test_a_continued_pattern_begins_with_its_own_notes(studio: Studio, funk: Pattern) -> None:
    longer = studio.extend(ContinueRequest(funk, bars=3, seed=1))

    assert longer.bars == 5
    assert tuple(note for note in longer.notes if note.start < funk.length) == funk.notes
    assert any(note.start >= funk.length for note in longer.notes)


def test_a_continuation_has_no_seam(studio: Studio) -> None:
    """Bars are as like their neighbours across the end of a two-bar window as within one."""
    starts = studio.generate(GenerateRequest(seed=8, count=16))
    longer = [studio.extend(ContinueRequest(start, 6, seed=seed)) for seed, start in enumerate(starts)]
    grids = [to_hits(pattern).reshape(8, 16, 9) for pattern in longer]
    alike = np.mean([[likeness(grid[bar], grid[bar + 1]) for bar in range(2, 7)] for grid in grids], axis=0)
    within, across = alike[0::2].mean(), alike[1::2].mean()

    assert alike.mean() > 0.5
    assert abs(within - across) < 0.1


def test_new_hits_are_as_loud_as_the_pattern(studio: Studio, funk: Pattern) -> None:
    soft = funk.with_notes(replace(note, velocity=max(1, note.velocity // 2)) for note in funk.notes)
    loud = studio.extend(ContinueRequest(funk, 2, seed=4))
    quiet = studio.extend(ContinueRequest(soft, 2, seed=4))

    def mean(pattern: Pattern) -> float:
        return float(np.mean([note.velocity for note in pattern.notes if note.start >= funk.length]))

    assert mean(quiet) < 0.75 * mean(loud)


@pytest.mark.parametrize("meter", [Meter(3, 4), Meter(6, 8), Meter(5, 4), Meter(7, 8)])
def test_any_meter_can_be_filled_and_continued(studio: Studio, meter: Meter) -> None:
    kick = tuple(Note(bar * meter.bar_length, 0.25, 36, 100) for bar in range(2))
    pattern = Pattern(kick, 2 * meter.bar_length, meter)

    longer = studio.extend(ContinueRequest(pattern, 1, seed=1))
    filled = studio.infill(InfillRequest(pattern, frozenset({Drum.KICK}), seed=1))

    assert (longer.length, longer.meter) == (3 * meter.bar_length, meter)
    assert set(kick) <= set(longer.notes)
    assert set(kick) <= set(filled.notes)
    assert all(note.start < longer.length for note in longer.notes)


def test_what_is_made_anew_of_a_line_is_never_silent(studio: Studio) -> None:
    setting = Setting(key=read_key("E minor pentatonic"))
    lines = studio.generate(GenerateRequest(Role.MELODY, seed=22, count=20, setting=setting))

    for seed, line in enumerate(lines):
        filled = studio.infill(InfillRequest(line, seed=seed, setting=setting))
        assert filled.notes
        assert all(read_key("E minor pentatonic").holds(note.pitch) for note in filled.notes)


def test_no_bars_more_are_refused(studio: Studio, funk: Pattern) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        studio.extend(ContinueRequest(funk, bars=0))


def test_work_stops_when_asked(studio: Studio, funk: Pattern) -> None:
    with pytest.raises(Cancelled):
        studio.extend(ContinueRequest(funk, bars=8, seed=99), lambda: True)
