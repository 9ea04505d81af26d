"""A project as a file."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groovescape.problems import SessionError
from groovescape.session_file import VERSION, load_session, project_from_json, save_session, session_json
from groovescape.session_values import part_json
from groovescape_models.engines.engine import FeelRequest
from groovescape_models.engines.studio import open_studio
from groovescape_models.music.chords import QUALITIES, Chord, read_progression
from groovescape_models.music.curve import Curve
from groovescape_models.music.feel import Feel, GrooveAmount
from groovescape_models.music.groove_choice import GroovePad
from groovescape_models.music.groove_file import read_groove, write_groove
from groovescape_models.music.groove_template import GrooveFacts, GrooveTable, GrooveTemplate
from groovescape_models.music.key import SCALES, Key
from groovescape_models.music.pattern import Note, Pattern, Role
from groovescape_models.music.project import Corner, GrooveChoice, Harmony, Locks, PadMode, Part, Project
from groovescape_models.music.timing import Meter

SESSIONS = Path(__file__).parent / "sessions"

notes = st.builds(
    Note, st.floats(0, 64, allow_nan=False), st.floats(0, 4, allow_nan=False), st.integers(0, 127), st.integers(1, 127)
)
patterns = st.builds(
    Pattern,
    st.lists(notes, max_size=12).map(tuple),
    st.floats(0.25, 64),
    st.builds(Meter, st.integers(1, 12), st.sampled_from([2, 4, 8])),
    name=st.text(max_size=8),
)


chords = st.builds(Chord, st.integers(0, 11), st.sampled_from(list(QUALITIES)), st.none() | st.integers(0, 11))


parts = st.floats(0, 1.5)
shares = st.floats(0, 1)
ids = st.text(max_size=8)
nine = st.lists(parts, min_size=9, max_size=9).map(tuple)
amounts = st.builds(GrooveAmount, parts, parts, parts, nine, shares, shares, st.booleans(), parts, shares)
curves = st.builds(Curve, st.dictionaries(st.floats(0, 64), shares, max_size=4).map(lambda d: tuple(sorted(d.items()))))
pads = st.builds(GroovePad, st.tuples(ids, ids, ids, ids), st.tuples(shares, shares))
choices = st.builds(
    GrooveChoice, st.none() | ids, amounts, st.none() | pads, st.none() | ids, curves, curves, st.integers(0, 99)
)


@st.composite
def projects(draw: st.DrawFn) -> Project:
    pattern = draw(patterns)
    count = len(pattern.notes)
    starts = draw(st.lists(st.floats(0, 64), min_size=count, max_size=count))
    velocities = draw(st.lists(st.integers(1, 127), min_size=count, max_size=count))
    scatter = tuple(draw(st.lists(st.floats(-0.5, 0.5), min_size=count, max_size=count)))
    plain = Feel(tuple(starts), tuple(velocities))
    hands = tuple(draw(st.lists(st.booleans(), min_size=count, max_size=count)))
    scatters = {"start_scatter": scatter, "velocity_scatter": scatter}
    whole = replace(plain, own_velocities=plain.velocities, **scatters, grid=3, by_hand=hands)
    return Project(
        pattern,
        draw(st.sampled_from([None, plain, whole])),
        draw(choices),
        tuple(Corner(name, pattern) for name in draw(st.lists(st.text(max_size=8), max_size=4))),
        (draw(st.floats(0, 1)), draw(st.floats(0, 1))),
        draw(st.floats(10, 999)),
        draw(st.integers(0, 2**31)),
        draw(st.sampled_from(PadMode)),
        (draw(st.floats(0, 1)), draw(st.floats(0, 1))),
        draw(st.none() | st.text(max_size=8)),
        draw(st.integers(1, 64)),
        Locks(draw(st.frozensets(st.integers(0, 8))), draw(st.frozensets(st.integers(0, 63)))),
        resting=draw(st.sampled_from([(), (Part(replace(pattern, role=Role.BASS)),)])),
        ensemble=draw(st.booleans()),
        other_feel=draw(st.sampled_from([None, whole])),
        harmony=Harmony(
            draw(st.none() | st.builds(Key, st.integers(0, 11), st.sampled_from(list(SCALES)))),
            tuple(draw(st.lists(st.none() | chords, max_size=4))),
            draw(st.booleans()),
        ),
    )


@given(projects())
def test_a_project_comes_back_exactly(project: Project) -> None:
    assert project_from_json(json.loads(json.dumps(session_json(project)))) == project


def test_saving_replaces_the_file_whole(tmp_path: Path) -> None:
    path = tmp_path / "new" / "a.session.json"
    save_session(Project(tempo_bpm=90.0), path)
    save_session(Project(tempo_bpm=91.0), path)

    assert load_session(path).tempo_bpm == 91.0
    assert [file.name for file in path.parent.iterdir()] == ["a.session.json"]


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(SessionError, match="could not be saved"):
        save_session(Project(), tmp_path / "file" / "a.json")


def test_an_early_first_hit_of_a_feel_is_saved_and_read(tmp_path: Path) -> None:
    project = Project(Pattern((Note(0.0, 0.25, 36, 100),)), Feel((-0.06,), (90,)))
    save_session(project, tmp_path / "a.json")
    assert load_session(tmp_path / "a.json") == project


def test_sessions_from_before_push_and_hands_were_kept_are_read() -> None:
    """A velocity that a groove left alone though it moved the note had been set by hand."""
    notes = Note(0.0, 0.25, 36, 100), Note(1.0, 0.25, 38, 33), Note(2.0, 0.25, 36, 70)
    saved = session_json(Project(Pattern(notes), Feel((0.0, 1.1, 2.1), (100, 33, 80))))
    del saved["feel"]["by_hand"], saved["groove"]["amount"]["push"]
    project = project_from_json(json.loads(json.dumps(saved)))
    assert project.feel is not None
    assert project.feel.by_hand == (False, True, False)
    assert project.groove.amount.push == 1.0


@pytest.mark.parametrize("grid", [3, 4, 6])
@pytest.mark.parametrize("offset", [-0.5, 0.5])
def test_whatever_a_groove_file_holds_its_feels_are_saved_and_read(tmp_path: Path, grid: int, offset: float) -> None:
    steps = 4 * grid
    extremes = {"count": 1e6, "velocity": 0.0, "velocity_spread": 1.0, "offset": offset, "offset_spread": 1.0}
    table = GrooveTable(*(np.full((steps, 9), each, np.float32) for each in extremes.values()), steps_per_quarter=grid)
    write_groove(GrooveTemplate(GrooveFacts("wild", "Wild", tempo_bpm=999.0), table), tmp_path / "wild.groove")
    wild, studio = read_groove(tmp_path / "wild.groove"), open_studio("numpy", folder=tmp_path)
    accents = (Note(i / grid, 0.1, 36 + 2 * (i % 4), 1 + 126 * (i % 3 == 0)) for i in range(8 * grid))
    pattern = Pattern(tuple(accents), 8.0)
    for role in (Role.DRUMS, Role.BASS, Role.MELODY):
        for seed in range(4):
            for tempo_bpm in (10.0, 999.0):
                feel = studio.feel(FeelRequest(replace(pattern, role=role), tempo_bpm, wild, seed))
                project = Project(replace(pattern, role=role), feel, tempo_bpm=tempo_bpm, other_feel=feel)
                save_session(project, tmp_path / "a.json")
                assert load_session(tmp_path / "a.json") == project


GOOD = session_json(Project(Pattern((Note(0.0, 0.25, 36, 100),)), Feel((0.0,), (90,))))


@pytest.mark.parametrize(
    "change",
    [
        {"format": "other"},
        {"version": VERSION + 1},
        {"version": "new"},
        {"pattern": None},
        {"pattern": {**GOOD["pattern"], "notes": [[0.0, 0.25, 200, 100]]}},
        {"pattern": {**GOOD["pattern"], "notes": [[0.0]]}},
        {"pattern": {**GOOD["pattern"], "length": -1}},
        {"feel": GOOD["feel"] | {"starts": [0.0, 1.0], "velocities": [1, 2]}},
        {"feel": GOOD["feel"] | {"start_scatter": [float("nan")]}},
        {"feel": GOOD["feel"] | {"own_velocities": [1, 2]}},
        {"feel": GOOD["feel"] | {"grid": 9}},
        {"feel": GOOD["feel"] | {"grid": 5}},
        {"feel": GOOD["feel"] | {"by_hand": [True, False]}},
        {"other_feel": GOOD["feel"] | {"starts": [0.0, 1.0], "velocities": [1, 2]}},
        {"groove": GOOD["groove"] | {"amount": GOOD["groove"]["amount"] | {"intensity": 9.0}}},
        {"groove": GOOD["groove"] | {"amount": GOOD["groove"]["amount"] | {"respect": 1.2}}},
        {"groove": GOOD["groove"] | {"amount": GOOD["groove"]["amount"] | {"lanes": [1.0] * 8}}},
        {"groove": GOOD["groove"] | {"amount": [1.0, 1.0, 1.0]}},
        {"groove": GOOD["groove"] | {"preset": 7}},
        {"groove": GOOD["groove"] | {"pad": {"corners": ["a", "b", "c"], "point": [0.5, 0.5]}}},
        {"groove": GOOD["groove"] | {"pad": {"corners": ["a", "b", "c", "d"], "point": [0.5, 1.5]}}},
        {"groove": GOOD["groove"] | {"intensity_curve": [[0.0, 1.6]]}},
        {"groove": GOOD["groove"] | {"morph_curve": [[1.0, 0.5], [0.0, 0.5]]}},
        {"groove": GOOD["groove"] | {"take": -1}},
        {"pad": [0.5]},
        {"pad": ["left", "right"]},
        {"corners": [3]},
        {"tempo_bpm": "fast"},
        {"tempo_bpm": float("nan")},
        {"tempo_bpm": 0},
        {"tempo_bpm": 10**400},
        {"groove": GOOD["groove"] | {"take": 10**400}},
        {"pad": [0.5, 7.0]},
        {"feel": GOOD["feel"] | {"starts": [float("inf")]}},
        {"pad_mode": "sphere"},
        {"bars": 0},
        {"locks": {"lanes": [9], "bars": []}},
        {"locks": {"lanes": [], "bars": [-1]}},
        {"harmony": {"key": "H major", "chords": "", "strict": True}},
        {"harmony": {"key": None, "chords": "C | X", "strict": True}},
        {"resting": [part_json(Part())]},
    ],
)
def test_a_damaged_session_is_one_error(tmp_path: Path, change: dict[str, object]) -> None:
    path = tmp_path / "a.session.json"
    path.write_text(json.dumps(GOOD | change))

    with pytest.raises(SessionError):
        load_session(path)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "7", "[" * 100_000, "\x00"])
def test_what_is_no_session_is_one_error(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.session.json"
    path.write_text(text)

    with pytest.raises(SessionError):
        load_session(path)


def test_a_missing_session_is_one_error(tmp_path: Path) -> None:
    with pytest.raises(SessionError, match="could not be read"):
        load_session(tmp_path / "none.json")


def test_a_session_of_version_1_is_read_whole() -> None:
    """The file was written by version 1 itself: a pattern from the pad, under a groove, at its own tempo."""
    project = load_session(SESSIONS / "version_1.session.json")

    assert (project.role, project.tempo_bpm, project.seed, project.pad) == (Role.DRUMS, 97.5, 7, (0.5, 0.5))
    assert [corner.name for corner in project.corners][:2] == ["Rock", "Funk"]
    assert project.feel is not None
    assert project.played != project.pattern
    assert (project.resting, project.ensemble) == ((), False)
    assert project.harmony == Harmony(Key(0, "major"), read_progression("C | Am | F | G"))


@pytest.mark.parametrize("version", [1, 2])
def test_sessions_of_older_versions_sound_exactly_as_they_did(version: int) -> None:
    """The notes beside each file were played by the version that wrote it."""
    project = load_session(SESSIONS / f"version_{version}.session.json")
    heard = json.loads((SESSIONS / f"version_{version}.played.json").read_text())

    assert [[[n.start, n.duration, n.pitch, n.velocity] for n in part.notes] for part in project.heard_parts] == heard
    assert project.played != project.pattern


def test_spread_moves_nothing_of_an_older_session() -> None:
    project = load_session(SESSIONS / "version_2.session.json")
    wild = replace(project.groove, amount=replace(project.groove.amount, spread=1.5))
    assert replace(project, groove=wild).played == project.played


def test_a_session_of_version_2_is_read_whole() -> None:
    project = load_session(SESSIONS / "version_2.session.json")

    assert (project.tempo_bpm, project.seed, project.pad_mode) == (104.0, 12, PadMode.MAP)
    assert project.groove == GrooveChoice("soul-96-drummer5-session2-11", GrooveAmount(0.9, 1.0, 0.75))
    assert project.locks == Locks(frozenset({0}), frozenset({1}))
    assert (project.ensemble, [part.role for part in project.resting]) == (True, [Role.BASS])
    assert project.other_feel is None


@pytest.mark.parametrize("version", [1, 2])
def test_a_project_of_an_older_version_is_saved_as_the_newest(version: int, tmp_path: Path) -> None:
    project = load_session(SESSIONS / f"version_{version}.session.json")
    save_session(project, tmp_path / "a.json")
    assert json.loads((tmp_path / "a.json").read_text())["version"] == VERSION == 3
    assert load_session(tmp_path / "a.json") == project


def test_a_line_of_version_2_has_no_groove_whatever_it_says() -> None:
    line = json.loads((SESSIONS / "version_2.session.json").read_text())["resting"][0]
    old = {**session_json(Project()), **line, "version": 2, "resting": [], "ensemble": False}
    old["groove"] = {"preset": "funk", "amount": [1.0, 1.0, 1.0]}
    assert project_from_json(old).groove.preset is None
