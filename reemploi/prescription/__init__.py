"""Households, prescriptions under secrecy, the waiting list with its order explained, proposals, appointments."""
