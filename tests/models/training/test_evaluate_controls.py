"""The figures of the sliders: what they are counted from, and what they show of the shipped ones."""

import numpy as np
import pytest

from groovescape_models.encoding.drums import to_hits
from groovescape_models.engines.engine import Setting
from groovescape_models.engines.slider_scales import scales_of
from groovescape_models.engines.studio import open_studio
from groovescape_models.engines.styles import shipped_styles
from groovescape_models.latent.grid_attributes import HIT_ATTRIBUTES
from groovescape_models.music.pattern import Role
from groovescape_models.training.control_cases import Cases
from groovescape_models.training.directions import fit_directions
from groovescape_models.training.evaluate_controls import ControlReport, measure_role, spearman


@pytest.fixture(scope="module")
def cases() -> Cases:
    """Return a few patterns of each style; the others are trained on."""
    patterns = tuple(pattern for style in shipped_styles(Role.DRUMS)[:4] for pattern in style.patterns[1:2])
    train = np.stack([to_hits(p) for style in shipped_styles(Role.DRUMS) for p in style.patterns[2:]])
    grids = np.stack([to_hits(pattern) for pattern in patterns])
    settings = (Setting(),) * len(patterns)
    return Cases(patterns, settings, grids, None, train, None, HIT_ATTRIBUTES, scales_of(Role.DRUMS))


def test_spearman() -> None:
    rising = np.arange(10.0)
    assert spearman(rising, rising**3) == pytest.approx(1.0)
    assert spearman(rising, -rising) == pytest.approx(-1.0)
    assert spearman(np.array([1.0, 1, 2, 2]), np.array([1.0, 2, 1, 2])) == pytest.approx(0.0)
    assert spearman(rising, np.ones(10)) == 0.0


def test_the_shipped_sliders_are_far_better_than_straight_directions(cases: Cases) -> None:
    # Four patterns only: the goals themselves, .97 and .15, are shown by evaluate controls on a hundred.
    report = measure_role(open_studio(), cases)
    assert report.patterns == len(cases.patterns)
    for row in report.sliders:
        assert row.control >= 0.8, row
        assert row.moved <= 0.03, row
        assert row.kept >= 0.6, row
        assert row.milliseconds < 100, row
    assert np.mean([row.control for row in report.sliders]) >= 0.93
    by_name = {row.name: row for row in report.sliders}
    for row in report.directions:
        assert by_name[row.name].control > row.control
    text = ControlReport((report,)).text()
    assert all(name in text for name in ("drums", "velocity accent", "straight direction", "leakage"))


def test_a_direction_raises_what_it_is_of(cases: Cases) -> None:
    model = open_studio().library.drums()
    directions = fit_directions(model, cases.train, None, HIT_ATTRIBUTES, cases.scales)
    less, more = (
        directions.moved(model, cases.grids, None, {"density": np.full(len(cases.grids), by)}) for by in (-0.4, 0.4)
    )
    assert more.sum() > cases.grids.sum() > less.sum()
