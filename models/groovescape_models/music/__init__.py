"""Values of music: notes, patterns, meters, drums, grooves, MIDI. Plain Python and NumPy."""
