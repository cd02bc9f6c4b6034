"""The API: what is public as JSON, from the same frozen documents as the pages."""
