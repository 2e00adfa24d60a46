"""The kinds of documents: their names, and the version of each template."""

from collections.abc import Mapping

from reemploi.sentences import N_

TITLES: Mapping[str, str] = {
    "reception_slip": N_("Bon d'enlèvement"),
    "erasure_certificate": N_("Attestation d'effacement"),
    "loan_agreement": N_("Convention de prêt"),
    "gift_certificate": N_("Attestation de don"),
}

TEMPLATE_VERSIONS: Mapping[str, int] = {
    "reception_slip": 1,
    "erasure_certificate": 1,
    "loan_agreement": 1,
    "gift_certificate": 1,
}
"""Raised when a template changes what it prints: documents made before then print as duplicates."""
