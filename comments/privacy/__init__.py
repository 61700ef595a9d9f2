"""What is kept of people: for how long, what they get of it, and how it is erased."""
