"""Melodies, basses and keys under a groove: on the drums' steps, mildly by themselves elsewhere."""

from dataclasses import replace

import numpy as np
import pytest

from groovescape_models.engines.engine import FeelRequest
from groovescape_models.engines.groove_library import GrooveLibrary
from groovescape_models.engines.line_feel import LineFeel
from groovescape_models.engines.studio import open_studio
from groovescape_models.music.drumkit import DRUM_COUNT, Drum
from groovescape_models.music.feel import Feel, GrooveAmount
from groovescape_models.music.groove_template import COLUMNS, GrooveFacts, GrooveTable, GrooveTemplate
from groovescape_models.music.grooving import apply_feel_in_order
from groovescape_models.music.pattern import Note, Pattern, Role

ENGINE = LineFeel(GrooveLibrary())
KICK_LATE, HAT_EARLY = 0.2, -0.1
"""In steps."""


def groove() -> GrooveTemplate:
    """A late, loud kick on one and three; early hats on eighths, half as loud on the off-beats."""
    columns = {name: np.zeros((16, DRUM_COUNT), np.float32) for name in COLUMNS}
    for lane, steps, offset in ((Drum.KICK, (0, 8), KICK_LATE), (Drum.CLOSED_HAT, range(0, 16, 2), HAT_EARLY)):
        for step in steps:
            columns["count"][step, lane] = 8
            columns["offset"][step, lane] = offset
            columns["velocity"][step, lane] = 0.8 if step % 4 == 0 else 0.4
    return GrooveTemplate(GrooveFacts("late", "Late"), GrooveTable(**columns))


def line(role: Role, apart: float = 0.5, velocity: int = 80) -> Pattern:
    return Pattern(tuple(Note(i * apart, apart, 40 + i % 5, velocity) for i in range(round(8 / apart))), role=role)


def late_steps(pattern: Pattern, feel: Feel) -> np.ndarray:
    return np.subtract(feel.starts, [note.start for note in pattern.notes]) * 4


def test_a_bass_goes_with_the_kick_and_with_the_rest_where_there_is_none() -> None:
    bass = line(Role.BASS)
    late = late_steps(bass, ENGINE.feel(FeelRequest(bass, groove=groove(), mean=True)))
    assert late[[0, 4, 8, 12]] == pytest.approx([KICK_LATE] * 4)
    assert late[[1, 2, 3, 5]] == pytest.approx([HAT_EARLY] * 4)


@pytest.mark.parametrize("role", [Role.MELODY, Role.KEYS])
def test_a_melody_goes_with_the_mean_of_the_drums_of_its_step(role: Role) -> None:
    melody = line(role)
    late = late_steps(melody, ENGINE.feel(FeelRequest(melody, groove=groove(), mean=True)))
    assert late[[0, 4]] == pytest.approx([(KICK_LATE + HAT_EARLY) / 2] * 2)
    assert late[[1, 2]] == pytest.approx([HAT_EARLY] * 2)


def test_between_the_drums_a_line_is_as_late_as_they_on_the_whole() -> None:
    melody = line(Role.MELODY, 0.25)
    late = late_steps(melody, ENGINE.feel(FeelRequest(melody, groove=groove(), mean=True)))
    alone = late_steps(melody, ENGINE.feel(FeelRequest(melody, mean=True)))
    whole = (2 * KICK_LATE + 8 * HAT_EARLY) / 10
    assert late[1::2] == pytest.approx(alone[1::2] + whole)


def test_half_of_the_accents_are_played_around_those_of_the_line() -> None:
    bass = line(Role.BASS)
    feel = ENGINE.feel(FeelRequest(bass, groove=groove(), mean=True))
    kept, own = np.array(feel.velocities), np.array(feel.own_velocities)
    assert kept[0] / kept[1] == pytest.approx(2**0.5, rel=0.03)
    assert own[0] / own[1] == pytest.approx(2.0, rel=0.03)
    accented = bass.with_notes(replace(n, velocity=40 if i % 3 else 110) for i, n in enumerate(bass.notes))
    heard = ENGINE.feel(FeelRequest(accented, groove=groove(), mean=True)).velocities
    assert np.corrcoef(heard, [n.velocity for n in accented.notes])[0, 1] > 0.9


def test_by_itself_a_line_wanders_mildly() -> None:
    for role in (Role.MELODY, Role.BASS, Role.KEYS):
        pattern = line(role, 0.25)
        feel = ENGINE.feel(FeelRequest(pattern, 120.0, seed=3))
        played = apply_feel_in_order(pattern, feel, GrooveAmount())
        ms = np.subtract([n.start for n in played], [n.start for n in pattern.notes]) * 500
        assert 0.5 < np.abs(ms).mean() < 15
        assert np.abs(np.subtract(feel.velocities, 80)).max() < 12


def test_the_notes_of_a_chord_stay_together_and_in_order() -> None:
    strum = Pattern(
        tuple(Note(beat + i * 0.01, 0.9, 48 + 4 * i, 90 - 3 * i) for beat in range(8) for i in range(4)), role=Role.KEYS
    )
    played = apply_feel_in_order(strum, ENGINE.feel(FeelRequest(strum, groove=groove(), seed=8)), GrooveAmount(1.5))
    starts = np.array([note.start for note in played]).reshape(8, 4)
    assert np.diff(starts, axis=1) == pytest.approx(np.full((8, 3), 0.01))
    assert np.abs(starts[:, 0] - np.arange(8)).max() > 0.01


def test_a_line_of_triplets_is_played_on_triplets() -> None:
    melody = line(Role.MELODY, 1 / 3)
    shuffle = "blues-72-drummer5-session1-17"
    feel = ENGINE.feel(FeelRequest(melody, 72.0, shuffle, mean=True))
    assert feel.grid == 3
    assert np.abs(np.subtract(feel.starts, [n.start for n in melody.notes])).max() < 0.06


def test_a_straight_line_is_swung_by_a_shuffle_as_its_drums_are() -> None:
    bass = line(Role.BASS)
    feel = ENGINE.feel(FeelRequest(bass, 72.0, "blues-72-drummer5-session1-17", mean=True))
    assert late_steps(bass, feel)[1::2] == pytest.approx([4 / 6] * 8, abs=0.25)


def test_the_same_request_is_the_same_feel_and_mean_draws_nothing() -> None:
    bass = line(Role.BASS)
    once, again, other = (ENGINE.feel(FeelRequest(bass, groove=groove(), seed=seed)) for seed in (1, 1, 2))
    assert once == again
    assert once.start_scatter != other.start_scatter
    assert once.starts == other.starts
    assert ENGINE.feel(FeelRequest(bass, groove=groove(), mean=True)).start_scatter == ()


def test_a_line_without_notes_is_left_alone() -> None:
    empty = Pattern(role=Role.BASS)
    assert ENGINE.feel(FeelRequest(empty, groove=groove())) == Feel.of(empty)


def test_the_studio_plays_lines_without_loading_the_humaniser() -> None:
    studio = open_studio()
    bass = line(Role.BASS)
    assert studio.feel(FeelRequest(bass, groove="rock-100-drummer9-session1-2")) != Feel.of(bass)
    assert not studio.library.humanizer.made
