"""XML from strangers: elements and texts alone, no document types or entities, and limits to what a file may hold."""

from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

MAX_DEPTH: Final = 32
MAX_ELEMENTS: Final = 500_000
_SEPARATOR: Final = " "


def parse_xml(data: bytes) -> Element:
    """Return the root of an XML text in UTF-8, its elements named without their namespaces.

    Raises ValueError if it is no XML, nests deeper than MAX_DEPTH, has more than MAX_ELEMENTS, or declares a document
    type: entities are declared there, and they can grow without limit or name other files.
    """
    reader = _Reader()
    parser = expat.ParserCreate("UTF-8", _SEPARATOR)
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = reader.text, reader.doctype
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise ValueError(f"it is no XML ({error})") from error
    return reader.builder.close()


@dataclass
class _Reader:
    """Builds elements from what the parser meets, and counts them."""

    builder: TreeBuilder = field(default_factory=TreeBuilder)
    depth: int = 0
    elements: int = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth, self.elements = self.depth + 1, self.elements + 1
        if self.depth > MAX_DEPTH or self.elements > MAX_ELEMENTS:
            raise ValueError(f"it holds more than {MAX_ELEMENTS} elements, or nests deeper than {MAX_DEPTH}")
        self.builder.start(name.rpartition(_SEPARATOR)[2], attributes)

    def end(self, name: str) -> None:
        self.depth -= 1
        self.builder.end(name.rpartition(_SEPARATOR)[2])

    def text(self, text: str) -> None:
        self.builder.data(text)

    def doctype(self, *_: object) -> None:
        raise ValueError("it declares a document type, which no Hydrogen file does")
