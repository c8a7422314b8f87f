"""Confidential sources: pages for cleared people, which for everybody else do not exist."""
