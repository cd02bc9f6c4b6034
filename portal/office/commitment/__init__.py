"""Commitments while they are drafts: what they consist of and whether they are clear ("5 rõ")."""
