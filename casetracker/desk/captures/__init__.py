"""The pages of archived copies: those of a source, one copy beside what is cited from it, and its files."""
