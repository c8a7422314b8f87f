"""Search across all that is published: what is indexed, how a query is read, and what fits it.

Both databases index the same words of ours (`tokens`) with what they bring along (`engine`), so that both give the
same answers. See docs/adr/0027.
"""
