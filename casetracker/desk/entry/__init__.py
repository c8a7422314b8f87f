"""What makes logging quick: dates as people write them, sources from their address."""
