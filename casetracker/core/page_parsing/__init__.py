"""Taking web pages apart, by the standard library alone: `child` runs it in a process without files or network.

The other side is `casetracker.core.fetching.readable`.
"""
