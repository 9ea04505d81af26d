"""A groove for live input: what it says of a step and a drum, how much of it, and what it leaves alone."""

import numpy as np
import pytest

from groovescape_models.engines.groove_stream import Event
from groovescape_models.engines.live_groove import LiveGroove
from groovescape_models.music.feel import GrooveAmount
from groovescape_models.music.groove_template import GrooveFacts, GrooveTable, GrooveTemplate
from groovescape_models.music.timing import STEP, Meter

HAT, LANE = 42, 2
ALL = GrooveAmount(spread=0.0)


def template(offset: float = 0.2, velocity: float = 0.5, spread: float = 0.0, steps: int = 16) -> GrooveTemplate:
    """Hats on every second step, learned from so many hits that they are trusted, late by so many steps."""
    columns = {name: np.zeros((steps, 9), np.float32) for name in ("count", "velocity", "velocity_spread", "offset")}
    columns["count"][::2, LANE] = 1000
    columns["velocity"][::2, LANE] = velocity
    columns["velocity"][::4, LANE] = 2 * velocity
    columns["offset"][::2, LANE] = offset
    spreads = np.full((steps, 9), spread, np.float32)
    return GrooveTemplate(GrooveFacts("test", "Test"), GrooveTable(**columns, offset_spread=spreads))


def test_a_hit_is_played_as_its_step_says() -> None:
    groove = LiveGroove([template(0.2)], amount=ALL)
    for step in (0, 2, 14, 16, 1604):
        late, _ = groove.play(Event(step * STEP, HAT, 80))
        assert late == pytest.approx(0.9 * 0.2 * STEP, rel=0.01)  # the trust in a groove's timing


def test_the_first_hit_of_all_may_be_early() -> None:
    late, _ = LiveGroove([template(-0.3)], amount=ALL).play(Event(0.0, HAT, 80))
    assert late < -0.2 * STEP


def test_steps_and_drums_it_says_nothing_of_are_left_alone() -> None:
    groove = LiveGroove([template()], amount=ALL)
    assert groove.play(Event(STEP, HAT, 80)) == (0.0, 80)
    assert groove.play(Event(0.0, 36, 80)) == (0.0, 80)
    assert groove.play(Event(0.0, 10, 80)) == (0.0, 80)


def test_accents_are_played_around_the_input_or_instead_of_it() -> None:
    groove = LiveGroove([template(velocity=0.4)], amount=ALL)
    strong, weak = (groove.play(Event(step * STEP, HAT, 60))[1] for step in (0, 2))
    assert weak < 60 < strong
    own = groove.with_amount(GrooveAmount(respect=0.0, spread=0.0))
    assert [own.play(Event(step * STEP, HAT, 60))[1] for step in (0, 2)] == [102, 51]


def test_a_mix_lies_between_and_a_groove_that_says_nothing_does_not_count() -> None:
    ends = [LiveGroove([template(late)], amount=ALL).play(Event(0.0, HAT, 80))[0] for late in (0.0, 0.3)]
    middle = LiveGroove([template(0.0), template(0.3)], (0.5, 0.5), ALL).play(Event(0.0, HAT, 80))[0]
    assert middle == pytest.approx(sum(ends) / 2)
    silent = GrooveTemplate(GrooveFacts("silent", "Silent"), GrooveTable(*[np.zeros((16, 9), np.float32)] * 5))
    alone = LiveGroove([silent, template(0.3)], (0.5, 0.5), ALL).play(Event(0.0, HAT, 80))[0]
    assert alone == pytest.approx(ends[1])


def test_scatter_goes_by_the_seed_and_by_spread() -> None:
    steps = [Event(step * STEP, HAT, 80) for step in range(0, 400, 2)]

    def lates(spread: float, seed: int) -> list[float]:
        groove = LiveGroove([template(0.0, spread=0.1)], amount=GrooveAmount(spread=spread), seed=seed)
        return [groove.play(event)[0] / STEP for event in steps]

    assert lates(1.0, 1) == lates(1.0, 1) != lates(1.0, 2)
    assert np.mean(np.abs(lates(1.0, 1))) == pytest.approx(0.1, rel=0.3)
    assert np.mean(np.abs(lates(0.5, 1))) == pytest.approx(0.05, rel=0.3)


def test_a_triplet_stays_one_and_quantise_brings_home_what_is_off() -> None:
    groove = LiveGroove([template(0.0)], amount=ALL)
    assert groove.play(Event(1 / 12, HAT, 80))[0] == 0.0
    tight = groove.with_amount(GrooveAmount(quantise=1.0, spread=0.0))
    assert tight.play(Event(0.03, HAT, 80))[0] == pytest.approx(-0.03, abs=1e-9)


def test_other_meters_go_round_in_their_own_bars() -> None:
    groove = LiveGroove([template()], amount=ALL, meter=Meter(3, 4))
    assert groove.play(Event(0.0, HAT, 60)) == groove.play(Event(3.0, HAT, 60))


@pytest.mark.parametrize("meter", [Meter(1, 32), Meter(1, 64), Meter(5, 32), Meter(7, 32), Meter(3, 64)])
def test_bars_of_no_whole_sixteenths_are_played_and_go_round(meter: Meter) -> None:
    """Each sixteenth that falls on a bar line is played as the first of the groove."""
    groove = LiveGroove([template()], amount=ALL, meter=meter)
    on_bars = [step for step in range(64) if step * STEP % meter.bar_length == 0.0]
    first = groove.play(Event(0.0, HAT, 80))
    assert len(on_bars) > 4
    assert [groove.play(Event(step * STEP, HAT, 80)) for step in on_bars] == [pytest.approx(first)] * len(on_bars)


def test_a_mix_needs_a_weight_for_each_groove() -> None:
    with pytest.raises(ValueError, match="got 1 for 2 grooves"):
        LiveGroove([template(), template()])
