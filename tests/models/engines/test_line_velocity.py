import numpy as np

from groovescape_models.encoding.lines import FIRST_NOTE, NOTE_OFF, Tokens
from groovescape_models.engines.line_velocity import line_velocity


def line(*notes: tuple[int, int], steps: int = 32) -> Tokens:
    """Return tokens with notes (step, pitch)."""
    tokens = np.zeros(steps, np.int16)
    for step, pitch in notes:
        tokens[step] = pitch - 21 + FIRST_NOTE
    return tokens


def test_notes_alone_have_velocities() -> None:
    tokens = line((0, 60), (6, 64))
    tokens[20] = NOTE_OFF

    assert (np.flatnonzero(line_velocity(tokens)) == [0, 6]).all()
    assert (line_velocity(line()) == 0).all()


def test_the_beat_is_louder_than_what_is_between_and_a_climb_grows() -> None:
    even = line_velocity(line(*((step, 60) for step in range(32))))
    rising = line_velocity(line(*((8 * step, 60 + 2 * step) for step in range(4))))

    assert (even[0::4] > even[1::4]).all()
    assert (even[0::8] > even[2::8]).all()
    assert rising[24] > rising[16] > rising[8]


def test_a_phrase_begins_louder_than_it_goes_on() -> None:
    velocities = line_velocity(line((0, 60), (16, 60), (18, 60), (20, 60), (22, 60), steps=24))

    assert velocities[16] > velocities[20]


def test_chance_is_in_the_generator_alone_and_velocities_stay_playable() -> None:
    tokens = line(*((step, 40 + 2 * step) for step in range(32)))
    first, again, other = (line_velocity(tokens, np.random.default_rng(seed)) for seed in (1, 1, 2))

    assert (first == again).all()
    assert (first != other).any()
    assert 40 / 127 < first.min() < first.max() <= 1.0
    assert len({round(float(v), 3) for v in first}) > 10
