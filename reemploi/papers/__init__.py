"""Documents: their data shapes, templates, fonts, typography and the engine that prints them."""
