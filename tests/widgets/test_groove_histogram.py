import math
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from groovescape_models.engines.groove_library import shipped_grooves
from groovescape_models.music.groove_template import GrooveFacts, GrooveTable, GrooveTemplate
from groovescape_models.music.pattern import Pattern
from groovescape_widgets.groove_distribution import LEAST_SPREAD_MS, counted, error_function, reference_of
from groovescape_widgets.groove_view import GrooveView
from groovescape_widgets.theme import apply_theme

WIDE = np.array([-1e6, 1e6])


def template(offset: float, velocity: float = 0.5, count: float = 4.0) -> GrooveTemplate:
    """Return a groove of one cell that is so many steps late and so loud."""
    hits = np.zeros((16, 9), np.float32)
    columns = [hits.copy() for _ in range(5)]
    for column, value in zip(columns, (count, velocity, 0.05, offset, 0.02), strict=True):
        column[0, 1] = value
    return GrooveTemplate(GrooveFacts("x", "X"), GrooveTable(*columns))


def test_a_groove_is_spread_around_its_medians_at_the_tempo_it_plays_at() -> None:
    slow, fast = (reference_of("X", [template(0.1)], [1.0], tempo_bpm) for tempo_bpm in (60.0, 120.0))
    assert slow is not None
    assert fast is not None
    assert slow.offsets.middles == pytest.approx([25.0])
    assert fast.offsets.middles == pytest.approx([12.5])
    assert slow.velocities.middles == pytest.approx([63.5])
    assert slow.offsets.within(np.array([-1e6, 25.0, 1e6])) == pytest.approx([0.5, 0.5])


def test_what_a_groove_does_comes_to_all_of_it() -> None:
    for groove in shipped_grooves()[:5]:
        known = reference_of("X", [groove], [1.0], 120.0)
        assert known is not None
        assert known.offsets.within(WIDE) == pytest.approx([1.0])
        assert known.velocities.within(WIDE) == pytest.approx([1.0])
        assert (known.offsets.widths >= LEAST_SPREAD_MS).all()


def test_a_mix_is_spread_by_the_shares_of_its_grooves() -> None:
    mix = reference_of("Mix", [template(0.0), template(0.2, count=40.0)], [0.25, 0.75], 120.0)
    assert mix is not None
    assert mix.offsets.within(np.array([-12.5, 12.5, 37.5])) == pytest.approx([0.25, 0.75], abs=1e-3)


def test_a_groove_without_hits_is_nothing_to_compare_with() -> None:
    assert reference_of("X", [template(0.1, count=0.0)], [1.0], 120.0) is None
    assert reference_of("X", [], [], 120.0) is None


def test_values_are_counted_those_beyond_the_edges_at_the_ends() -> None:
    edges = np.array([-10.0, 0.0, 10.0])
    assert counted([-99.0, -5.0, 0.0, 10.0, 99.0], edges).tolist() == [0.4, 0.6]
    assert counted([], edges).tolist() == [0.0, 0.0]


@pytest.fixture
def view(shown: Callable[..., GrooveView], beat: Pattern) -> GrooveView:
    widget = shown(GrooveView(), 480, 240)
    after = [replace(note, start=note.start + 0.04, velocity=note.velocity - 20) for note in beat.notes]
    widget.set_hits(beat, beat.notes, after, 120.0)
    widget.set_page("histogram")
    return widget


def test_the_page_shows_what_is_heard_beside_the_groove_in_both_dresses(view: GrooveView, dark: QApplication) -> None:
    plain = view.grab().toImage()
    view.set_reference(reference_of("Funk 117, pushed", [template(0.1)], [1.0], 120.0))
    compared = view.grab().toImage()
    assert compared != plain
    apply_theme(dark, "light")
    light = view.grab().toImage()
    assert all(light.pixelColor(x, y).lightnessF() > 0.5 for x, y in ((2, 2), (120, 60), (470, 60)))


def test_a_bin_that_is_pointed_at_gives_its_numbers(view: GrooveView) -> None:
    view.set_reference(reference_of("Funk 117", [template(0.16)], [1.0], 120.0))
    from groovescape_widgets.groove_histogram import GrooveHistogram

    page = view.findChild(GrooveHistogram)
    assert page is not None
    box = page.offsets.plot.getPlotItem().vb
    page.offsets.plot.scene().sigMouseMoved.emit(
        box.mapViewToScene(box.mapSceneToView(box.sceneBoundingRect().center()))
    )
    assert view.summary.text.endswith("% in the groove")
    assert " ms: " in view.summary.text
    page.offsets.plot.scene().sigMouseMoved.emit(box.sceneBoundingRect().topLeft() * -5)
    assert view.summary.text.startswith("mean")


def test_without_hits_the_page_says_what_to_do(view: GrooveView) -> None:
    view.set_hits(Pattern(), (), (), 120.0)
    from groovescape_widgets.groove_histogram import GrooveHistogram

    page = view.findChild(GrooveHistogram)
    assert page is not None
    assert not page.offsets.isVisible()


def test_the_plotting_library_is_loaded_when_the_page_is_first_opened() -> None:
    script = (
        "import sys; from PySide6.QtWidgets import QApplication; application = QApplication([])\n"
        "from groovescape_widgets.groove_view import GrooveView\n"
        "view = GrooveView(); loaded = ['pyqtgraph' in sys.modules, 'numpy' in sys.modules]\n"
        "view.set_page('histogram'); print(loaded, 'pyqtgraph' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[False, False] True"


def test_the_error_function_is_that_of_the_library() -> None:
    at = np.linspace(-4.0, 4.0, 401)
    assert error_function(at) == pytest.approx([math.erf(value) for value in at], abs=2e-7)
