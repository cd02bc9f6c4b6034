"""What people say has been done about a commitment, counted so that nobody's answer can be recovered."""
