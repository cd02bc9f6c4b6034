"""Answers of a cadre's office to what residents said, and themes that oblige it to answer."""
