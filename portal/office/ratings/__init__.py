"""Counting what people say has been done about a commitment, so that nobody's answer can be recovered."""
