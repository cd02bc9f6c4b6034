"""Following by mail: who is written to about what, kept so that nobody can read whom."""
