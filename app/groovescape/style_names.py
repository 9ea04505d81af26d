"""Styles as they are written for people; the data set writes them in one word."""

from typing import Final

_SPELLED: Final = {
    "afrocuban": "Afro-Cuban",
    "hiphop": "Hip-hop",
    "middleeastern": "Middle Eastern",
    "neworleans": "New Orleans",
}


def style_title(name: str) -> str:
    """Return the title of a style: 'New Orleans' for 'neworleans'."""
    return _SPELLED.get(name, name.capitalize())
