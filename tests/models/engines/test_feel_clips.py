"""Grooves on clips of every kind: meters, triplets, tempo changes, other channels, very long, very fast, strange."""

import time
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from groovescape_models.engines.engine import FeelRequest
from groovescape_models.engines.studio import Studio, open_studio
from groovescape_models.music.feel import Feel, GrooveAmount
from groovescape_models.music.groove_extract import extract_groove
from groovescape_models.music.groove_template import GrooveTemplate
from groovescape_models.music.grooving import apply_feel, apply_feel_in_order
from groovescape_models.music.midi_patterns import drum_pattern, song_of, with_drum_notes
from groovescape_models.music.midi_song import MidiSong, TempoChange
from groovescape_models.music.pattern import Note, Pattern
from groovescape_models.music.timing import STEP, Meter

SHUFFLE, ROCK = "blues-72-drummer5-session1-17", "rock-100-drummer9-session1-2"
GROOVES = (None, ROCK, SHUFFLE, "rock-60-drummer6-session1-5", "rock-130-drummer2-session2-7")
"""Nobody in particular; sixteenths in 4/4; triplet eighths; 3/4; triplet sixteenths."""


@pytest.fixture(scope="module")
def studio() -> Studio:
    return open_studio()


def beat(bars: int, meter: Meter | None = None, apart: float = 0.5) -> Pattern:
    meter = meter or Meter()
    length = bars * meter.bar_length
    hats = [Note(hit * apart, 0.1, 42, 100) for hit in range(round(length / apart))]
    drums = [Note(float(t), 0.1, 36 if t % 2 == 0 else 38, 100) for t in range(int(length))]
    return Pattern((*hats, *drums), length, meter)


def late(pattern: Pattern, feel: Feel, pitch: int = 42) -> np.ndarray:
    rows = zip(pattern.notes, feel.starts, strict=True)
    return np.array([start - note.start for note, start in rows if note.pitch == pitch])


@pytest.mark.parametrize("groove", GROOVES)
@pytest.mark.parametrize("apart", [0.25, 1 / 3, 1 / 6])
@pytest.mark.parametrize("meter", [Meter(4, 4), Meter(3, 4), Meter(6, 8), Meter(7, 8), Meter(5, 16)])
def test_any_groove_plays_any_meter_and_grid(studio: Studio, meter: Meter, apart: float, groove: str | None) -> None:
    pattern = beat(4, meter, apart)
    feel = studio.feel(FeelRequest(pattern, 100.0, groove, seed=3))
    played = apply_feel_in_order(pattern, feel, GrooveAmount())

    assert [note.pitch for note in played] == [note.pitch for note in pattern.notes]
    assert all(a <= b for a, b in pairwise(note.start for note in played if note.pitch == 42))
    swing = 1 / 6 if groove in (SHUFFLE, GROOVES[-1]) and feel.grid == 4 else 0.0
    assert np.abs(np.subtract(feel.starts, [n.start for n in pattern.notes])).max() <= swing + 0.5 / feel.grid
    assert feel != Feel.of(pattern)


@pytest.mark.parametrize(("apart", "grid"), [(0.25, 4), (0.5, 4), (1 / 3, 3), (1 / 6, 6)])
def test_the_grid_is_found_from_the_clip(studio: Studio, apart: float, grid: int) -> None:
    assert studio.feel(FeelRequest(beat(2, apart=apart))).grid == grid


def test_triplets_stay_triplets_and_get_a_feel(studio: Studio) -> None:
    pattern = beat(4, apart=1 / 3)
    feel = studio.feel(FeelRequest(pattern, mean=True))
    ms = late(pattern, feel) * 500
    assert 2 < np.abs(ms).mean() < 25
    assert np.std([v for v, n in zip(feel.velocities, pattern.notes, strict=True) if n.pitch == 42]) > 5


