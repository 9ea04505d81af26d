"""What stands in the menus: the table that menus and keys are made from."""

from typing import TYPE_CHECKING, Final

from groovescape.actions import ActionRow, ChoiceRow, Row, Separator
from groovescape.look import THEME_CHOICES

if TYPE_CHECKING:
    from groovescape.composition import Program

LMMS_CHOICES: Final = (("auto", "Automatic"), ("1.2", "LMMS 1.2 to 1.3 alpha 1"), ("1.3", "LMMS development builds"))


def menu_rows(program: "Program") -> tuple[Row, ...]:
    """Return the table for a program."""
    return (*_file(program), *_edit(program), *_pattern(program), *_groove(program), *_view(program), *_help(program))


def _file(program: "Program") -> tuple[Row, ...]:
    files, version = program.files, program.settings.value.lmms_version
    return (
        ActionRow("new", "&File", "&New", "Ctrl+N", program.new),
        ActionRow("open", "&File", "&Open MIDI…", "Ctrl+O", files.ask_open),
        ActionRow("save", "&File", "&Save MIDI as…", "Ctrl+S", files.ask_save),
        Separator("&File"),
        ActionRow("add_model", "&File", "&Add model…", "", program.models.ask_add),
        ActionRow("soundfont", "&File", "Choose Sound&Font…", "", program.ask_soundfont),
        ChoiceRow("lmms", "&File", "&LMMS version", LMMS_CHOICES, version, program.drag.set_version),
        Separator("&File"),
        ActionRow("quit", "&File", "&Quit", "Ctrl+Q", program.window.close),
    )


def _edit(program: "Program") -> tuple[Row, ...]:
    return (
        ActionRow("undo", "&Edit", "&Undo", "Ctrl+Z", program.undo),
        ActionRow("redo", "&Edit", "&Redo", "Ctrl+Shift+Z", program.redo),
    )


def _pattern(program: "Program") -> tuple[Row, ...]:
    return (
        ActionRow("drums", "&Pattern", "&Drums", "Alt+1", lambda: program.role.choose("drums")),
        ActionRow("melody", "&Pattern", "&Melody", "Alt+2", lambda: program.role.choose("melody")),
        ActionRow("bass", "&Pattern", "&Bass", "Alt+3", lambda: program.role.choose("bass")),
        ActionRow("trio", "&Pattern", "&Trio", "Alt+4", lambda: program.role.choose("trio")),
        Separator("&Pattern"),
        ActionRow("play", "&Pattern", "&Play or stop", "Space", program.sound.toggle, repeats=False),
        ActionRow("generate", "&Pattern", "&New pattern", "Ctrl+G", program.generate.generate),
        ChoiceRow("style", "&Pattern", "&Style", (("", "Any style"),), "", program.aims.choose_style),
        ChoiceRow("engine", "&Pattern", "&Made by", (), "", program.aims.choose_engine),
        Separator("&Pattern"),
        ActionRow("variations", "&Pattern", "&Variations", "Ctrl+B", program.variations.ask),
        ActionRow("infill", "&Pattern", "Make the &rest anew", "Ctrl+R", program.locks.make_anew),
        ActionRow("unlock", "&Pattern", "&Unlock all", "Ctrl+U", program.locks.free),
        ActionRow("continue", "&Pattern", "Continue by 2 b&ars", "Ctrl+E", lambda: program.extend.extend(2)),
        Separator("&Pattern"),
        ActionRow("tap_drums", "&Pattern", "Drums from this rh&ythm", "Ctrl+J", program.drummer.play_drums),
        ActionRow("tap", "&Pattern", "&Tap a rhythm", "T", program.tapping.tap),
        ActionRow("add_hats", "&Pattern", "Add c&losed hats", "Ctrl+H", program.drummer.add_hats),
        Separator("&Pattern"),
        ActionRow("pad_corners", "&Pattern", "Pad: &corners", "Ctrl+1", lambda: program.map.choose("corners")),
        ActionRow("pad_map", "&Pattern", "Pad: ma&p", "Ctrl+2", lambda: program.map.choose("map")),
        ActionRow("pad_grooves", "&Pattern", "Pad: g&rooves", "Ctrl+3", lambda: program.map.choose("grooves")),
    )


def _groove(program: "Program") -> tuple[Row, ...]:
    desk = program.desk
    return (
        ActionRow("find_groove", "&Groove", "&Find a groove", "Ctrl+F", program.window.groove.search.start),
        ActionRow("star", "&Groove", "&Star the groove that is heard", "Ctrl+D", desk.star),
        ActionRow("no_groove", "&Groove", "&Without groove", "Ctrl+0", lambda: program.groove.choose(None)),
        Separator("&Groove"),
        ActionRow(
            "compare", "&Groove", "&Hear as written, or with the groove", "B", program.compare.press, repeats=False
        ),
        ActionRow("take_again", "&Groove", "Another &take", "Ctrl+T", desk.amounts.take_again),
        ActionRow("automate", "&Groove", "&Automate the groove", "Ctrl+Shift+A", lambda: program.automation.toggle()),
        Separator("&Groove"),
        ActionRow("take_groove", "&Groove", "Take the groove of this &pattern", "Ctrl+Shift+G", desk.take),
        ActionRow("import_groove", "&Groove", "&Import a groove…", "", desk.ask_import),
        ActionRow("save_groove", "&Groove", "Save the groove that is heard &as…", "", desk.ask_save),
    )


def _view(program: "Program") -> tuple[Row, ...]:
    theme = program.settings.value.theme
    return (ChoiceRow("theme", "&View", "&Theme", THEME_CHOICES, theme, program.look.choose),)


def _help(program: "Program") -> tuple[Row, ...]:
    return (
        ActionRow("shortcuts", "&Help", "&Keys…", "F1", program.show_shortcuts),
        ActionRow("about", "&Help", "&About Groovescape…", "", program.show_about),
    )
