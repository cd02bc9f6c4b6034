"""The two doors, and what they share: languages, formats, the stage for templates, headers."""
