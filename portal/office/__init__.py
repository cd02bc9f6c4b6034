"""The desk's rooms. The public door never imports anything below here, not even indirectly."""
