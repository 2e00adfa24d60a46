"""Labels: codes, formats, contents and the sheets and rolls they are drawn on."""
