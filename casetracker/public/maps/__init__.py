"""Maps: the shapes of countries as drawn, and where things are on the drawing."""
