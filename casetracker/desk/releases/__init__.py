"""Pages on which approved records are put together and published: at once, or at the end of an embargo."""
