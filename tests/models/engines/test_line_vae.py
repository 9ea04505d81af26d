import numpy as np
import pytest

from groovescape_models.encoding.harmony import condition_of
from groovescape_models.encoding.lines import FIRST_NOTE, NOTE_OFF, TOKEN_COUNT, Tokens
from groovescape_models.engines.library import Library
from groovescape_models.engines.line_vae import OUT_OF_RANGE, LineVae, line_grids
from groovescape_models.music.chords import read_progression
from groovescape_models.music.key import Key
from groovescape_models.music.pattern import Note, Pattern, Role

C_AND_G = condition_of(Key(), read_progression("C | G"), 2)[None]


def note(pitch: int) -> int:
    return pitch - 21 + FIRST_NOTE


def tune(start: int = 60) -> Tokens:
    """Return two bars that walk up, rest, and come back, (1, 32)."""
    tokens = np.zeros((1, 32), np.int16)
    for step, above in ((0, 0), (4, 2), (8, 4), (12, 5), (16, 7), (22, 4), (24, 2), (28, 0)):
        tokens[0, step] = note(start + above)
    tokens[0, 20] = NOTE_OFF
    return tokens


@pytest.fixture(scope="module", params=[Role.MELODY, Role.BASS])
def model(request: pytest.FixtureRequest) -> LineVae:
    return Library().lines[request.param]()


def home(model: LineVae) -> int:
    return 60 if model.role is Role.MELODY else 36


def test_a_simple_line_comes_back_from_its_place(model: LineVae) -> None:
    tokens = tune(home(model))

    back = model.decode(model.encode(tokens, C_AND_G)[0], condition=C_AND_G)

    assert (back == tokens).mean() >= 30 / 32
    assert back.dtype == np.int16


def test_corrections_make_any_line_come_back_exactly(model: LineVae) -> None:
    rng = np.random.default_rng(0)
    strange = np.where(rng.random((6, 32)) < 0.5, note(home(model)) + rng.integers(-8, 14, (6, 32)), 0).astype(np.int16)
    z = rng.standard_normal((6, model.latent_size)).astype(np.float32)

    noise = model.corrections(z, strange)

    assert noise.shape == (6, 32, TOKEN_COUNT)
    assert (model.decode(z, noise) == strange).all()


def test_what_the_network_plays_by_itself_needs_no_correction(model: LineVae) -> None:
    z = np.random.default_rng(1).standard_normal((4, model.latent_size)).astype(np.float32)
    own = model.decode(z)

    assert np.count_nonzero(model.corrections(z, own)) <= 4


def test_logits_are_of_all_tokens_and_only_pitches_of_the_role_are_likely(model: LineVae) -> None:
    z = np.zeros((1, model.latent_size), np.float32)

    logits = model.logits(z, tune(home(model)))[0]

    assert logits.shape == (32, TOKEN_COUNT)
    assert (logits[:, note(108)] == OUT_OF_RANGE).all()
    assert (logits[:, note(home(model))] > OUT_OF_RANGE).all()


def test_noise_decides_and_the_same_noise_gives_the_same_notes(model: LineVae) -> None:
    z = np.random.default_rng(2).standard_normal((8, model.latent_size)).astype(np.float32)
    first, other = (model.draw_noise(np.random.default_rng(seed), 8) for seed in (1, 2))

    assert (model.decode(z, first, 0.9) == model.decode(z, first, 0.9)).all()
    assert (model.decode(z, first, 0.9) != model.decode(z, other, 0.9)).any()
    assert (model.decode(z, first, 1e-4) == model.decode(z)).mean() > 0.99


def test_the_bar_before_is_heard(model: LineVae) -> None:
    z = np.random.default_rng(3).standard_normal((16, model.latent_size)).astype(np.float32)
    past = np.repeat(tune(home(model))[:, :16], 16, axis=0)

    assert (model.decode(z, past=past) != model.decode(z)).any()
    assert (model.decode(z, past=np.full((16, 16), -1, np.int16)) == model.decode(z)).all()


def test_chords_move_a_line_and_its_place_keeps_the_rhythm(model: LineVae) -> None:
    z = model.encode(tune(home(model)), C_AND_G)[0]
    other = condition_of(Key(), read_progression("F | Am"), 2)[None]

    here, there = model.decode(z, condition=C_AND_G), model.decode(z, condition=other)

    assert ((here >= FIRST_NOTE) == (there >= FIRST_NOTE)).mean() > 0.85


def test_patterns_become_two_bars_whatever_their_length() -> None:
    one = Pattern((Note(0.0, 1.0, 60, 90),), 4.0, role=Role.MELODY)
    four = Pattern((Note(0.0, 1.0, 60, 90), Note(9.0, 1.0, 62, 90)), 16.0, role=Role.MELODY)

    grids, condition = line_grids((one, four))

    assert grids.shape == (2, 32)
    assert condition is None
    assert (grids[0, :16] == grids[0, 16:]).all()
