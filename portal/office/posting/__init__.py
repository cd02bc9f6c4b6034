"""Paper copies on boards (niêm yết): where they hang, since when, until when, and by which minutes."""
