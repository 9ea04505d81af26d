import numpy as np
import pytest

from groovescape_models.encoding.drums import to_hits
from groovescape_models.engines.engine import GenerateRequest, Setting
from groovescape_models.engines.studio import Studio, open_studio
from groovescape_models.music.chords import read_progression
from groovescape_models.music.drumkit import Drum
from groovescape_models.music.key import read_key
from groovescape_models.music.pattern import Role
from groovescape_models.music.timing import Meter


@pytest.fixture(scope="module")
def studio() -> Studio:
    return open_studio()


@pytest.mark.parametrize("meter", [Meter(3, 4), Meter(2, 4), Meter(6, 8), Meter(7, 8), Meter(12, 8)])
@pytest.mark.parametrize("bars", [1, 3])
def test_every_meter_gives_whole_bars(studio: Studio, meter: Meter, bars: int) -> None:
    for pattern in studio.generate(GenerateRequest(bars=bars, seed=1, count=3, setting=Setting(meter=meter))):
        assert (pattern.length, pattern.meter) == (bars * meter.bar_length, meter)
        assert pattern.notes


def test_a_waltz_of_the_network_has_its_kick_on_one(studio: Studio) -> None:
    request = GenerateRequest(bars=2, seed=4, count=40, setting=Setting(meter=Meter(3, 4)))
    kick = np.stack([to_hits(pattern)[:, Drum.KICK] for pattern in studio.generate(request)])

    assert kick.mean(0).reshape(2, 12).mean(0).argmax() == 0


def test_a_pattern_does_not_depend_on_how_many_are_asked_for(studio: Studio) -> None:
    setting = Setting(meter=Meter(3, 4))
    few, many = (studio.generate(GenerateRequest(seed=3, count=count, setting=setting)) for count in (1, 3))

    assert many[:1] == few


def test_a_waltz_bass_stands_on_the_chords_of_its_bars(studio: Studio) -> None:
    chords = read_progression("Am | F | C | G")
    setting = Setting(meter=Meter(3, 4), key=read_key("Am"), chords=chords)
    firsts = []
    for pattern in studio.generate(GenerateRequest(Role.BASS, 4, seed=5, count=8, setting=setting)):
        for note in (note for note in pattern.notes if note.start % 3.0 == 0.0):
            chord = chords[int(note.start // 3.0)]
            assert chord is not None
            firsts.append(note.pitch % 12 in chord.pitch_classes)
    assert len(firsts) > 20
    assert np.mean(firsts) > 0.85


def test_lines_in_short_meters_take_the_key_of_their_chords(studio: Studio) -> None:
    chords = read_progression("E | A | B7 | E")
    setting = Setting(meter=Meter(3, 4), key=None, chords=chords)
    (melody,) = studio.generate(GenerateRequest(Role.MELODY, 4, seed=2, setting=setting))
    of_e_major = {4, 6, 8, 9, 11, 1, 3}
    assert len(melody.notes) >= 4
    assert {note.pitch % 12 for note in melody.notes} <= of_e_major
