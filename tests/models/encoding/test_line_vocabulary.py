import numpy as np
import pytest

from groovescape_models.encoding.line_vocabulary import VOCABULARIES
from groovescape_models.encoding.lines import FIRST_NOTE, MAX_PITCH, MIN_PITCH, TOKEN_COUNT, pitches_of
from groovescape_models.music.pattern import Role

LINES = (Role.MELODY, Role.BASS)
ALL = np.arange(TOKEN_COUNT, dtype=np.int16)


@pytest.mark.parametrize("role", LINES)
def test_tokens_in_range_come_back_as_they_were(role: Role) -> None:
    vocabulary = VOCABULARIES[role]
    inside = vocabulary.places().astype(np.int16)

    assert (vocabulary.tokens(vocabulary.indices(inside)) == inside).all()
    assert (vocabulary.indices(inside) == np.arange(vocabulary.size)).all()


@pytest.mark.parametrize("role", LINES)
def test_pitches_out_of_range_keep_their_pitch_class(role: Role) -> None:
    vocabulary = VOCABULARIES[role]
    folded = pitches_of(vocabulary.tokens(vocabulary.indices(ALL)))[FIRST_NOTE:]

    assert ((folded - np.arange(MIN_PITCH, MAX_PITCH + 1)) % 12 == 0).all()
    assert folded.min() == vocabulary.lowest
    assert folded.max() == vocabulary.lowest + vocabulary.pitches - 1


def test_hold_and_note_off_are_the_same_everywhere() -> None:
    for role in LINES:
        assert VOCABULARIES[role].indices(ALL[:FIRST_NOTE]).tolist() == [0, 1]