def test_six_eight_is_accented_on_its_own_beats(studio: Studio) -> None:
    pattern = beat(4, Meter(6, 8))
    feel = studio.feel(FeelRequest(pattern, mean=True))
    hats = np.array([v for v, n in zip(feel.velocities, pattern.notes, strict=True) if n.pitch == 42]).reshape(-1, 6)
    assert hats[:, 0].mean() > hats[:, 1].mean()


def test_straight_eighths_are_swung_by_a_shuffle_and_triplets_are_not_swung_twice(studio: Studio) -> None:
    straight, triplets = beat(2), beat(2, apart=1 / 3)
    swung = late(straight, studio.feel(FeelRequest(straight, 72.0, SHUFFLE, mean=True)))[1::2]
    kept = late(triplets, studio.feel(FeelRequest(triplets, 72.0, SHUFFLE, mean=True)))
    assert swung == pytest.approx([1 / 6] * 8, abs=0.04)
    assert kept == pytest.approx([0.0] * 24, abs=0.04)


def test_a_groove_taken_from_a_clip_is_put_on_another(studio: Studio) -> None:
    rng = np.random.default_rng(4)
    shape = rng.uniform(-0.05, 0.05, 16)
    source = Pattern(tuple(Note(max(0.0, t / 4 + shape[t % 16]), 0.1, 42, 40 + 5 * (t % 16)) for t in range(128)), 32.0)
    groove = extract_groove(source, 120.0)
    target = Pattern(tuple(Note(t / 4, 0.1, 42, 100) for t in range(64)), 16.0)
    feel = studio.feel(FeelRequest(target, 120.0, groove, mean=True))

    assert isinstance(groove, GrooveTemplate)
    assert np.corrcoef(late(target, feel), np.tile(shape, 4))[0, 1] > 0.9
    assert np.corrcoef(feel.own_velocities, [40 + 5 * (t % 16) for t in range(64)])[0, 1] > 0.95


def test_offsets_are_shares_of_the_beat_so_that_they_follow_tempo_changes(studio: Studio) -> None:
    """A fraction of a step stays that fraction: in milliseconds, a feel grows as the music slows."""
    song = song_of(beat(8), 120.0)
    slowing = replace(song, tempos=(TempoChange(0.0, 120.0), TempoChange(16.0, 60.0)))
    drums = drum_pattern(slowing)
    feel = studio.feel(FeelRequest(drums, slowing.tempo_bpm, ROCK, seed=2))
    played = with_drum_notes(slowing, apply_feel_in_order(drums, feel, GrooveAmount()))

    assert played.tempos == slowing.tempos
    assert (
        played.tracks[0].notes
        == with_drum_notes(song, apply_feel_in_order(drums, feel, GrooveAmount())).tracks[0].notes
    )
    ms = [
        (played_ms(slowing, start) - played_ms(slowing, n.start))
        for n, start in zip(drums.notes, feel.starts, strict=True)
    ]
    before, after = (
        [abs(m) for m, n in zip(ms, drums.notes, strict=True) if (n.start >= 16) is half] for half in (False, True)
    )
    assert np.mean(after) == pytest.approx(2 * np.mean(before), rel=0.25)


def played_ms(song: MidiSong, at: float) -> float:
    """Return the time in milliseconds of a place in a song that plays at 120 and, from quarter 16, at 60 bpm."""
    assert len(song.tempos) == 2
    return at * 500 if at <= 16 else 8000 + (at - 16) * 1000


def test_drums_on_another_channel_are_played(studio: Studio) -> None:
    song = song_of(beat(2), 120.0)
    moved = song.with_track(0, replace(song.tracks[0], channel=3, is_drums=False))
    drums = drum_pattern(moved, any_channel=True)
    feel = studio.feel(FeelRequest(drums, groove=ROCK))
    played = with_drum_notes(moved, apply_feel_in_order(drums, feel, GrooveAmount()), any_channel=True)
    assert played.tracks[0].channel == 3
    assert played.tracks[0].notes != moved.tracks[0].notes
    assert len(played.tracks[0].notes) == len(moved.tracks[0].notes)


