"""Settings: base holds what is common; demo, test and production each import it and differ in little."""
