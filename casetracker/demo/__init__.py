"""The demonstration: reference data and the people who publish it."""
