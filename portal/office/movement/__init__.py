"""A post passes on: transfer, re-appointment, end of term, units merged or split (facts §2, §6.3)."""
