"""Pages that gather what all stages know: home, search, a device."""
