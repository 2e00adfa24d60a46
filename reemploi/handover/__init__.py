"""Handover: loans and gifts to households, their papers, signatures, returns and reminders."""
