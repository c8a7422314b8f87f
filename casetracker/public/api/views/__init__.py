"""The views of the API."""
