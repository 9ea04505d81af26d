import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from groovescape_models.encoding.drums import to_hits
from groovescape_models.engines.engine import GenerateRequest
from groovescape_models.engines.studio import open_studio
from groovescape_models.engines.style_files import read_style, style_of
from groovescape_models.engines.styles import read_styles, shipped_styles, style_named
from groovescape_models.errors import StyleError, UnknownNameError
from groovescape_models.music.pattern import Role

STOMP: dict[str, Any] = {
    "name": "Stomp",
    "role": "drums",
    "patterns": [[[step, 0, 110] for step in range(0, 32, 4)], [[step, 0, 90] for step in range(0, 32, 2)]],
}


def part(size: int, share: float = 1.0) -> dict[str, Any]:
    return {"share": share, "mean": [0.1] * size, "spread": [1.0] * size, "axes": [[0.2] * size]}


def write(folder: Path, facts: object, name: str = "mine.json") -> Path:
    place = folder / "styles" / "drums"
    place.mkdir(parents=True, exist_ok=True)
    (place / name).write_text(facts if isinstance(facts, str) else json.dumps(facts), encoding="utf-8")
    return place / name


def test_at_least_twelve_styles_ship_with_patterns_licence_source_and_a_region_of_the_shipped_weights() -> None:
    regions = open_studio().library.drum_regions()
    styles = shipped_styles()
    assert len(styles) >= 12
    assert [style.name for style in styles[:4]] == ["rock", "funk", "jazz", "latin"]
    for style in styles:
        assert style.region is not None
        assert regions.of(style) is style.region
        assert len(style.patterns) >= 12
        assert style.licence == "CC BY 4.0"
        assert "Groove MIDI Dataset" in style.source
        assert 40 < style.tempos_bpm[0] <= style.tempos_bpm[1] <= style.tempos_bpm[2] < 250
    assert math.isclose(sum(style.share for style in styles), 1.0, abs_tol=0.01)


def test_a_style_of_the_user_s_is_listed_and_played_like_its_patterns(tmp_path: Path) -> None:
    write(tmp_path, STOMP)
    studio = open_studio(folder=tmp_path)
    assert "stomp" in studio.styles()
    assert len(studio.style_pattern("STOMP").notes) == 8
    drawn = np.stack([to_hits(p) for p in studio.generate(GenerateRequest(style="stomp", count=12, seed=1))])
    anything = np.stack([to_hits(p) for p in studio.generate(GenerateRequest(count=12, seed=1))])
    assert drawn[:, ::4, 0].mean() > anything[:, ::4, 0].mean() + 0.2
    assert "stomp" not in open_studio().styles()


def test_a_region_of_other_weights_is_found_anew_from_the_patterns(tmp_path: Path) -> None:
    write(tmp_path, {**STOMP, "model": "drums_2bar", "weights": "0" * 64, "region": [part(96)]})
    library = open_studio(folder=tmp_path).library
    style = library.styles().named("stomp")
    assert style.region is not None
    found = library.drum_regions().of(style)
    assert found is not style.region
    assert found.latent_size == 96


def test_a_style_of_the_same_name_takes_the_place_of_the_shipped_one(tmp_path: Path) -> None:
    write(tmp_path, {**STOMP, "name": "rock"})
    assert len(read_styles(tmp_path).named("rock").patterns) == 2
    assert len(style_named("rock").patterns) > 2


def test_a_file_that_is_not_sound_is_left_out_with_a_sentence(tmp_path: Path) -> None:
    write(tmp_path, "{", "broken.json")
    write(tmp_path, STOMP)
    styles = read_styles(tmp_path)
    assert styles.named("stomp")
    assert len(styles.problems) == 1
    assert styles.problems[0].startswith("broken.json is not a sound style")


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"patterns": []}, "needs a name and a pattern"),
        ({"name": " "}, "needs a name and a pattern"),
        ({"role": "kazoo"}, "kazoo"),
        ({"patterns": [[[40, 0, 100]]]}, "step 0..31"),
        ({"patterns": [[[0, 0]]]}, "unpack"),
        ({"region": [part(4, math.nan)]}, "finite"),
        ({"region": [part(4, 0.2)]}, "sum to 1"),
        ({"region": [{"share": 1.0, "mean": [0.0, 0.0], "spread": [1.0]}]}, "as many"),
        ({"region": 7}, "iterable"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(tmp_path: Path, changed: dict[str, Any], told: str) -> None:
    path = write(tmp_path, {**STOMP, **changed})
    with pytest.raises(StyleError, match=told):
        read_style(path)


def test_a_name_that_is_missing_is_said_and_a_huge_file_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(StyleError, match="no 'patterns'"):
        read_style(write(tmp_path, {"name": "x", "role": "drums"}))
    with pytest.raises(StyleError, match="larger than"):
        read_style(write(tmp_path, " " * 4_100_000))


def test_a_style_of_melody_has_notes_and_an_unknown_style_names_those_that_are_there() -> None:
    line = {"length": 8.0, "notes": [[0, 1, 60, 100], [1, 0.5, 64, 90]]}
    style = style_of({"name": "tune", "role": "melody", "patterns": [line]})
    assert style.role is Role.MELODY
    assert [note.pitch for note in style.exemplar.notes] == [60, 64]
    with pytest.raises(UnknownNameError, match=r"polka.* drums.* rock"):
        style_named("polka")
