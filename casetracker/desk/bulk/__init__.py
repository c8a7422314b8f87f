"""Acts on a selection of records: a plan first, then all that it shows as possible, or nothing."""
