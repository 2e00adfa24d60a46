"""Commands of `flask …`: prepare, demo, work, verify."""
