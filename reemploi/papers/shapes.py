"""The data each document is printed from. Every text is already worded, dated and translated for its reader.

An empty string or an empty list leaves the line out. Dates, money and capacities are texts, as they shall be printed.
"""

from typing import Literal, TypedDict

from reemploi.papers.signatures import Drawing

Result = Literal["erased", "no_medium", "removed", "destroyed"]


class Association(TypedDict):
    """Letterhead. `lines`: address, contact, identifiers (RNA, SIREN), one text per printed line."""

    name: str
    lines: list[str]


class Paper(TypedDict):
    """What every document holds.

    `duplicate`: sentence under the mention DUPLICATA; `mention`: sentence under the title (« Annule et remplace … »);
    `text_version`: version of the texts used; `copies`: one full print of the document for each (« Exemplaire de … »).
    """

    language: Literal["fr", "en"]
    title: str
    number: str
    date: str
    association: Association
    verify_at: str
    duplicate: str
    mention: str
    text_version: str
    copies: list[str]


class Clause(TypedDict):
    """A block of a versioned text: a heading and paragraphs separated by line ends."""

    heading: str
    text: str


class Signer(TypedDict):
    """A place to sign; `drawing` is None on paper to be signed by hand."""

    role: str
    name: str
    signed_on: str
    drawing: Drawing | None


class Party(TypedDict):
    """Someone who is part of an agreement. `lines`: address, contact."""

    name: str
    lines: list[str]
    represented_by: str


class Donor(TypedDict):
    """Who gives. `kind`: individual, company, public body…; `identifier`: SIRET or RNA."""

    kind: str
    name: str
    identifier: str
    address: str
    contact: str
    signatory: str


class GoodsLine(TypedDict):
    """A counted line of a delivery; `storage`: yes, no, possible."""

    kind: str
    count: int
    storage: str
    weight: str
    remarks: str


class KnownSerial(TypedDict):
    """A device whose serial number was noted at the door."""

    kind: str
    model: str
    serial: str


class ReceptionSlip(Paper):
    """`reception_slip`, D2 of the list of documents: what was taken over from a donor."""

    donor: Donor
    collected_on: str
    collected_at: str
    collector: str
    entered_as: str
    legal_origin: str
    goods: list[GoodsLine]
    total_count: int
    total_weight: str
    serials: list[KnownSerial]
    transfer: str
    reservations: str
    signers: list[Signer]


class MediumLine(TypedDict):
    """One storage medium and what became of it; for `no_medium` the medium's own fields are empty.

    `result_note` completes the result (who looked, what became of the part); `evidence` says how the proof came.
    """

    tag: str
    device: str
    device_serial: str
    medium_model: str
    medium_serial: str
    kind: str
    capacity: str
    method: str
    level: str
    tool: str
    tool_version: str
    start: str
    end: str
    verification: str
    result: Result
    result_note: str
    operator: str
    verifier: str
    evidence: str


class PhoneLine(TypedDict):
    """One phone or tablet: `locks` lists each lock and how it was found."""

    tag: str
    device: str
    imei: list[str]
    reset: str
    locks: list[str]
    operator: str
    verifier: str
    evidence: str


class ErasureCertificate(Paper):
    """`erasure_certificate`, D5: for a delivery or for one device, which `scope` names."""

    scope: str
    statement: str
    media: list[MediumLine]
    phones: list[PhoneLine]
    notes: list[Clause]
    signers: list[Signer]


class LentDevice(TypedDict):
    """A device of an agreement; `value` is what replacing it would cost."""

    tag: str
    device: str
    serial: str
    accessories: list[str]
    state: str
    value: str


class LoanAgreement(Paper):
    """`loan_agreement`, D9. `signatory`: who signs for the borrower, and as what; `end`: date or « sans terme »."""

    lender: Party
    borrower: Party
    signatory: str
    co_borrower: str
    interpreter: str
    read_aloud_by: str
    witness: str
    devices: list[LentDevice]
    total_value: str
    purpose: str
    start: str
    end: str
    renewal: str
    return_place: str
    clauses: list[Clause]
    liability_cap: str
    deposit: str
    charter: str
    help_contact: str
    notice: str
    signers: list[Signer]


class CededDevice(TypedDict):
    """A device given or sold; `refurbished` only when every function was tested and all data removed."""

    tag: str
    device: str
    serial: str
    accessories: list[str]
    state: str
    origin: str
    refurbished: bool
    price: str
    price_cap: str


class Sale(TypedDict):
    """What a sale adds to a gift."""

    total: str
    vat: str
    paid_by: str
    mediator: str
    guarantee: str


class GiftCertificate(Paper):
    """`gift_certificate`, D11: gift, or sale when `sale` is not None."""

    giver: Party
    recipient: Party
    devices: list[CededDevice]
    given_on: str
    sale: Sale | None
    undertakings: list[Clause]
    help_contact: str
    notice: str
    signers: list[Signer]
