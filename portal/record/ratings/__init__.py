"""Released ratings as anybody may read them: figures of which no single answer can be recovered."""
