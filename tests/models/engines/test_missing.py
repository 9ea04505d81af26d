"""The drummer who plays what is missing, on the weights that ship: what is given stays, what is asked for is there."""

import numpy as np
import pytest

from groovescape_models.checkpoints.registry import open_network, shipped_model
from groovescape_models.encoding.drums import to_hits
from groovescape_models.engines.drummer import Drummer
from groovescape_models.engines.engine import AddLanesRequest, InfillRequest, Setting, TapRequest
from groovescape_models.engines.missing import MissingPlayer
from groovescape_models.engines.studio import Studio, open_studio
from groovescape_models.errors import Cancelled, UnknownNameError
from groovescape_models.music.drumkit import Drum, drum_of
from groovescape_models.music.pattern import Note, Pattern, Role
from groovescape_models.music.timing import Meter, nearest_step

CLAVE = (0.0, 0.75, 1.5, 2.5, 3.0)
HATS = frozenset({int(Drum.CLOSED_HAT)})


@pytest.fixture(scope="module")
def studio() -> Studio:
    return open_studio()


def taps(starts: tuple[float, ...], length: float = 8.0, meter: Meter | None = None) -> Pattern:
    return Pattern(tuple(Note(start, 0.1, 60, 100) for start in starts), length, meter or Meter())


def clave(bars: int) -> Pattern:
    return taps(tuple(4.0 * bar + start for bar in range(bars) for start in CLAVE), 4.0 * bars)


def backbeat(bars: int = 2, velocity: int = 100) -> Pattern:
    places = ((0.0, 36), (1.0, 38), (2.5, 36), (3.0, 38))
    notes = tuple(Note(4.0 * bar + start, 0.25, pitch, velocity) for bar in range(bars) for start, pitch in places)
    return Pattern(notes, 4.0 * bars)


def struck(pattern: Pattern) -> set[int]:
    return {nearest_step(note.start) for note in pattern.notes}


@pytest.mark.parametrize("bars", [1, 2, 4, 7])
def test_every_tap_is_struck_and_between_them_nothing_where_that_is_asked(studio: Studio, bars: int) -> None:
    rhythm = clave(bars)

    (drums,) = studio.tap_to_drums(TapRequest(rhythm, between=False, seed=1))

    assert struck(drums) == struck(rhythm)
    assert (drums.role, drums.length) == (Role.DRUMS, rhythm.length)


def test_a_drummer_who_may_plays_between_the_taps_with_a_kick_and_a_snare(studio: Studio) -> None:
    beats = studio.tap_to_drums(TapRequest(clave(2), seed=2, count=6))

    assert len({drums.notes for drums in beats}) == 6
    for drums in beats:
        assert struck(drums) >= struck(clave(2))
        played = {drum_of(note.pitch) for note in drums.notes}
        assert played >= {Drum.KICK, Drum.SNARE}
        assert played & {Drum.CLOSED_HAT, Drum.OPEN_HAT, Drum.RIDE}
    assert any(struck(drums) > struck(clave(2)) for drums in beats)


def test_a_variation_depends_on_the_seed_and_its_number_alone(studio: Studio) -> None:
    three = studio.tap_to_drums(TapRequest(clave(2), seed=3, count=3))
    one = studio.tap_to_drums(TapRequest(clave(2), seed=3))

    assert three[0] == one[0]
    assert studio.tap_to_drums(TapRequest(clave(2), seed=4)) != one


def test_taps_played_by_hand_are_where_and_as_loud_as_they_were(studio: Studio) -> None:
    rng = np.random.default_rng(0)
    steps = (0, 3, 6, 10, 12, 16, 19, 22, 26, 28)
    late, loud = rng.uniform(-0.06, 0.08, len(steps)), rng.integers(30, 120, len(steps))
    hand = [Note(max(0.0, s / 4 + dt), 0.1, 60, int(v)) for s, dt, v in zip(steps, late, loud, strict=True)]

    (drums,) = studio.tap_to_drums(TapRequest(Pattern(tuple(hand), 8.0), seed=5))

    for note in hand:
        here = [hit for hit in drums.notes if hit.start == pytest.approx(note.start, abs=1e-3)]
        assert max(hit.velocity for hit in here) == pytest.approx(note.velocity, abs=1)


def test_taps_on_the_grid_give_drums_on_the_grid_that_are_loud_enough(studio: Studio) -> None:
    (drums,) = studio.tap_to_drums(TapRequest(clave(2), seed=6))

    assert all(note.start * 4 == nearest_step(note.start) for note in drums.notes)
    assert max(note.velocity for note in drums.notes) >= 80


@pytest.mark.parametrize(
    ("meter", "length"), [(Meter(3, 4), 6.0), (Meter(6, 8), 6.0), (Meter(5, 4), 10.0), (Meter(), 5.5)]
)
def test_any_meter_and_length(studio: Studio, meter: Meter, length: float) -> None:
    rhythm = taps(tuple(np.arange(0.0, length, 0.75).tolist()), length, meter)

    (drums,) = studio.tap_to_drums(TapRequest(rhythm, seed=1, setting=Setting(97.0, meter)))

    assert (drums.meter, drums.length) == (meter, length)
    assert struck(rhythm) <= struck(drums)
    assert max(struck(drums)) < length * 4


