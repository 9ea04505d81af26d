"""Sound: FluidSynth, the loop transport and the output device."""
