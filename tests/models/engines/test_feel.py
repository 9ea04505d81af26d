import numpy as np
import pytest

from groovescape_models.engines.engine import FeelRequest
from groovescape_models.engines.studio import Studio, open_studio
from groovescape_models.errors import Cancelled, UnknownNameError
from groovescape_models.music.feel import Feel, GrooveAmount, offset_ms
from groovescape_models.music.grooving import apply_feel
from groovescape_models.music.pattern import Note, Pattern
from groovescape_models.music.timing import Meter


def beat(bars: int, velocity: int = 100, meter: Meter | None = None) -> Pattern:
    """Stiff rock: hats on eighths, kick on one and three, snare on two and four."""
    meter = meter or Meter()
    length = bars * meter.bar_length
    notes = [Note(t / 2, 0.25, 42, velocity) for t in range(int(length * 2))]
    notes += [Note(float(t), 0.25, 36 if t % 2 == 0 else 38, velocity) for t in range(int(length))]
    return Pattern(tuple(notes), length, meter)


@pytest.fixture(scope="module")
def studio() -> Studio:
    return open_studio()


def test_a_stiff_beat_gets_offsets_and_velocities_of_a_drummer(studio: Studio) -> None:
    pattern = beat(4)
    played = apply_feel(pattern, studio.feel(FeelRequest(pattern, mean=True)), GrooveAmount())
    offsets = [abs(offset_ms(note, 120)) for note in played.notes]
    assert 2 < np.mean(offsets) < 40
    assert np.std([note.velocity for note in played.notes]) > 8


@pytest.mark.parametrize("bars", [1, 2, 3, 7, 64])
def test_any_length_keeps_every_note(studio: Studio, bars: int) -> None:
    pattern = beat(bars)
    played = apply_feel(pattern, studio.feel(FeelRequest(pattern, seed=5)), GrooveAmount())
    assert sorted(n.pitch for n in played.notes) == sorted(n.pitch for n in pattern.notes)
    assert all(note.start >= 0 for note in played.notes)


@pytest.mark.parametrize("meter", [Meter(3, 4), Meter(6, 8), Meter(5, 4), Meter(7, 8)])
def test_other_meters_keep_every_note_and_stay_near_the_grid(studio: Studio, meter: Meter) -> None:
    pattern = beat(6, meter=meter)
    feel = studio.feel(FeelRequest(pattern, mean=True))
    moved = [abs(start - note.start) for start, note in zip(feel.starts, pattern.notes, strict=True)]
    assert max(moved) <= 0.125
    assert max(moved) > 0


def test_a_bar_that_repeats_has_no_seam(studio: Studio) -> None:
    pattern = beat(8)
    feel = studio.feel(FeelRequest(pattern, mean=True))
    by_bar = np.array([start - n.start for start, n in zip(feel.starts, pattern.notes, strict=True) if n.pitch == 42])
    bars = by_bar.reshape(8, 8)
    assert np.abs(bars - bars.mean(axis=0)).max() < 0.02


@pytest.mark.parametrize("groove", [None, "reggae-78-drummer1-session1-184"])
def test_a_cowbell_goes_with_the_drums_of_its_step_and_keeps_its_velocity(studio: Studio, groove: str | None) -> None:
    drums = beat(2)
    cowbells = [Note(float(t), 0.25, 56, 77) for t in range(8)] + [Note(0.25, 0.25, 56, 33)]
    pattern = drums.with_notes((*drums.notes, *cowbells))
    feel = studio.feel(FeelRequest(pattern, groove=groove, mean=True))
    rows = list(zip(pattern.notes, feel.starts, feel.velocities, feel.own_velocities, strict=True))
    everywhere = [late - n.start for n, late, *_ in rows if n.pitch != 56]
    for bell, start, *velocities in (row for row in rows if row[0].pitch == 56):
        beside = [late - n.start for n, late, *_ in rows if n.pitch != 56 and n.start == bell.start]
        if beside or groove is None:
            assert start - bell.start == pytest.approx(np.mean(beside or everywhere), abs=0.01)
        assert velocities == [bell.velocity, bell.velocity]


def test_an_empty_pattern_and_one_without_drums_are_left_alone(studio: Studio) -> None:
    for pattern in (Pattern(()), Pattern((Note(0, 1, 99, 77),))):
        assert studio.feel(FeelRequest(pattern)) == Feel.of(pattern)


def test_accents_of_the_input_are_respected(studio: Studio) -> None:
    rng = np.random.default_rng(2)
    stiff = beat(4)
    accented = stiff.with_notes(Note(n.start, n.duration, n.pitch, int(rng.integers(25, 125))) for n in stiff.notes)
    feel = studio.feel(FeelRequest(accented, mean=True))
    given = [note.velocity for note in accented.notes]
    assert np.corrcoef(given, feel.velocities)[0, 1] > 0.8
    assert abs(np.mean(given) - np.mean(feel.velocities)) < 4


