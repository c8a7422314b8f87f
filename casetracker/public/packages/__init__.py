"""Data packages: all that is published at one entry of the log, as files that can be cited.

`lists` says what is in one, `columns` what its columns mean, `descriptor` describes it, `building` writes it; `shelf`
is all that the public side needs of it: what lies there, and whether it may still be read.
"""
