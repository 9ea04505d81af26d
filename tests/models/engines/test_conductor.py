"""Four bars of drums or melody as a latent model, with the weights that ship."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from groovescape_models.encoding.drums import to_hits
from groovescape_models.encoding.harmony import condition_of
from groovescape_models.encoding.lines import to_line
from groovescape_models.engines.engine import GenerateRequest, Setting
from groovescape_models.engines.library import Library
from groovescape_models.engines.studio import open_studio
from groovescape_models.errors import UnknownNameError
from groovescape_models.latent.model import Grids, LatentModel
from groovescape_models.music.chords import read_progression
from groovescape_models.music.key import read_key
from groovescape_models.music.pattern import Role
from groovescape_models.music.timing import Meter

ROLES = (Role.DRUMS, Role.MELODY)
CHORDS = read_progression("C | Am | F | G")
CONDITION = condition_of(read_key("C"), CHORDS, 4)[None]


@cache
def model(role: Role) -> LatentModel:
    return Library().latent_model(role, 4)


@cache
def grids(role: Role) -> Grids:
    request = GenerateRequest(role, 4, seed=7, count=6, setting=Setting(key=read_key("C"), chords=CHORDS))
    patterns = open_studio().generate(request)
    drums = np.stack([to_hits(each) for each in patterns]) if role is Role.DRUMS else None
    return np.stack([to_line(each) for each in patterns]) if drums is None else drums


def told(count: int) -> np.ndarray:
    return np.repeat(CONDITION, count, axis=0)


@pytest.mark.parametrize("role", ROLES)
def test_it_says_what_it_is(role: Role) -> None:
    assert (model(role).role, model(role).steps) == (role, 64)


@pytest.mark.parametrize("role", ROLES)
def test_four_bars_come_back_nearly_as_they_were(role: Role) -> None:
    four = grids(role)
    mean, deviation = model(role).encode(four, told(len(four)))
    assert mean.shape == deviation.shape == (len(four), model(role).latent_size)
    assert (deviation > 0).all()
    back = model(role).decode(mean, condition=told(len(four)))
    assert back.shape == four.shape
    assert (back == four).mean() > 0.8


@pytest.mark.parametrize("role", ROLES)
def test_corrections_bring_them_back_exactly(role: Role) -> None:
    four = grids(role)
    mean, _ = model(role).encode(four, told(len(four)))
    noise = model(role).corrections(mean, four, told(len(four)))
    assert (model(role).decode(mean, noise, condition=told(len(four))) == four).all()


@pytest.mark.parametrize("role", ROLES)
def test_logits_say_what_is_played_next(role: Role) -> None:
    z = np.random.default_rng(0).standard_normal((3, model(role).latent_size)).astype(np.float32)
    played = model(role).decode(z, condition=told(3))
    logits = model(role).logits(z, played, told(3))
    likeliest = logits > 0 if role is Role.DRUMS else logits.argmax(-1)
    assert (likeliest == played).mean() > 0.99


@pytest.mark.parametrize("role", ROLES)
def test_noise_makes_other_draws(role: Role) -> None:
    rng = np.random.default_rng(0)
    z = np.zeros((4, model(role).latent_size), np.float32)
    noise = model(role).draw_noise(rng, 4)
    assert noise.shape[:2] == (4, 64)
    drawn = model(role).decode(z, noise, condition=told(4))
    assert not (drawn[0] == drawn[1]).all()
    assert (model(role).decode(z, noise, condition=told(4)) == drawn).all()


@pytest.mark.parametrize("role", ROLES)
def test_patterns_are_made_in_stretches_of_four_bars(role: Role) -> None:
    request = GenerateRequest(role, 6, seed=3, count=2, engine=f"{role}_4bar")
    first, second = open_studio().generate(request)
    assert first.role is role
    assert first.length == 24.0
    assert first.notes
    assert first.notes != second.notes
    assert open_studio().generate(replace(request, count=1)) == (first,)


def test_a_style_that_is_not_there_and_another_meter_are_refused() -> None:
    with pytest.raises(UnknownNameError, match="no style 'polka' of four bars; there are"):
        open_studio().generate(GenerateRequest(style="polka", engine="drums_4bar"))
    with pytest.raises(UnknownNameError, match="play 4/4, not 3/4"):
        open_studio().generate(GenerateRequest(engine="drums_4bar", setting=Setting(meter=Meter(3, 4))))
