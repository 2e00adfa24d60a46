"""Small commands, safe to run again: each file without a suffix is one, the modules hold what they do."""
