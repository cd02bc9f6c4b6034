"""Appraisal: a written opinion on every commitment, tasks assigned, the whole returned or approved."""
