"""A project as a file."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groovescape.problems import SessionError
from groovescape.session_file import VERSION, load_session, project_from_json, save_session, session_json
from groovescape.session_values import part_json
from groovescape_models.music.chords import QUALITIES, Chord, read_progression
from groovescape_models.music.feel import Feel, GrooveAmount
from groovescape_models.music.key import SCALES, Key
from groovescape_models.music.pattern import Note, Pattern, Role
from groovescape_models.music.project import Corner, GrooveChoice, Harmony, Locks, PadMode, Part, Project
from groovescape_models.music.timing import Meter

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


@st.composite
def projects(draw: st.DrawFn) -> Project:
    pattern = draw(patterns)
    count = len(pattern.notes)
    starts = draw(st.lists(st.floats(0, 64), min_size=count, max_size=count))
    velocities = draw(st.lists(st.integers(1, 127), min_size=count, max_size=count))
    return Project(
        pattern,
        draw(st.sampled_from([None, Feel(tuple(starts), tuple(velocities))])),
        GrooveChoice(draw(st.none() | st.text(max_size=8)), GrooveAmount(draw(st.floats(0, 1.5)))),
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
        {"feel": {"starts": [0.0, 1.0], "velocities": [1, 2]}},
        {"groove": {"preset": None, "amount": [9.0, 1.0, 1.0]}},
        {"pad": [0.5]},
        {"pad": ["left", "right"]},
        {"corners": [3]},
        {"tempo_bpm": "fast"},
        {"tempo_bpm": float("nan")},
        {"tempo_bpm": 0},
        {"pad": [0.5, 7.0]},
        {"feel": {"starts": [float("inf")], "velocities": [1]}},
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
    project = load_session(Path(__file__).parent / "sessions" / "version_1.session.json")

    assert (project.role, project.tempo_bpm, project.seed, project.pad) == (Role.DRUMS, 97.5, 7, (0.5, 0.5))
    assert [corner.name for corner in project.corners][:2] == ["Rock", "Funk"]
    assert project.feel is not None
    assert project.played != project.pattern
    assert (project.resting, project.ensemble) == ((), False)
    assert project.harmony == Harmony(Key(0, "major"), read_progression("C | Am | F | G"))


def test_a_project_of_version_1_is_saved_as_version_2(tmp_path: Path) -> None:
    project = load_session(Path(__file__).parent / "sessions" / "version_1.session.json")
    save_session(project, tmp_path / "a.json")
    assert json.loads((tmp_path / "a.json").read_text())["version"] == VERSION == 2
    assert load_session(tmp_path / "a.json") == project
