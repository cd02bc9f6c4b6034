"""Comparisons with peers: ratios within one run, because absolute figures do not travel."""
