"""The device and its path: the rule book, the device, its media, its journal, and what changes a status."""
