"""The valve: the only code that knows both a draft and a public document."""
