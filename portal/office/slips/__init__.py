"""Paper slips: what people wrote at the counter, typed twice, with a receipt for each."""
