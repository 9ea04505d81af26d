"""Music in the forms of other programs."""
