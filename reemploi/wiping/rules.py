"""Is this run the proof that this medium was erased? Rules 3 and 4 of evidence, as pure functions.

Levels are those of NIST SP 800-88 Rev. 2 (September 2025): overwriting is *Clear*, on magnetic and on flash media
alike; no overwriting is ever a *Purge*. Level and method derive from the log, never from what somebody typed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Literal

from reemploi.journey.identity import fold_serial, is_masked, is_placeholder, is_usable_serial
from reemploi.sentences import N_, Sentence, counted, sentence
from reemploi.wiping.runs import WipeRun

Level = Literal["clear", "purge", "destroy"]
LEVELS: dict[str, Level] = {"overwrite": "clear"}
FLASH = frozenset({"ssd", "nvme", "emmc", "usb", "sd"})

NO_CLOCK_BEFORE = datetime(2020, 12, 1)
"""nwipe 0.30, the oldest release read here, is of December 2020: an earlier time is that of a dead clock."""


LONGEST_LOGGED_SERIAL = 20
"""nwipe keeps twenty signs of a serial: a longer one cannot be proved equal."""


@dataclass(frozen=True)
class MediumFacts:
    """The medium to erase, as the device's record has it."""

    serial: str | None
    bytes: int | None = None
    kind: str | None = None
    model: str | None = None


@dataclass(frozen=True)
class Context:
    """What surrounds the file. Instants have a zone.

    `received_at`: when the service got the file. `dated_at`: when the capture stick or the server dated the bundle at
    the bench, for machines whose clock is dead. `clock_confirmed`, `second_person`: what people already confirmed.
    """

    received_at: datetime
    now: datetime
    zone: tzinfo
    last_in_hands_at: datetime | None = None
    dated_at: datetime | None = None
    clock_confirmed: bool = False
    second_person: bool = False
    file_already_used: bool = False
    serials_of_other_devices: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Verdict:
    """Accepted or not; `refusals` say why for good, `doubts` what people may still settle.

    `accepted` is true only with no refusal and no doubt left: waiting for a second person is not accepted.
    `erased_at` is the earliest instant the log's end may stand for.
    """

    accepted: bool
    refusals: tuple[Sentence, ...]
    level: Level
    method: Sentence
    needs_second_person: bool = False
    needs_clock_confirmation: bool = False
    doubts: tuple[Sentence, ...] = ()
    erased_at: datetime | None = None


def judge(run: WipeRun, medium: MediumFacts, context: Context) -> Verdict:
    """Judge one run as evidence for one medium. Raises nothing."""
    refusals = [*_serial(run, medium, context), *_result(run), *_counters(run), *_size(run, medium)]
    if context.file_already_used:
        refusals.append(sentence(N_("Ce journal a déjà servi de preuve : déposez celui de cet effacement.")))
    when = _when(run, context)
    refusals.extend(when.refusals)
    waits = when.second_person or when.confirmation
    return Verdict(
        accepted=not refusals and not waits,
        refusals=tuple(refusals),
        level=LEVELS[run.technique],
        method=_method(run),
        needs_second_person=not refusals and when.second_person,
        needs_clock_confirmation=not refusals and when.confirmation,
        doubts=() if refusals else when.doubts,
        erased_at=when.erased_at,
    )


def is_flash_overwritten(run: WipeRun, medium: MediumFacts) -> bool:
    """Whether cells out of reach may keep data: said on the certificate beside the level *Clear*."""
    return run.technique == "overwrite" and medium.kind in FLASH


