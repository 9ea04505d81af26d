"""Reading a MIDI file's bytes in order, so that every complaint can say where."""

from groovescape_models.errors import MidiError


class Cursor:
    """A place in the bytes of a file, between position and end.

    The one mutable value of the reader: it lives inside a single call of parse_midi.
    """

    __slots__ = ("_data", "_name", "end", "event", "position", "track")

    def __init__(self, data: bytes, name: str) -> None:
        self._data = data
        self._name = name
        self.position = 0
        self.end = len(data)
        self.track = 0
        self.event = 0

    @property
    def left(self) -> int:
        """Number of bytes before the end."""
        return self.end - self.position

    def byte(self) -> int:
        """Return the next byte."""
        if self.position >= self.end:
            raise self.broken("it ends in the middle of an event")
        self.position += 1
        return self._data[self.position - 1]

    def take(self, count: int) -> bytes:
        """Return the next bytes."""
        if count > self.left:
            raise self.broken(f"{count} more bytes are promised, {self.left} are there")
        self.position += count
        return self._data[self.position - count : self.position]

    def number(self) -> int:
        """Return the next number of variable length (at most four bytes, 0..268435455)."""
        value = 0
        for _ in range(4):
            byte = self.byte()
            value = value << 7 | byte & 0x7F
            if byte < 0x80:
                return value
        raise self.broken("a time or length has more than four bytes")

    def broken(self, what: str) -> MidiError:
        """Return the error that says what is wrong and at which byte, track and event (both count from 1)."""
        where = f"byte {self.position}"
        if self.track:
            where += f", track {self.track}, event {self.event}"
        return MidiError(f"{self._name} is a broken MIDI file ({where}): {what}.")

    def refused(self, what: str) -> MidiError:
        """Return the error that says which limit or rule a whole file breaks."""
        return MidiError(f"{self._name} cannot be read: {what}.")
