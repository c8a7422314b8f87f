"""The whole file of a record as one document that stands by itself, for a lawyer."""
