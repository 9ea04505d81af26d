"""Ways out: MIDI files, and clips, tracks and projects for LMMS."""
