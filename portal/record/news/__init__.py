"""What is new in the record, as it is told to whoever follows: by letter, feed and calendar."""
