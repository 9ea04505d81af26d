"""Any other program: a window that takes dropped files and prints their paths, a line each."""

import sys

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel


class Target(QLabel):
    """Takes files."""

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        for url in event.mimeData().urls():
            sys.stdout.write(f"{url.toLocalFile()}\n")
        sys.stdout.flush()
        event.acceptProposedAction()


def main() -> int:
    app = QApplication(sys.argv)
    target = Target("Drop here")
    target.setAcceptDrops(True)
    target.setWindowTitle("Drop target")
    target.resize(300, 120)
    target.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
