"""What the public says: ratings and words, appended by the public door and never read back by it."""
