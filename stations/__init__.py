"""Overseas police stations, as reported."""
