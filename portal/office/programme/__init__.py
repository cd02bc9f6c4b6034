"""Drafts: programmes, key tasks, commitments, disclosure marks, appraisal."""