def test_flams_and_notes_between_grid_points_stay_in_order(studio: Studio) -> None:
    flam = Pattern(
        (
            Note(0.95, 0.05, 38, 40),
            Note(1.0, 0.25, 38, 110),
            Note(2 + 1 / 3, 0.25, 38, 80),
            Note(2 + 2 / 3, 0.25, 38, 80),
        )
    )
    played = apply_feel(flam, studio.feel(FeelRequest(flam, seed=3)), GrooveAmount(1.5))
    assert [n.velocity < 75 for n in played.notes].index(True) == 0
    assert played.notes[1].start - played.notes[0].start == pytest.approx(0.05)
    assert 0.2 < played.notes[3].start - played.notes[2].start < 0.47


def test_triplets_and_swing_keep_their_place_and_their_order(studio: Studio) -> None:
    places = np.linspace(0.5, 0.75, 26)
    played = []
    for place in places:
        hats = [Note(beat + part, 0.1, 42, 100) for beat in range(8) for part in (0.0, float(place))]
        swung = Pattern((*hats, *(Note(float(b), 0.1, 36 if b % 2 == 0 else 38, 100) for b in range(8))))
        feel = studio.feel(FeelRequest(swung, mean=True))
        off = [s % 1 for s, n in zip(feel.starts, swung.notes, strict=True) if n.pitch == 42 and n.start % 1 > 0.25]
        played.append(float(np.mean(off)))
    triplet = played[int(np.argmin(np.abs(places - 2 / 3)))]
    assert abs(triplet - 2 / 3) < 0.03
    assert np.all(np.diff(played) > -0.02)


def test_no_hit_leaves_its_cell(studio: Studio) -> None:
    rng = np.random.default_rng(8)
    loose = Pattern(tuple(Note(max(0.0, t / 4 + rng.uniform(-0.12, 0.12)), 0.1, 42, 100) for t in range(32)))
    feel = studio.feel(FeelRequest(loose, seed=4))
    assert [round(start * 4) for start in feel.starts] == [round(note.start * 4) for note in loose.notes]


def test_one_crash_leaves_the_hats_their_dynamics(studio: Studio) -> None:
    stiff = beat(2)
    crashed = stiff.with_note(Note(0.0, 0.25, 49, 120))
    velocities = studio.feel(FeelRequest(crashed, mean=True)).velocities
    hats = [velocity for velocity, note in zip(velocities, crashed.notes, strict=True) if note.pitch == 42]
    assert max(hats) - min(hats) > 15
    assert 85 < np.mean(hats) < 115


def test_mean_needs_no_seed_and_draws_differ(studio: Studio) -> None:
    pattern = beat(2)
    assert studio.feel(FeelRequest(pattern, seed=1, mean=True)) == studio.feel(FeelRequest(pattern, seed=2, mean=True))
    assert studio.feel(FeelRequest(pattern, seed=1)) != studio.feel(FeelRequest(pattern, seed=2))
    assert studio.feel(FeelRequest(pattern, seed=1)) == open_studio().feel(FeelRequest(pattern, seed=1))


def test_backends_agree_to_a_millisecond(studio: Studio) -> None:
    pattern = beat(8)
    for request in (FeelRequest(pattern, mean=True), FeelRequest(pattern, seed=9)):
        a, b = (open_studio(name).feel(request) for name in ("litert", "numpy"))
        assert np.abs(np.subtract(a.starts, b.starts)).max() * 500 < 1.0
        assert np.abs(np.subtract(a.velocities, b.velocities)).max() <= 2


def test_presets_differ_from_each_other_and_follow_their_drummer(studio: Studio) -> None:
    pattern = beat(4)
    presets = [groove.facts for groove in studio.grooves()]
    feels = {p.id: studio.feel(FeelRequest(pattern, p.tempo_bpm, p.id, mean=True)) for p in presets}
    assert len(set(feels.values())) == len(presets) >= 40
    written = np.array([note.start for note in pattern.notes])
    on_beats = written % 1.0 == 0.0
    late_ms = [np.mean((feels[p.id].starts - written)[on_beats]) * 60_000 / p.tempo_bpm for p in presets]
    assert np.corrcoef(late_ms, [p.feel_ms for p in presets])[0, 1] > 0.9


def test_an_unknown_groove_names_those_that_are_there(studio: Studio) -> None:
    with pytest.raises(UnknownNameError, match="rock-100-"):
        studio.feel(FeelRequest(beat(1), groove="rock-100"))


def test_a_cancelled_feel_says_so(studio: Studio) -> None:
    with pytest.raises(Cancelled):
        studio.feel(FeelRequest(beat(5), seed=77), lambda: True)
