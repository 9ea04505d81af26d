"""The Groovescape program: composes, decides, and talks to the outside."""
