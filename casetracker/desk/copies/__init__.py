"""Sources that may be copies of one another: the list of them, and what a person does about a pair."""
