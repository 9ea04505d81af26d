"""Music and machine learning of Groovescape: no Qt, no devices, no clock."""
