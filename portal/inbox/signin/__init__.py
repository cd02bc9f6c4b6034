"""Taking part: who may speak and in which capacity, kept apart from what is said."""
