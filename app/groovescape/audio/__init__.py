"""Sound: FluidSynth, the loop transport and the output device. No Qt here.

Player is what the rest of the program uses; render_pattern is its offline twin. One thread, the audio callback, owns
everything below Player: the LoopClock, the Performance and the notes of the Synth. Other threads hand it values by
assigning one reference (a pattern, a tempo) or appending to a deque, which needs no lock in CPython.
"""
