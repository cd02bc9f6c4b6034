"""Common guidance in a province or unit, and the calendar of reviews (facts R23, R24)."""
