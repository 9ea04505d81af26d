"""Take the pictures of the README: ./run python packaging/screenshots.py docs [SCALE]. Needs no screen.

The real window: drums with a stroke over the pad, a groove chosen and the density picture drawn; then each other role,
the map, variations, and a groove between four others with its intensity drawn over the bars.
"""

import os
import sys
import tempfile
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_SCALE_FACTOR"] = sys.argv[2] if len(sys.argv) > 2 else "1"

from PySide6.QtCore import QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from groovescape.bench_session import mouse
from groovescape.composition import Program, build_window
from groovescape.groove_commands import DrawIntensity
from groovescape.problems import WELCOME
from groovescape_models.engines.groove_library import shipped_grooves
from groovescape_models.music.curve import Curve

SETTLE_MS = 2500
GROOVE = "groove"
SCENES = (
    ("melody", ("melody", "generate")),
    ("trio", ("trio", "generate")),
    ("map", ("drums", "pad_map")),
    (GROOVE, ("pad_grooves", "automate")),
)
"""Pictures of the dark window, and the actions that lead from one to the next."""
CURVE = Curve(((0.0, 0.2), (3.0, 0.5), (5.0, 1.3), (7.0, 0.9)))
STROKE = ((0.5, 0.5), (0.56, 0.44), (0.62, 0.36), (0.68, 0.33), (0.74, 0.36))


def main(folder: Path) -> None:
    """Write screenshot-dark.png, screenshot-light.png, and one picture of each scene."""
    application = QApplication([])
    with tempfile.TemporaryDirectory() as home:
        program = build_window(application, Path(home), Path(home))
        loop = QEventLoop()
        program.corners.filled.connect(loop.quit)
        program.window.resize(1280, 800)
        program.window.show()
        loop.exec()
        rest()
        draw(program)
        program.groove.choose(shipped_grooves()[0].facts.id)
        rest()
        for scheme in ("dark", "light"):
            program.look.choose(scheme)
            rest()
            program.status.show(WELCOME)  # whether the machine that takes the picture has sound says nothing
            rest(100)
            program.window.grab().save(str(folder / f"screenshot-{scheme}.png"))
        program.look.choose("dark")
        for name, actions in SCENES:
            for action in actions:
                program.actions[action].trigger()
                rest()
            if name == GROOVE:
                draw(program)
                program.document.apply(DrawIntensity(CURVE))
                rest()
            program.status.show(WELCOME)
            rest(100)
            program.window.grab().save(str(folder / f"screenshot-{name}.png"))
        program.window.close()


def draw(program: Program) -> None:
    """Drag the point over the pad."""
    mouse(program.window.pad, QEvent.Type.MouseButtonPress, *STROKE[0])
    for point in STROKE[1:]:
        mouse(program.window.pad, QEvent.Type.MouseMove, *point)
        rest(120)
    mouse(program.window.pad, QEvent.Type.MouseButtonRelease, *STROKE[-1])


def rest(duration_ms: int = SETTLE_MS) -> None:
    """Let the window do what it has to."""
    loop = QEventLoop()
    QTimer.singleShot(duration_ms, loop.quit)
    loop.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
