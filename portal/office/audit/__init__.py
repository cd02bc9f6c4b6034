"""Who did what and when: typed events, append-only, never with content."""
