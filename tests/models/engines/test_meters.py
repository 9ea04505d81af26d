import numpy as np
import pytest

from groovescape_models.encoding.drums import to_hits
from groovescape_models.engines.engine import GenerateRequest, Setting
from groovescape_models.engines.studio import Studio, open_studio
from groovescape_models.music.drumkit import Drum
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