def _serial(run: WipeRun, medium: MediumFacts, context: Context) -> Iterator[Sentence]:
    folded = fold_serial(run.serial)
    if not folded:
        yield sentence(N_("Le journal ne donne pas le numéro de série du disque : effacez-le hors du boîtier USB."))
    elif is_masked(run.serial):
        yield sentence(N_("Le numéro de série est masqué dans le journal : relancez nwipe sans l'option -q."))
    elif is_placeholder(run.serial) or not is_usable_serial(run.serial):
        yield sentence(
            N_("« %(serial)s » n'est pas un vrai numéro de série : ce disque demande deux personnes."),
            serial=run.serial,
        )
    elif not is_usable_serial(medium.serial):
        yield sentence(N_("Ce disque n'a pas de numéro de série enregistré : relevez-le avant de joindre une preuve."))
    elif len(folded) == LONGEST_LOGGED_SERIAL < len(fold_serial(medium.serial)):
        yield sentence(N_("nwipe coupe les longs numéros de série : ce disque demande deux personnes."))
    elif folded != fold_serial(medium.serial):
        yield sentence(
            N_("Ce journal concerne le disque %(serial)s, pas le disque %(expected)s : vérifiez le numéro de série."),
            serial=run.serial,
            expected=medium.serial,
        )
    if folded and folded in {fold_serial(serial) for serial in context.serials_of_other_devices}:
        yield sentence(
            N_("Le numéro de série %(serial)s est celui d'un disque d'un autre appareil : vérifiez."), serial=run.serial
        )
    if run.contradictions & {"serial", "shared_serial"}:
        yield sentence(N_("Le journal n'est pas clair sur le numéro de série du disque %(device)s."), device=run.device)


STATUS_REFUSALS = {
    "failed": N_("L'effacement du disque %(device)s a échoué : relancez-le, ou détruisez le disque."),
    "aborted": N_("L'effacement du disque %(device)s a été interrompu : relancez-le jusqu'au bout."),
    "unfinished": N_("Le journal s'arrête avant la fin de l'effacement de %(device)s : déposez le journal complet."),
    "inconsistent": N_("nwipe n'a pas su dire si le disque %(device)s est effacé : relancez l'effacement."),
}
CONTRADICTION_REFUSALS = {
    "tables": N_("Le tableau final du journal est incomplet ou abîmé : déposez le fichier d'origine."),
    "flag": N_("nwipe marque le disque %(device)s d'un « ! » : relancez l'effacement."),
    "error_line": N_("Le journal signale une erreur sur le disque %(device)s : relancez l'effacement."),
    "method": N_("La méthode d'effacement change au cours du journal : déposez le fichier d'origine."),
    "order": N_("Les lignes du journal ne se suivent pas : déposez le fichier d'origine."),
    "size": N_("La taille du disque %(device)s change au cours du journal : déposez le fichier d'origine."),
    "date": N_("Les dates du journal se contredisent : réglez l'horloge, puis relancez l'effacement."),
}


def _result(run: WipeRun) -> Iterator[Sentence]:
    if run.status != "erased":
        yield sentence(STATUS_REFUSALS.get(run.status, STATUS_REFUSALS["inconsistent"]), device=run.device)
    if run.only_verified:
        yield sentence(N_("nwipe a seulement relu le disque %(device)s, il n'a rien effacé."), device=run.device)
    if run.verification == "none":
        yield sentence(N_("La vérification était désactivée : relancez nwipe en vérifiant au moins la dernière passe."))
    elif run.status == "erased" and not run.only_verified and not _was_read_back(run):
        yield sentence(N_("Le journal ne montre pas la fin de la vérification : déposez le journal complet."))
    for name, msgid in CONTRADICTION_REFUSALS.items():
        if name in run.contradictions:
            yield sentence(msgid, device=run.device)


def _was_read_back(run: WipeRun) -> bool:
    return run.verification in ("last", "all") and run.verified and run.finished


def _counters(run: WipeRun) -> Iterator[Sentence]:
    counts = (run.pass_errors, run.verification_errors, run.sync_errors)
    known = [count for count in counts if count is not None]
    if any(known):
        yield counted(
            N_("nwipe a compté %(n)s erreur sur le disque %(device)s : relancez, ou détruisez le disque."),
            N_("nwipe a compté %(n)s erreurs sur le disque %(device)s : relancez, ou détruisez le disque."),
            sum(known),
            device=run.device,
        )
    if len(known) < len(counts) and run.status != "unfinished":
        yield sentence(N_("Le journal n'a pas les trois compteurs d'erreurs : utilisez nwipe 0.32 ou plus récent."))


def _size(run: WipeRun, medium: MediumFacts) -> Iterator[Sentence]:
    if run.bytes_total is None or run.bytes_erased is None:
        if run.status == "erased" and not run.only_verified:
            yield sentence(N_("Le journal ne dit pas combien d'octets ont été effacés : déposez le journal complet."))
    elif run.bytes_erased != run.bytes_total:
        yield sentence(
            N_("%(erased)s octets effacés sur %(total)s : relancez l'effacement du disque entier."),
            erased=run.bytes_erased,
            total=run.bytes_total,
        )
    if run.hidden_sectors:
        yield sentence(N_("Le disque a des secteurs cachés (HPA ou DCO) : rendez-les visibles, puis relancez."))
    if medium.bytes is not None and run.bytes_total is not None and medium.bytes != run.bytes_total:
        yield sentence(
            N_("Le journal parle d'un disque de %(total)s octets, celui-ci en a %(bytes)s."),
            total=run.bytes_total,
            bytes=medium.bytes,
        )


