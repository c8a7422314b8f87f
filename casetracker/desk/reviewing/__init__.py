"""The page on which a record is reviewed: what readers would get, what changed, the facts with their evidence."""
