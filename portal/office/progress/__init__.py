"""Figures and notes on how a commitment goes, before anyone outside sees them."""