@pytest.mark.parametrize("groove", GROOVES)
def test_an_empty_clip_is_left_alone(studio: Studio, groove: str | None) -> None:
    for pattern in (Pattern(), Pattern((), 3.0, Meter(3, 4))):
        assert studio.feel(FeelRequest(pattern, groove=groove)) == Feel.of(pattern)


def test_congas_alone_go_with_a_groove_and_have_nobody_to_go_with_otherwise(studio: Studio) -> None:
    congas = Pattern(tuple(Note(t / 2, 0.2, 62 + t % 3, 60 + t) for t in range(16)))
    assert studio.feel(FeelRequest(congas)) == Feel.of(congas)
    feel = studio.feel(FeelRequest(congas, 72.0, SHUFFLE, mean=True))
    assert feel.velocities == tuple(note.velocity for note in congas.notes)
    off_beats = np.subtract(feel.starts, [note.start for note in congas.notes])[1::2]
    assert off_beats == pytest.approx([1 / 6] * 8, abs=0.05)


def test_a_cowbell_between_the_drums_is_swung_with_them(studio: Studio) -> None:
    beats = Pattern((*(Note(float(t), 0.1, 38, 90) for t in range(8)), Note(2.5, 0.1, 56, 80)))
    feel = studio.feel(FeelRequest(beats, 72.0, SHUFFLE, mean=True))
    assert feel.starts[[note.pitch for note in beats.notes].index(56)] == pytest.approx(2 + 2 / 3, abs=0.05)


def test_ten_thousand_notes_take_less_than_seconds(studio: Studio) -> None:
    long = Pattern(tuple(Note(t / 8, 0.1, (36, 38, 42, 56)[t % 4], 40 + t % 80) for t in range(10_000)), 1250.0)
    started = time.process_time()
    feel = studio.feel(FeelRequest(long, groove=SHUFFLE, seed=1))
    played = apply_feel_in_order(long, feel, GrooveAmount(quantise=0.5, swing=0.5))
    assert time.process_time() - started < 4.0
    assert len(played) == 10_000


def test_a_single_hit_far_away_costs_no_more_than_one(studio: Studio) -> None:
    far = Pattern((Note(0.0, 0.1, 36, 90), Note(900_000.0, 0.1, 38, 90)), 900_004.0)
    started = time.process_time()
    feel = studio.feel(FeelRequest(far, groove=ROCK, seed=1))
    assert time.process_time() - started < 1.0
    assert abs(feel.starts[1] - 900_000.0) < 0.125


def test_a_very_fast_clip_keeps_every_stroke_in_order(studio: Studio) -> None:
    roll = Pattern(tuple(Note(t / 32, 0.01, 38, 30 + t) for t in range(96)), 4.0)
    for tempo in (300.0, 999.0):
        played = apply_feel_in_order(roll, studio.feel(FeelRequest(roll, tempo, ROCK, 5)), GrooveAmount(1.5))
        starts = [note.start for note in played]
        assert starts == sorted(starts)
        assert len(set(starts)) == len(starts)


def test_the_soft_stroke_of_a_flam_stays_soft_and_just_before(studio: Studio) -> None:
    flam = beat(2).with_note(Note(2.93, 0.05, 38, 35))
    feel = studio.feel(FeelRequest(flam, groove=ROCK, seed=1))
    rows = [
        row
        for row in zip(flam.notes, feel.starts, feel.velocities, feel.own_velocities, strict=True)
        if row[0].pitch == 38 and 2.9 < row[0].start < 3.1
    ]
    grace, stroke = rows
    assert stroke[1] - grace[1] == pytest.approx(0.07)
    assert grace[2] < stroke[2] / 2
    assert grace[3] < stroke[3] / 2


