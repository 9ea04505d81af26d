"""A project as a file."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groovescape.problems import SessionError
from groovescape.session_file import VERSION, load_session, project_from_json, save_session, session_json
from groovescape_models.music.feel import Feel, GrooveAmount
from groovescape_models.music.pattern import Note, Pattern
from groovescape_models.music.project import Corner, GrooveChoice, Project
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
