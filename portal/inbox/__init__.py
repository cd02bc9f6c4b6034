"""What the public says: dropped in here by the public door, read by the desk, never shown back."""
