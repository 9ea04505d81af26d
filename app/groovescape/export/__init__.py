"""Ways out: MIDI files, WAV files, and clips for LMMS."""
