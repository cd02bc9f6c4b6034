"""Administrative units with their history; the mandates held in them."""
