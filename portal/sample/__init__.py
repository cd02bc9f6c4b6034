"""Invented programmes of any size, for trying and measuring; every figure says "số liệu minh họa"."""
