"""Qt's own controls, flat and on the same tokens; written by rules so that no control keeps Fusion's gradients."""

from groovescape_widgets.tokens import RADIUS, SPACE_S, SPACE_XS, Colors, FontSize


def stylesheet_of(colors: Colors) -> str:
    """Return the style sheet of a scheme."""
    return _fields(colors) + _buttons(colors) + _lists(colors) + _chrome(colors)


def _fields(c: Colors) -> str:
    return f"""
QLineEdit, QAbstractSpinBox {{ background: {c.raised.name()}; color: {c.text.name()};
  border: 1px solid {c.line.name()}; border-radius: {RADIUS}px;
  selection-background-color: {c.accent.name()}; selection-color: {c.on_accent.name()}; }}
QLineEdit:focus, QAbstractSpinBox:focus {{ border: 1px solid {c.accent.name()}; }}
QAbstractSpinBox QLineEdit {{ background: transparent; border: none;
  padding: 0 {SPACE_S}px; }}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ width: 0; border: none; }}
QLineEdit {{ padding: 0 {SPACE_S}px; placeholder-text-color: {c.quiet.name()}; }}
QLineEdit[wrong="true"] {{ border: 1px solid {c.error.name()}; }}
QLineEdit:disabled, QAbstractSpinBox:disabled {{ color: {c.quiet.name()}; }}
"""


def _buttons(c: Colors) -> str:
    return f"""
QPushButton {{ background: {c.raised.name()}; color: {c.text.name()}; border: 1px solid {c.line.name()};
  border-radius: {RADIUS}px; padding: {SPACE_XS}px {SPACE_S + SPACE_XS}px; }}
QPushButton:hover, QPushButton:focus {{ border-color: {c.accent.name()}; }}
QPushButton:pressed {{ background: {c.line.name()}; }}
QPushButton:default {{ background: {c.accent.name()}; color: {c.on_accent.name()}; border-color: {c.accent.name()}; }}
QPushButton:disabled {{ color: {c.quiet.name()}; background: {c.panel.name()}; }}
"""


def _lists(c: Colors) -> str:
    return f"""
QAbstractItemView {{ background: {c.panel.name()}; color: {c.text.name()}; border: none; outline: none;
  selection-background-color: {c.accent.name()}; selection-color: {c.on_accent.name()}; }}
QComboBox QAbstractItemView {{ background: {c.raised.name()}; border: 1px solid {c.line.name()};
  padding: {SPACE_XS}px; }}
QListView#ideas {{ background: {c.raised.name()}; border: 1px solid {c.line.name()}; padding: {SPACE_XS}px; }}
QListView#ideas::item {{ padding: {SPACE_XS}px; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
QScrollBar::handle {{ background: {c.line.name()}; border-radius: 3px; margin: 2px;
  min-height: 24px; min-width: 24px; }}
QScrollBar::handle:hover {{ background: {c.quiet.name()}; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{ background: none;
  width: 0; height: 0; }}
"""


def _chrome(c: Colors) -> str:
    return f"""
QMenuBar {{ background: {c.ground.name()}; color: {c.text.name()}; padding: 2px {SPACE_S}px; }}
QMenuBar::item {{ padding: {SPACE_XS}px {SPACE_S}px; border-radius: {SPACE_XS}px; background: transparent; }}
QMenuBar::item:selected {{ background: {c.raised.name()}; }}
QMenu {{ background: {c.raised.name()}; color: {c.text.name()}; border: 1px solid {c.line.name()};
  padding: {SPACE_XS}px; }}
QMenu::item {{ padding: {SPACE_XS}px 24px {SPACE_XS}px {SPACE_S}px; border-radius: {SPACE_XS}px; }}
QMenu::item:selected {{ background: {c.accent.name()}; color: {c.on_accent.name()}; }}
QMenu::item:disabled {{ color: {c.quiet.name()}; background: transparent; }}
QMenu::separator {{ height: 1px; background: {c.line.name()}; margin: {SPACE_XS}px {SPACE_S}px; }}
QToolTip {{ background: {c.raised.name()}; color: {c.text.name()}; border: 1px solid {c.line.name()};
  padding: {SPACE_XS}px {SPACE_S}px; font-size: {FontSize.BODY.value}px; }}
QProgressBar {{ background: {c.raised.name()}; border: none; border-radius: 2px; }}
QProgressBar::chunk {{ background: {c.accent.name()}; border-radius: 2px; }}
QSplitter::handle {{ background: transparent; }}
"""
