import numpy as np
import pytest

from groovescape_models.encoding.lines import FIRST_NOTE, pitches_of, to_line
from groovescape_models.engines.engine import GenerateRequest, Setting
from groovescape_models.engines.generate_lines import LEAST_NOTES, RANGES, setting_key
from groovescape_models.engines.studio import Studio, open_studio
from groovescape_models.errors import Cancelled, UnknownNameError
from groovescape_models.music.chords import read_progression
from groovescape_models.music.key import Key, read_key
from groovescape_models.music.pattern import Pattern, Role

LINES = (Role.MELODY, Role.BASS)
FOUR_CHORDS = read_progression("C | Am | F | G7")
PLAIN = Setting(key=Key(), chords=FOUR_CHORDS)


@pytest.fixture(scope="module")
def studio() -> Studio:
    return open_studio()


def chord_tones(pattern: Pattern, setting: Setting) -> tuple[int, int]:
    """Return how many notes on first and third beats are of their bar's chord, and how many there are."""
    strong = [note for note in pattern.notes if note.start % 2 == 0]
    chords = [setting.chords[int(note.start // 4) % len(setting.chords)] for note in strong]
    right = [note.pitch % 12 in chord.pitch_classes for note, chord in zip(strong, chords, strict=True) if chord]
    return sum(right), len(right)


@pytest.mark.parametrize("role", LINES)
@pytest.mark.parametrize("bars", [1, 2, 3, 4, 8])
def test_a_line_has_the_bars_asked_for_and_is_no_silence(studio: Studio, role: Role, bars: int) -> None:
    for pattern in studio.generate(GenerateRequest(role, bars, seed=5, count=4, setting=PLAIN)):
        assert pattern.role is role
        assert pattern.length == 4.0 * bars
        assert len(pattern.notes) >= LEAST_NOTES * bars


@pytest.mark.parametrize("role", LINES)
@pytest.mark.parametrize("key", ["C", "F# minor", "D dorian", "Bb minor pentatonic", "A blues"])
def test_notes_are_in_the_key_and_in_range(studio: Studio, role: Role, key: str) -> None:
    lowest, highest = RANGES[role]
    for pattern in studio.generate(GenerateRequest(role, 4, seed=1, count=6, setting=Setting(key=read_key(key)))):
        assert all(read_key(key).holds(note.pitch) for note in pattern.notes)
        assert all(lowest <= note.pitch <= highest for note in pattern.notes)


@pytest.mark.parametrize(("role", "share"), [(Role.MELODY, 0.75), (Role.BASS, 0.9)])
def test_strong_beats_have_chord_tones(studio: Studio, role: Role, share: float) -> None:
    made = studio.generate(GenerateRequest(role, 4, seed=2, count=30, setting=PLAIN))
    counts = np.sum([chord_tones(pattern, PLAIN) for pattern in made], axis=0)

    assert counts[0] / counts[1] > share


def test_without_a_strict_key_the_network_may_leave_it(studio: Studio) -> None:
    odd = Setting(key=Key(0, "minor pentatonic"), strict_key=False)
    made = studio.generate(GenerateRequest(Role.MELODY, 4, seed=3, count=20, temperature=1.5, setting=odd))

    assert not all(odd.key is not None and odd.key.holds(note.pitch) for pattern in made for note in pattern.notes)


def test_more_lines_do_not_change_the_first_ones_and_seeds_decide(studio: Studio) -> None:
    few, many = (studio.generate(GenerateRequest(Role.BASS, seed=3, count=count)) for count in (2, 4))

    assert many[:2] == few
    assert studio.generate(GenerateRequest(Role.BASS, seed=4, count=2)) != few


@pytest.mark.parametrize("role", LINES)
def test_litert_and_numpy_draw_nearly_the_same_notes(role: Role) -> None:
    request = GenerateRequest(role, 2, seed=11, count=20, setting=PLAIN)
    pairs = zip(open_studio("litert").generate(request), open_studio("numpy").generate(request), strict=True)

    assert np.mean([(to_line(a) == to_line(b)).mean() for a, b in pairs]) > 0.97


@pytest.mark.parametrize("role", LINES)
def test_lines_sing_rather_than_jump_or_hammer(studio: Studio, role: Role) -> None:
    made = studio.generate(GenerateRequest(role, 4, seed=6, count=30, setting=PLAIN))
    tokens = [to_line(pattern) for pattern in made]
    steps = np.concatenate([np.diff(pitches_of(line[line >= FIRST_NOTE])) for line in tokens])

    assert np.abs(steps).mean() < 6.5
    assert (np.abs(steps) <= 12).mean() > 0.95
    assert 0.03 < (steps == 0).mean() < 0.45
    assert all(len({note.velocity for note in pattern.notes}) > 3 for pattern in made)


def test_phrases_are_alike_but_not_the_same(studio: Studio) -> None:
    made = studio.generate(GenerateRequest(Role.MELODY, 4, seed=8, count=30, setting=Setting(key=Key())))
    halves = [to_line(pattern).reshape(2, 32) for pattern in made]
    begun = [(half >= FIRST_NOTE) for half in halves]
    alike = np.mean([(a == b).mean() for a, b in begun])
    crossed = np.mean([(begun[i][0] == begun[i - 1][1]).mean() for i in range(30)])

    assert alike > crossed + 0.05
    assert sum(bool((a == b).all()) for a, b in halves) < 15


def test_the_key_is_that_of_the_chords_where_none_is_asked_for(studio: Studio) -> None:
    setting = Setting(chords=read_progression("Eb | Cm | Ab | Bb7"))
    (pattern,) = studio.generate(GenerateRequest(Role.BASS, 4, seed=1, setting=setting))

    assert setting_key(setting) == Key(3, "major")
    assert all(Key(3, "major").holds(note.pitch) for note in pattern.notes)
    assert setting_key(Setting()) == Key()


def test_bad_requests_and_cancelled_work_are_told(studio: Studio) -> None:
    with pytest.raises(ValueError, match="bars must be in 1..512, got 0"):
        studio.generate(GenerateRequest(Role.MELODY, 0))
    with pytest.raises(UnknownNameError, match="no style 'polka'"):
        studio.generate(GenerateRequest(Role.MELODY, style="polka"))
    with pytest.raises(Cancelled):
        studio.generate(GenerateRequest(Role.MELODY, seed=99), should_stop=lambda: True)
