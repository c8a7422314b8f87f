"""Stations that may be the same: how alike two are, which pairs are, and what a person does about it."""
