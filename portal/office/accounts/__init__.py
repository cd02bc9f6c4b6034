"""Officers, their roles and their units."""
