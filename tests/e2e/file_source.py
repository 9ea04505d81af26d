"""Any file manager: a window that a file can be dragged out of. file_source.py PATH"""

import sys

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag, QMouseEvent, QPixmap
from PySide6.QtWidgets import QApplication, QLabel


class Source(QLabel):
    """Lets its file be dragged."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(self.text())])
        drag = QDrag(self)
        drag.setMimeData(mime)
        picture = QPixmap(40, 20)
        picture.fill(Qt.GlobalColor.gray)
        drag.setPixmap(picture)
        drag.exec(Qt.DropAction.CopyAction)


def main() -> int:
    app = QApplication(sys.argv)
    source = Source(sys.argv[1])
    source.setWindowTitle("File source")
    source.resize(300, 120)
    source.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
