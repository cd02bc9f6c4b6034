"""Results of administrative procedures of each unit, month by month, before anyone outside sees them."""
