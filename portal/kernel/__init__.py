"""What every room stands on: database walls, unit of work, policy, wording, sealed text, clock, ids."""
