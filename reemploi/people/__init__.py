"""Who works here and with whom: associations, organisations, sites and places, members, roles, sign-in."""
