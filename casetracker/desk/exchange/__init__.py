"""Records out of spreadsheets and into them: what was meant, what it would do, and then all of it or nothing."""
