"""Data of Groovescape: weights, grooves, styles, icons, found through importlib.resources."""
