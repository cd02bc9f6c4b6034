"""Năm Rõ: two doors, one valve."""

__version__ = "0.1.0"
