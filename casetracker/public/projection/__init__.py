"""From the log to published documents, inside the publishing transaction.

Public data is a pure function of the log: everything here depends on the publication and on what
earlier publications left, and on nothing else.
"""
