"""Presentations: that a programme was heard at a conference, in which words; internal for ever (R07–R09)."""
