"""What an evaluation period counts from the record: facts and counts, never a grade or a score."""
