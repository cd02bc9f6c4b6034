"""The append-only record: everything the public can ever see is a document here."""
