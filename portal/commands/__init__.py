"""The sub-commands of ``portal``, by what they are for."""
