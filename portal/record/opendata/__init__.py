"""Open data: the public documents as tables in files, built by a follower and from nothing but the log."""
