"""Bringing a database to today's schema: Alembic revisions, append-only guards, grants."""
