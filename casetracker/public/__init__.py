"""What anyone may read: published documents, the API and the pages."""
