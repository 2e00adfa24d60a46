"""The bench: capture, diagnosis, own repairs, grade."""
