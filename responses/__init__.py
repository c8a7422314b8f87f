"""What governments and others answered."""
