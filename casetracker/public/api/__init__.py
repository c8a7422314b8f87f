"""The public api."""
