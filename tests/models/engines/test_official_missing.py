"""A GrooVAE that the user added plays drums to taps, or adds closed hats, in the place of our drummer."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from groovescape_models.checkpoints.official import GrooveInput, OfficialConfig, OfficialData, OfficialModel
from groovescape_models.checkpoints.official_write import write_official
from groovescape_models.checkpoints.user_models import add_model
from groovescape_models.checkpoints.variable_names import variable_shapes
from groovescape_models.engines.engine import AddLanesRequest, Setting, TapRequest
from groovescape_models.engines.official_missing import tap_rows
from groovescape_models.engines.studio import Studio, open_studio
from groovescape_models.errors import Cancelled, UnknownNameError
from groovescape_models.music.drumkit import Drum, drum_of
from groovescape_models.music.pattern import Note, Pattern, Role
from groovescape_models.music.timing import STEP, Meter, nearest_step

TAP, HATS, HUMANIZE = "groovae_2bar_tap_fixed_velocity", "groovae_2bar_add_closed_hh", "groovae_2bar_humanize"
INPUTS = {TAP: GrooveInput.TAP, HATS: GrooveInput.ADD_CLOSED_HAT, HUMANIZE: GrooveInput.HUMANIZE}
CLOSED_HAT = frozenset({int(Drum.CLOSED_HAT)})


def groovae(name: str) -> OfficialModel:
    """A small GrooVAE with drawn weights; that of taps likes to rest."""
    config = OfficialConfig(OfficialData.GROOVE, 32, 6, 27, (27,), (8,), (10, 10), groove_input=INPUTS[name])
    rng = np.random.default_rng(3)
    weights = {key: rng.normal(0.0, 0.5, shape).astype(np.float32) for key, shape in variable_shapes(config).items()}
    weights["decoder/output_projection/bias"][:9] -= 1.5 if name == TAP else 0.0
    return OfficialModel(config, weights, name)


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Studio:
    folder: Path = tmp_path_factory.mktemp("user")
    for name in INPUTS:
        write_official(groovae(name), folder / f"{name}.tar")
        add_model(folder / f"{name}.tar", folder, name)
    return open_studio(folder=folder)


def clave(bars: int) -> Pattern:
    starts = (4.0 * bar + start for bar in range(bars) for start in (0.0, 0.77, 1.5, 2.5, 3.0))
    return Pattern(tuple(Note(start, 0.1, 60, 100) for start in starts), 4.0 * bars)


def backbeat(bars: int) -> Pattern:
    places = ((0.0, 36), (1.0, 38), (1.5, 42), (2.5, 36), (3.0, 38))
    notes = tuple(Note(4.0 * bar + start, 0.25, pitch, 90) for bar in range(bars) for start, pitch in places)
    return Pattern(notes, 4.0 * bars, role=Role.DRUMS)


def struck(pattern: Pattern) -> set[int]:
    return {nearest_step(note.start) for note in pattern.notes}


def added(found: Pattern, beat: Pattern) -> list[Note]:
    return [note for note in found.notes if note not in beat.notes]


@pytest.mark.parametrize("bars", [1, 2, 3, 5])
def test_every_tap_is_struck_and_between_them_nothing_where_that_is_asked(studio: Studio, bars: int) -> None:
    rhythm = clave(bars)

    strict = studio.tap_to_drums(TapRequest(rhythm, between=False, seed=1, count=3, engine=TAP))
    free = studio.tap_to_drums(TapRequest(rhythm, seed=1, count=3, engine=TAP))

    assert all(struck(drums) == struck(rhythm) for drums in strict)
    assert all(struck(drums) >= struck(rhythm) for drums in free)
    assert {(drums.role, drums.length) for drums in (*strict, *free)} == {(Role.DRUMS, rhythm.length)}
    assert len({drums.notes for drums in free}) == 3


def test_taps_are_heard_where_they_fall_on_one_lane(studio: Studio) -> None:
    rows = tap_rows(Pattern((Note(0.5 + 0.25 * STEP, 0.1, 60, 127), Note(1.0, 0.1, 40, 64)), 4.0), 120.0)

    assert rows.shape == (16, 27)
    np.testing.assert_allclose(rows[2, [3, 12, 21]], [1.0, 1.0, -0.5], atol=1e-6)
    assert np.count_nonzero(rows) == 5


def test_hats_are_added_and_every_note_stays(studio: Studio) -> None:
    beat = backbeat(3)

    beats = studio.add_lanes(AddLanesRequest(beat, CLOSED_HAT, frozenset({1}), seed=2, count=4, engine=HATS))

    for found in beats:
        new = added(found, beat)
        assert set(beat.notes) <= set(found.notes)
        assert {drum_of(note.pitch) for note in new} == {Drum.CLOSED_HAT}
        assert not any(4.0 <= nearest_step(note.start) * STEP < 8.0 for note in new)
        steps = [nearest_step(note.start) for note in found.notes if drum_of(note.pitch) is Drum.CLOSED_HAT]
        assert len(steps) == len(set(steps))
    assert len({found.notes for found in beats}) == 4


@pytest.mark.parametrize("temperature", [0.0, 1.0, 2.0])
def test_a_variation_depends_on_its_seed_and_number_alone(studio: Studio, temperature: float) -> None:
    request = TapRequest(clave(2), temperature=temperature, seed=4, engine=TAP)
    hats = AddLanesRequest(backbeat(2), CLOSED_HAT, temperature=temperature, seed=4, engine=HATS)

    assert studio.tap_to_drums(replace(request, count=3))[0] == studio.tap_to_drums(request)[0]
    assert studio.add_lanes(replace(hats, count=3))[0] == studio.add_lanes(hats)[0]
    assert struck(studio.tap_to_drums(request)[0]) >= struck(clave(2))


@pytest.mark.parametrize("engine", [HATS, HUMANIZE])
def test_who_hears_no_taps_says_so(studio: Studio, engine: str) -> None:
    with pytest.raises(UnknownNameError, match="plays no drums to taps"):
        studio.tap_to_drums(TapRequest(clave(1), engine=engine))


def test_what_it_cannot_do_it_says(studio: Studio) -> None:
    with pytest.raises(UnknownNameError, match="adds closed hats alone"):
        studio.add_lanes(AddLanesRequest(backbeat(1), frozenset({0}), engine=HATS))
    with pytest.raises(UnknownNameError, match="adds no closed hats"):
        studio.add_lanes(AddLanesRequest(backbeat(1), CLOSED_HAT, engine=TAP))
    with pytest.raises(UnknownNameError, match="knows no styles"):
        studio.tap_to_drums(TapRequest(clave(1), "funk", engine=TAP))
    with pytest.raises(UnknownNameError, match="plays 4/4 alone"):
        studio.tap_to_drums(TapRequest(clave(1), setting=Setting(meter=Meter(3, 4)), engine=TAP))
    with pytest.raises(UnknownNameError, match="There is no engine 'nobody'"):
        studio.tap_to_drums(TapRequest(clave(1), engine="nobody"))


def test_it_stops_when_asked(studio: Studio) -> None:
    with pytest.raises(Cancelled):
        studio.tap_to_drums(TapRequest(clave(8), engine=TAP), should_stop=lambda: True)