def test_an_empty_rhythm_leaves_all_to_the_drummer(studio: Studio) -> None:
    (drums,) = studio.tap_to_drums(TapRequest(Pattern((), 8.0), "funk", seed=1))

    assert len(drums.notes) > 8


def test_styles_differ_and_one_that_is_not_there_is_said(studio: Studio) -> None:
    def rides(style: str) -> float:
        beats = studio.tap_to_drums(TapRequest(clave(2), style, seed=0, count=24))
        return sum(drum_of(note.pitch) is Drum.RIDE for drums in beats for note in drums.notes) / 24

    assert rides("jazz") > 1.4 * rides("hiphop")
    with pytest.raises(UnknownNameError, match="there are afrobeat"):
        studio.tap_to_drums(TapRequest(clave(2), "polka"))


def test_hats_are_added_and_every_note_stays(studio: Studio) -> None:
    flam, cowbell = Note(0.97, 0.1, 38, 31), Note(2.03, 0.25, 56, 77)
    beat = backbeat().with_note(flam).with_note(cowbell)

    for hats in studio.add_lanes(AddLanesRequest(beat, HATS, seed=1, count=8)):
        added = set(hats.notes) - set(beat.notes)
        assert set(beat.notes) <= set(hats.notes)
        assert len(added) >= 4
        assert {drum_of(note.pitch) for note in added} == {Drum.CLOSED_HAT}


def test_hats_that_are_there_stay_and_locked_bars_get_none(studio: Studio) -> None:
    beat = backbeat(4).with_note(Note(0.5, 0.25, 42, 64))

    (hats,) = studio.add_lanes(AddLanesRequest(beat, HATS, frozenset({1, 2}), seed=3))

    assert set(beat.notes) <= set(hats.notes)
    assert len(hats.notes) == len(set(zip((n.start for n in hats.notes), (n.pitch for n in hats.notes), strict=True)))
    assert {int(note.start // 4) for note in set(hats.notes) - set(beat.notes)} == {0, 3}


def test_a_lane_that_hardly_fits_is_played_if_it_is_asked_for(studio: Studio) -> None:
    for drum in Drum:
        if drum in (Drum.KICK, Drum.SNARE):
            continue
        (more,) = studio.add_lanes(AddLanesRequest(backbeat(), frozenset({int(drum)}), seed=0))
        assert to_hits(more)[:, drum].any(), drum


def test_hats_of_a_soft_beat_are_soft(studio: Studio) -> None:
    def loudness(velocity: int) -> float:
        beat = backbeat(velocity=velocity)
        found = studio.add_lanes(AddLanesRequest(beat, HATS, seed=1, count=4))
        return float(np.mean([n.velocity for each in found for n in set(each.notes) - set(beat.notes)]))

    assert loudness(50) < 0.8 * loudness(110)


def test_the_same_notes_on_litert_and_numpy() -> None:
    info = shipped_model("drummer_2bar")
    networks = [open_network(info, backend) for backend in ("litert", "numpy")]
    players = [MissingPlayer(Drummer(network, info.config["timekeepers"])) for network in networks]
    request = TapRequest(clave(4), "funk", seed=11, count=3)

    assert players[0].tap_to_drums(request) == players[1].tap_to_drums(request)


def test_the_rest_made_anew_beside_locked_lanes_goes_with_them(studio: Studio) -> None:
    beat = backbeat(4).with_notes([*backbeat(4).notes, *(Note(s / 2, 0.2, 42, 80) for s in range(32))])

    new = studio.infill(InfillRequest(beat, frozenset({Drum.KICK, Drum.SNARE}), frozenset({0}), seed=2))

    stays = {n for n in beat.notes if n.pitch in (36, 38) or n.start < 4.0}
    assert stays <= set(new.notes)
    assert new != beat


def test_a_drummer_who_is_stopped_raises_cancelled(studio: Studio) -> None:
    with pytest.raises(Cancelled):
        studio.tap_to_drums(TapRequest(clave(8), seed=99), should_stop=lambda: True)


def test_taps_beside_the_beat_are_answered_by_a_beat_and_not_by_a_roll(studio: Studio) -> None:
    taps = Pattern(tuple(Note(i + 0.5, 0.1, 60, 100) for i in range(8)), 8.0)
    drums = np.stack([to_hits(each) for each in studio.tap_to_drums(TapRequest(taps, count=16))])
    rolls = drums[:, :, Drum.SNARE].sum(axis=1) > 18
    assert rolls.mean() < 0.1
    assert 18 < drums.sum(axis=(1, 2)).mean() < 45
    assert drums[:, 2::4].any(axis=2).all(), "a tap is not struck"