@dataclass
class _When:
    refusals: list[Sentence]
    doubts: tuple[Sentence, ...] = ()
    second_person: bool = False
    confirmation: bool = False
    erased_at: datetime | None = None


def _when(run: WipeRun, context: Context) -> _When:
    """Whether the log's times can be true, read as UTC (most live systems) and as the association's zone."""
    start, end = run.started_at, run.ended_at
    if start is None or end is None:
        return _When([sentence(N_("Le journal ne date pas l'effacement : déposez le journal complet."))])
    last = max(end, run.reported_at or end)
    if end < start or (run.reported_at or end) < end:
        return _When([sentence(N_("La fin de l'effacement précède son début : réglez l'horloge, puis relancez."))])
    clock_was_dead = start < NO_CLOCK_BEFORE
    if clock_was_dead and last < NO_CLOCK_BEFORE:
        return _with_dead_clock(context)
    readings = _readings(last if clock_was_dead else start, last, context.zone)
    verdicts = [list(_impossible(begun, ended, context)) for begun, ended in readings]
    sound = [reading for reading, faults in zip(readings, verdicts, strict=True) if not faults]
    if not sound:
        return _When(verdicts[0])
    if clock_was_dead:
        return _with_dead_clock(context)
    erased_at = min(ended for _begun, ended in sound)
    if len(sound) == len(readings) or context.second_person:
        return _When([], erased_at=erased_at)
    doubt = sentence(N_("L'heure du journal n'est possible que dans un fuseau sur deux : une autre personne confirme."))
    return _When([], (doubt,), second_person=True, erased_at=erased_at)


def _readings(start: datetime, end: datetime, zone: tzinfo) -> list[tuple[datetime, datetime]]:
    """The instants a log's times may stand for; the hour repeated in autumn stands for two."""
    readings = [(start.replace(tzinfo=UTC), end.replace(tzinfo=UTC))]
    for fold in (0, 1):
        local = tuple(moment.replace(tzinfo=zone, fold=fold).astimezone(UTC) for moment in (start, end))
        if (local[0], local[1]) not in readings:
            readings.append((local[0], local[1]))
    return readings


def _impossible(start: datetime, end: datetime, context: Context) -> Iterator[Sentence]:
    if end > context.now:
        yield sentence(N_("L'effacement finit dans le futur : réglez l'horloge de la machine, puis relancez."))
    elif end > context.received_at:
        yield sentence(N_("L'effacement finit après la réception du fichier : réglez l'horloge, puis relancez."))
    if context.last_in_hands_at is not None and start < context.last_in_hands_at:
        yield sentence(N_("Cet effacement date d'avant le dernier retour de l'appareil : effacez-le à nouveau."))


def _with_dead_clock(context: Context) -> _When:
    """The machine's own times say nothing: the stick's or the server's date stands in, else people confirm."""
    if context.dated_at is not None:
        faults = list(_impossible(context.dated_at, context.dated_at, context))
        return _When(faults, erased_at=None if faults else context.dated_at)
    if context.clock_confirmed:
        return _When([], erased_at=context.received_at)
    doubt = sentence(
        N_("L'horloge de la machine était arrêtée : confirmez la date des effacements de cette livraison.")
    )
    return _When([], (doubt,), confirmation=True)


METHODS = {
    "none": N_("%(tool)s %(version)s, %(method)s × %(rounds)s, sans vérification"),
    "last": N_("%(tool)s %(version)s, %(method)s × %(rounds)s, dernière passe vérifiée"),
    "all": N_("%(tool)s %(version)s, %(method)s × %(rounds)s, toutes les passes vérifiées"),
}


def _method(run: WipeRun) -> Sentence:
    return sentence(
        METHODS[run.verification or "none"],
        tool=run.tool,
        version=run.tool_version or "?",
        method=run.method or "?",
        rounds=run.rounds or "?",
    )
