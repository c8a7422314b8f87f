"""All addresses: of the public side, of the desk, and of both in one process."""
