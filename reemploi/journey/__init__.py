"""The device and its path: the rule book, the device, its media, its journal, the one function that changes a status."""
