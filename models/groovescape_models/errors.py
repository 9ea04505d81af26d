"""The error tree.

GroovescapeError            anything the user can be told in a sentence: what is wrong, and what to do
  MidiError                 a MIDI file that cannot be read (where it broke is in the text)
  CheckpointError           weights that are missing, damaged or of another model
  DataSetError              training data that is missing or not what it should be
  StyleError                a style file that is not sound
  GrooveError               a groove file that is not sound, or a clip without a groove
  UnknownNameError          a style, groove or model that is not there (the text lists those that are)
  DependencyError           an optional package that is not installed (the text names the command)
  Cancelled                 work that was asked to stop; never shown
"""


class GroovescapeError(Exception):
    """Base of all errors that are shown to the user as one sentence."""


class MidiError(GroovescapeError):
    """A MIDI file cannot be read or written."""


class CheckpointError(GroovescapeError):
    """Weights are missing, damaged, or belong to another model."""


class DataSetError(GroovescapeError):
    """Training data is missing or not what it should be."""


class StyleError(GroovescapeError):
    """A style file is not sound."""


class GrooveError(GroovescapeError):
    """A groove file is not sound, or there is no groove in a clip."""


class UnknownNameError(GroovescapeError):
    """A style, groove or model is not known."""


class DependencyError(GroovescapeError):
    """An optional package is not installed."""


class Cancelled(GroovescapeError):  # noqa: N818  # not an error: an answer to a request to stop
    """Work was asked to stop."""
