"""Evidence files (minh chứng): whatever comes in is refused or rebuilt; nothing is kept as it came."""
