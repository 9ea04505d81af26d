"""Which feels a groove choice stands for, with the real engines."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from groovescape.feeling import (
    FOLLOW_DRUMS,
    HUMANIZE,
    Feels,
    feel_for,
    feels_for,
    known_feels,
    mix_for,
    trio_feels,
    what_is_felt,
)
from groovescape_models.engines.engine import FeelRequest
from groovescape_models.engines.studio import Studio, open_studio
from groovescape_models.errors import UnknownNameError
from groovescape_models.music.feel import Feel, GrooveAmount
from groovescape_models.music.groove_choice import GrooveChoice, GroovePad
from groovescape_models.music.groove_extract import extract_groove
from groovescape_models.music.grooving import apply_feel_in_order, blend_feels
from groovescape_models.music.looping import looped
from groovescape_models.music.part import Part
from groovescape_models.music.pattern import Note, Pattern, Role
from groovescape_models.music.project import Project
from groovescape_models.music.trio import Trio

ROCK, BLUES, DANCE, JAZZ = (
    "rock-100-drummer9-session1-2",
    "blues-72-drummer5-session1-17",
    "rock-85-drummer2-session3-1",
    "jazz-200-drummer1-session2-5",
)
HITS = [Note(float(t), 0.2, 36 if t % 2 == 0 else 38, 100) for t in range(8)]
DRUMS = Pattern((*HITS, *(Note(t / 2, 0.1, 42, 90) for t in range(16))))
BASS = Pattern(tuple(Note(t / 2, 0.5, 40, 80) for t in range(16)), role=Role.BASS)
PROJECT = Project(DRUMS, tempo_bpm=104.0, seed=5)


def never() -> bool:
    return False


@pytest.fixture(scope="module")
def studio() -> Studio:
    return open_studio()


def test_a_groove_plays_at_the_tempo_and_with_the_seed_and_take_of_its_project(studio: Studio) -> None:
    taken = replace(PROJECT, groove=GrooveChoice(ROCK, take=2))
    assert feel_for(studio, DRUMS, ROCK, taken, never) == studio.feel(FeelRequest(DRUMS, 104.0, ROCK, 7))
    assert feel_for(studio, DRUMS, None, taken, never) is None


@pytest.mark.parametrize("choice", [HUMANIZE, FOLLOW_DRUMS])
def test_a_groove_of_ones_own_that_is_called_like_another_choice_is_played(tmp_path: Path, choice: str) -> None:
    own = open_studio(folder=tmp_path)
    kept = own.groove_library.keep(extract_groove(DRUMS, 104.0, name=choice))
    for pattern in (DRUMS, BASS):
        assert feel_for(own, pattern, kept.facts.id, PROJECT, never) == own.feel(FeelRequest(pattern, 104.0, kept, 5))


def test_a_removed_groove_keeps_nobody_from_making_patterns(studio: Studio) -> None:
    gone = GrooveChoice("gone", other=ROCK)
    assert feels_for(studio, DRUMS, gone, PROJECT, never).feel == Feel.of(DRUMS)
    assert feels_for(studio, DRUMS, replace(gone, preset=ROCK, other="gone"), PROJECT, never).other == Feel.of(DRUMS)
    mixed = feels_for(studio, DRUMS, GrooveChoice(pad=GroovePad((ROCK, "gone", ROCK, "gone"))), PROJECT, never)
    assert mixed.feel not in (None, Feel.of(DRUMS))
    with pytest.raises(UnknownNameError):
        known_feels(studio, DRUMS, gone, PROJECT, never)


def test_humanise_is_nobody_in_particular_with_scatter_to_spread(studio: Studio) -> None:
    feel = feel_for(studio, DRUMS, HUMANIZE, PROJECT, never)
    assert feel == studio.feel(FeelRequest(DRUMS, 104.0, None, 5, typical=True))
    assert feel.start_scatter


def test_a_choice_has_the_feel_of_the_other_that_it_morphs_to(studio: Studio) -> None:
    feels = feels_for(studio, DRUMS, GrooveChoice(ROCK, other=BLUES), PROJECT, never)
    assert feels == Feels(*(studio.feel(FeelRequest(DRUMS, 104.0, groove, 5)) for groove in (ROCK, BLUES)))
    assert feels_for(studio, DRUMS, GrooveChoice(None, other=BLUES), PROJECT, never) == Feels()


def test_a_mix_is_that_of_its_four_feels(studio: Studio) -> None:
    pad = GroovePad((ROCK, BLUES, DANCE, HUMANIZE), (0.25, 0.5))
    alone = [feel_for(studio, DRUMS, groove, PROJECT, never) for groove in pad.corners]
    mixed = mix_for(studio, DRUMS, pad, PROJECT, never)

    assert mixed == blend_feels([feel for feel in alone if feel], pad.weights)
    assert mix_for(studio, DRUMS, replace(pad, point=(1.0, 0.0)), PROJECT, never) == alone[1]
    assert feels_for(studio, DRUMS, GrooveChoice("x", pad=pad), PROJECT, never).feel == mixed


def test_a_line_is_not_played_with_a_groove_unless_one_is_chosen(studio: Studio) -> None:
    assert feels_for(studio, BASS, GrooveChoice(), PROJECT, never) == Feels()
    assert feel_for(studio, BASS, ROCK, PROJECT, never) not in (None, Feel.of(BASS))


@pytest.mark.parametrize("length", [8.0, 32.0])
def test_a_bass_follows_the_drums_as_they_are_played(studio: Studio, length: float) -> None:
    """Bar by bar, in a long pattern too."""
    beat, line = looped(DRUMS, length), looped(BASS, length)
    drums = Part(beat, feel_for(studio, beat, ROCK, PROJECT, never), GrooveChoice(ROCK, GrooveAmount(1.5, spread=1.5)))
    project = Project(line, groove=GrooveChoice(FOLLOW_DRUMS), tempo_bpm=104.0, resting=(drums,), ensemble=True)
    feel = feel_for(studio, line, FOLLOW_DRUMS, project, never)

    assert feel is not None
    kicks = {
        own.start: n.start - own.start
        for own, n in zip(beat.notes, apply_feel_in_order(beat, drums.feel, drums.groove.amount), strict=True)
        if own.pitch == 36
    }
    bass = {own.start: start - own.start for own, start in zip(line.notes, feel.starts, strict=True)}
    assert [bass[start] for start in kicks] == pytest.approx(list(kicks.values()), abs=1e-3)
    assert np.abs(list(kicks.values())).max() > 0.005


def test_there_is_nothing_to_follow_without_drums_nor_for_the_drums_themselves(studio: Studio) -> None:
    alone = Project(BASS, groove=GrooveChoice(FOLLOW_DRUMS))
    assert feel_for(studio, BASS, FOLLOW_DRUMS, alone, never) is None
    assert feel_for(studio, DRUMS, FOLLOW_DRUMS, PROJECT, never) is None


def test_the_lines_of_a_trio_follow_its_own_drums(studio: Studio) -> None:
    melody = replace(BASS, role=Role.MELODY)
    bass = Part(Pattern(role=Role.BASS), groove=GrooveChoice(FOLLOW_DRUMS))
    project = replace(PROJECT, groove=GrooveChoice(ROCK), resting=(bass,))
    feels = trio_feels(studio, Trio(melody, BASS, DRUMS), project, never)

    assert feels[0] == Feels()
    assert feels[2].feel == feel_for(studio, DRUMS, ROCK, project, never)
    played = Part(DRUMS, feels[2].feel, GrooveChoice(ROCK))
    following = Project(BASS, groove=bass.groove, tempo_bpm=104.0, seed=5, resting=(played,))
    assert feels[1].feel == feel_for(studio, BASS, FOLLOW_DRUMS, following, never)


def test_feels_are_due_where_what_they_depend_on_differs() -> None:
    drums = Part(DRUMS, groove=GrooveChoice(ROCK))
    project = Project(BASS, groove=GrooveChoice(ROCK, other=BLUES), resting=(drums,))
    felt, choice = what_is_felt(project), project.groove
    pad = GroovePad((ROCK, BLUES, DANCE, JAZZ))
    for changed in (
        replace(project, pattern=BASS.with_note(Note(1.0, 0.5, 45, 80))),
        replace(project, tempo_bpm=99.0),
        replace(project, seed=1),
        *(
            replace(project, groove=each)
            for each in (
                replace(choice, preset=None),
                replace(choice, other=None),
                replace(choice, pad=pad),
                replace(choice, take=1),
            )
        ),
    ):
        assert what_is_felt(changed) != felt
    quiet = replace(choice, amount=GrooveAmount(0.2))
    for same in (replace(project, groove=quiet), replace(project, pad=(0.0, 0.0)), project.with_part(Part(HALF))):
        assert what_is_felt(same) == felt


HALF = Pattern(tuple(HITS[:4]))


def test_what_follows_the_drums_is_due_when_they_are_played_otherwise() -> None:
    drums = Part(DRUMS, Feel.of(DRUMS), GrooveChoice(ROCK))
    for choice in (GrooveChoice(FOLLOW_DRUMS), GrooveChoice(ROCK, other=FOLLOW_DRUMS)):
        project = Project(BASS, groove=choice, resting=(drums,))
        for part in (Part(HALF), replace(drums, feel=replace(Feel.of(DRUMS), starts=(0.1,) * len(DRUMS.notes)))):
            assert what_is_felt(project.with_part(part)) != what_is_felt(project)
