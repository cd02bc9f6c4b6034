"""Attesting who somebody is: code letters, so that no officer learns which account became whose."""
