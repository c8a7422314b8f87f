"""casetracker: a public, sourced record of covert overseas police stations."""

__version__ = "0.1.0"
