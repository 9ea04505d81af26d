"""Lines are brought to wanted attributes and keep their shape; a model that likes every note alike stands for any."""

import numpy as np
import pytest

from groovescape_models.encoding.lines import FIRST_NOTE, NOTE_OFF, TOKEN_COUNT
from groovescape_models.engines.harmony_mask import NOTE_CLASSES
from groovescape_models.engines.slider_scales import scales_of
from groovescape_models.latent.grid_attributes import TOKEN_ATTRIBUTES
from groovescape_models.latent.line_search import LineTask, search_line
from groovescape_models.latent.onset_edit import tidy, with_onsets
from groovescape_models.latent.rhythm_search import Goal
from groovescape_models.music.pattern import Role

C4 = 60 - 21 + FIRST_NOTE
WHITE = np.isin(np.arange(12), (0, 2, 4, 5, 7, 9, 11))
EVERYWHERE = np.ones(32, np.bool_)


def task() -> LineTask:
    """Return an arch in eighths and quarters, C major allowed."""
    tokens = np.zeros(32, np.int16)
    tokens[[0, 4, 6, 8, 12, 16, 20, 22, 24]] = C4 + np.array([0, 4, 5, 7, 9, 7, 5, 4, 2])
    tokens[28] = NOTE_OFF
    allowed = np.zeros((32, TOKEN_COUNT), np.bool_)
    allowed[:, FIRST_NOTE:] = WHITE[NOTE_CLASSES]
    return LineTask(tokens, np.zeros((32, TOKEN_COUNT), np.float32), allowed, EVERYWHERE)


def goals(name: str, share: float) -> list[Goal]:
    scales = scales_of(Role.MELODY)
    own = {other: float(measure(task().tokens[None])[0]) for other, measure in TOKEN_ATTRIBUTES.items()}
    wanted = own | {name: float(scales[name].value(share))}
    return [Goal(other, scales[other], wanted[other], 1.0 if other == name else 0.5) for other in TOKEN_ATTRIBUTES]


@pytest.mark.parametrize("name", list(TOKEN_ATTRIBUTES))
@pytest.mark.parametrize("share", [0.15, 0.5, 0.85])
def test_an_attribute_comes_where_it_is_wanted_and_the_others_stay(name: str, share: float) -> None:
    scales = scales_of(Role.MELODY)
    found = search_line(task(), goals(name, share))
    for goal in goals(name, share):
        value = float(TOKEN_ATTRIBUTES[goal.name](found[None])[0])
        allowance = 0.15 if goal.name == name else 0.1
        assert float(scales[goal.name].distance(np.array(value), goal.value)) < allowance, goal.name
    assert WHITE[(found[found >= FIRST_NOTE] - FIRST_NOTE + 21) % 12].all()


def test_a_line_that_is_there_already_stays() -> None:
    scales = scales_of(Role.MELODY)
    own = [Goal(n, scales[n], float(m(task().tokens[None])[0]), 1.0) for n, m in TOKEN_ATTRIBUTES.items()]
    assert (search_line(task(), own) == task().tokens).all()


def test_register_moves_the_line_and_keeps_its_rhythm_and_direction() -> None:
    before, after = task().tokens, search_line(task(), goals("register", 0.9))
    notes = before >= FIRST_NOTE
    assert ((after >= FIRST_NOTE) == notes).all()
    assert after[notes].mean() > before[notes].mean() + 3
    assert (np.sign(np.diff(after[notes])) == np.sign(np.diff(before[notes]))).mean() >= 0.7


def test_a_note_that_moves_by_a_step_keeps_its_pitch() -> None:
    before = task()
    wanted = before.tokens >= FIRST_NOTE
    wanted[[4, 5]] = [False, True]
    after = with_onsets(before.tokens, wanted, before.logits, before.allowed)
    assert (after[4], after[5]) == (0, before.tokens[4])


def test_a_new_note_in_silence_ends() -> None:
    before = task()
    wanted = np.zeros(32, np.bool_)
    wanted[8] = True
    after = with_onsets(np.zeros(32, np.int16), wanted, before.logits, before.allowed)
    assert after[8] >= FIRST_NOTE
    assert after[12] == NOTE_OFF
    assert (after != 0).sum() == 2


def test_what_does_not_sound_is_not_ended() -> None:
    tokens = np.zeros(32, np.int16)
    tokens[[2, 4, 8, 10]] = NOTE_OFF, C4, NOTE_OFF, NOTE_OFF
    assert np.flatnonzero(tidy(tokens)).tolist() == [4, 8]
