"""What whoever runs a site does with it as a whole: back it up, restore it."""