def test_medians_have_no_draw_in_them_and_scatter_is_one(studio: Studio) -> None:
    pattern = beat(4)
    for groove in (ROCK, SHUFFLE):
        mean, one, other = (
            studio.feel(FeelRequest(pattern, groove=groove, seed=seed, mean=mean))
            for seed, mean in ((0, True), (1, False), (2, False))
        )
        assert (mean.starts, mean.velocities) == (one.starts, one.velocities) == (other.starts, other.velocities)
        assert (mean.start_scatter, mean.velocity_scatter) == ((), ())
        assert one.start_scatter != other.start_scatter
        assert one.velocity_scatter != other.velocity_scatter


def test_scatter_is_as_wide_as_the_drummers_own(studio: Studio) -> None:
    pattern = beat(64)
    groove = next(groove for groove in studio.grooves() if groove.facts.id == ROCK)
    hats = groove.table.offset_spread[::2, 2] * STEP
    feel = studio.feel(FeelRequest(pattern, groove=groove, seed=1))
    drawn = np.array([s for s, n in zip(feel.start_scatter, pattern.notes, strict=True) if n.pitch == 42])
    assert np.abs(drawn).mean() == pytest.approx(hats.mean(), rel=0.3)


def test_an_edit_or_another_bar_leaves_the_draws_of_the_rest(studio: Studio) -> None:
    pattern = beat(4)
    edited = pattern.with_note(Note(5.75, 0.1, 43, 90))
    longer = beat(6)
    rows = {}
    for name, clip in (("own", pattern), ("edited", edited), ("longer", longer)):
        feel = studio.feel(FeelRequest(clip, groove=ROCK, seed=3))
        rows[name] = {(n.start, n.pitch): s for n, s in zip(clip.notes, feel.start_scatter, strict=True)}
    for place, scatter in rows["own"].items():
        assert rows["longer"][place] == pytest.approx(scatter, abs=0.01)
        assert rows["edited"][place] == pytest.approx(scatter, abs=0.01)


def test_typical_is_nobody_in_particular_with_scatter(studio: Studio) -> None:
    pattern = beat(2)
    typical, mean = (studio.feel(FeelRequest(pattern, seed=7, typical=t, mean=not t)) for t in (True, False))
    assert (typical.starts, typical.velocities) == (mean.starts, mean.velocities)
    assert len(typical.start_scatter) == len(pattern.notes)


def test_own_velocities_are_the_grooves_whatever_was_written(studio: Studio) -> None:
    pattern = beat(2)
    accented = pattern.with_notes(replace(n, velocity=40 + 10 * (i % 8)) for i, n in enumerate(pattern.notes))
    stiff, loud = (studio.feel(FeelRequest(clip, groove=ROCK, mean=True)) for clip in (pattern, accented))
    assert stiff.own_velocities == loud.own_velocities == stiff.velocities
    assert loud.velocities != loud.own_velocities


def test_no_draw_leaves_a_hole_in_a_line_of_hats(studio: Studio) -> None:
    hats = Pattern(tuple(Note(i / 4, 0.25, 42, 100) for i in range(64)), 16.0)
    for seed in range(12):
        feel = studio.feel(FeelRequest(hats, seed=seed))
        played = apply_feel(hats, feel, GrooveAmount(spread=1.0))
        assert min(note.velocity for note in played.notes) >= 0.35 * min(feel.velocities)


def test_a_borrowed_clip_is_as_even_as_it_was_played(studio: Studio) -> None:
    rng = np.random.default_rng(2)
    moves = np.tile(rng.uniform(-0.06, 0.06, 16), 4)
    clip = Pattern(tuple(Note(max(0.0, i / 4 + moves[i]), 0.2, 42, 90) for i in range(64)), 16.0)
    stiff = Pattern(tuple(Note(i / 4, 0.2, 42, 90) for i in range(64)), 16.0)
    feel = studio.feel(FeelRequest(stiff, groove=extract_groove(clip, 120.0)))
    played = apply_feel(stiff, feel, GrooveAmount())
    there = [note.start - i / 4 for i, note in enumerate(played.notes)]
    here = [note.start - i / 4 for i, note in enumerate(clip.notes)]
    assert np.corrcoef(there, here)[0, 1] > 0.97
