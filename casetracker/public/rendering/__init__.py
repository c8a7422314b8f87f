"""From snapshots to what readers get: labels beside codes, bounds beside dates, links.

One rule for what is not known: a text, date or code that is empty is null, a list is empty.
"""
