"""Moderation: what residents say, from the inbox to a decision that anybody can check."""
