"""Erasure: its evidence, who verified it, its certificates; and the bench pages that show it beside the rest."""
