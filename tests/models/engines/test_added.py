"""Models that the user added generate, vary and interpolate through the studio."""

import numpy as np
import pytest

from groovescape_models.checkpoints.official import (
    ChordEncoding,
    GrooveInput,
    OfficialConfig,
    OfficialData,
    OfficialModel,
)
from groovescape_models.checkpoints.official_write import write_official
from groovescape_models.checkpoints.user_models import add_model
from groovescape_models.checkpoints.variable_names import variable_shapes
from groovescape_models.engines.engine import (
    GenerateRequest,
    InterpolateRequest,
    Setting,
    TrioRequest,
    VaryRequest,
)
from groovescape_models.engines.studio import Studio, open_studio
from groovescape_models.errors import UnknownNameError
from groovescape_models.music.chords import read_progression
from groovescape_models.music.key import Key
from groovescape_models.music.pattern import Pattern, Role
from groovescape_models.music.timing import Meter

CONFIGS = {
    "drums_2bar": OfficialConfig(OfficialData.DRUMS, 32, 8, 10, (512,), (6,), (5, 5)),
    "groovae_humanize_2bar": OfficialConfig(
        OfficialData.GROOVE, 32, 8, 27, (27,), (6,), (5, 5), groove_input=GrooveInput.HUMANIZE
    ),
    "melody_chords_2bar": OfficialConfig(
        OfficialData.MELODY,
        32,
        8,
        90,
        (90,),
        (6,),
        (5, 5),
        control_size=49,
        chords=ChordEncoding.TRIADS,
        lowest_pitches=(21,),
    ),
    "hier_trio_4bar": OfficialConfig(
        OfficialData.TRIO,
        64,
        8,
        692,
        (90, 90, 512),
        (6, 6),
        (5, 5),
        segments=4,
        hierarchical_encoder=True,
        conductor_sizes=(5, 5),
        split_decoders=True,
        lowest_pitches=(21, 21),
    ),
}
ROLES = {"added_drums": Role.DRUMS, "groovae": Role.DRUMS, "chords": Role.MELODY}


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Studio:
    folder = tmp_path_factory.mktemp("added")
    ids = ("added_drums", "groovae", "chords", "trio")
    for (name, config), model_id in zip(CONFIGS.items(), ids, strict=True):
        rng = np.random.default_rng(len(name))
        weights = {
            path: rng.standard_normal(shape).astype(np.float32) for path, shape in variable_shapes(config).items()
        }
        write_official(OfficialModel(config, weights, name), folder / f"{name}.ckpt")
        add_model(folder / f"{name}.ckpt", folder / "data", model_id, bars=config.bars)
    return open_studio("numpy", folder=folder / "data")


@pytest.mark.parametrize(("engine", "role"), ROLES.items())
def test_an_added_model_makes_patterns_of_any_length_from_a_seed(studio: Studio, engine: str, role: Role) -> None:
    request = GenerateRequest(role, bars=3, seed=7, count=3, engine=engine)
    patterns = studio.generate(request)

    assert patterns == studio.generate(request)
    assert len({pattern.notes for pattern in patterns}) == 3
    assert all(pattern.notes and pattern.length == 12.0 and pattern.role is role for pattern in patterns)
    assert patterns[:2] == studio.generate(GenerateRequest(role, bars=3, seed=7, count=2, engine=engine))


def test_a_groove_comes_with_its_own_timing(studio: Studio) -> None:
    (pattern,) = studio.generate(GenerateRequest(Role.DRUMS, engine="groovae"))

    assert any(note.start % 0.25 for note in pattern.notes)
    assert len({note.velocity for note in pattern.notes}) > 3


def test_a_line_stays_in_the_key_and_chords_that_are_asked_for(studio: Studio) -> None:
    setting = Setting(key=Key(4, "minor"), chords=read_progression("Em | C"))
    patterns = studio.generate(GenerateRequest(Role.MELODY, bars=4, count=4, setting=setting, engine="chords"))

    pitches = {note.pitch % 12 for pattern in patterns for note in pattern.notes}
    assert pitches <= Key(4, "minor").pitch_classes


def test_an_added_trio_plays_three_parts_together(studio: Studio) -> None:
    setting = Setting(key=Key(2, "major"))
    trios = studio.generate_trio(TrioRequest(bars=6, count=2, setting=setting, engine="trio"))

    assert len(trios) == 2
    assert trios[0] != trios[1]
    for trio in trios:
        assert [part.role for part in trio.parts] == [Role.MELODY, Role.BASS, Role.DRUMS]
        assert all(part.length == 24.0 and part.notes for part in trio.parts)
        assert {note.pitch % 12 for part in trio.parts[:2] for note in part.notes} <= Key(2, "major").pitch_classes


@pytest.mark.parametrize(("engine", "role"), ROLES.items())
def test_lines_and_variations_go_through_an_added_model(studio: Studio, engine: str, role: Role) -> None:
    first, last = ends(studio, engine, role)
    setting = Setting(key=Key()) if role is Role.MELODY else Setting()

    line = studio.interpolate(InterpolateRequest((first, last), 4, setting=setting, engine=engine))
    assert (line[0], line[-1]) == (first, last)
    assert len(line) == 4
    same = studio.vary(VaryRequest(first, similarity=1.0, count=1, setting=setting, engine=engine))
    assert same[0].notes == first.notes
    others = studio.vary(VaryRequest(first, similarity=0.2, count=3, setting=setting, engine=engine))
    assert any(other.notes != first.notes for other in others)


def ends(studio: Studio, engine: str, role: Role) -> tuple[Pattern, Pattern]:
    first, last = studio.generate(GenerateRequest(role, count=2, seed=1, engine=engine))
    return first, last


@pytest.mark.parametrize(
    ("request_", "match"),
    [
        (GenerateRequest(engine="nothing"), "no engine 'nothing' for drums; added are"),
        (GenerateRequest(engine="chords"), "plays melody and no drums"),
        (GenerateRequest(engine="trio"), "plays trios"),
        (GenerateRequest(engine="added_drums", style="rock"), "no styles"),
        (GenerateRequest(engine="added_drums", setting=Setting(meter=Meter(3, 4))), "4/4"),
    ],
)
def test_what_an_added_model_cannot_do_is_said(studio: Studio, request_: GenerateRequest, match: str) -> None:
    with pytest.raises(UnknownNameError, match=match):
        studio.generate(request_)


def test_a_trio_of_a_model_that_plays_none_is_refused(studio: Studio) -> None:
    with pytest.raises(UnknownNameError, match="no trios"):
        studio.generate_trio(TrioRequest(engine="added_drums"))


def test_a_trio_can_be_asked_of_the_algorithmic_engine(studio: Studio) -> None:
    (trio,) = studio.generate_trio(TrioRequest(bars=2, engine="algorithm"))

    assert all(part.notes for part in trio.parts)


def test_without_a_folder_there_are_no_added_models() -> None:
    with pytest.raises(UnknownNameError, match="no engine 'nothing' for drums"):
        open_studio("numpy").generate(GenerateRequest(engine="nothing"))
