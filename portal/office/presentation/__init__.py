"""Presentations: that a programme was heard at a conference, in which words. Internal for ever (facts R07–R09)."""
