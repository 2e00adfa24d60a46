"""Rules 3 and 4 of evidence: what is accepted, each reason of refusal, and what people may still settle."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reemploi.wiping.nwipe import read_log
from reemploi.wiping.rules import Context, MediumFacts, Verdict, is_flash_overwritten, judge
from reemploi.wiping.runs import WipeRun
from tests.wiping.log_builder import START, Disk, Log, build

PARIS = ZoneInfo("Europe/Paris")
(RUN,) = read_log(build())
MEDIUM = MediumFacts(serial="S4EVNX0M512347", bytes=250059350016, kind="ssd")
EVENING = datetime(2026, 9, 14, 18, 0, tzinfo=UTC)
CONTEXT = Context(received_at=EVENING, now=EVENING, zone=PARIS)


def verdict(run: WipeRun = RUN, medium: MediumFacts = MEDIUM, **context: Any) -> Verdict:
    return judge(run, medium, replace(CONTEXT, **context))


def why(refused: Verdict) -> str:
    assert not refused.accepted
    assert not refused.needs_second_person and not refused.needs_clock_confirmation and not refused.doubts
    return " ".join(map(str, refused.refusals))


def test_a_verified_overwriting_is_a_clear_and_never_more() -> None:
    accepted = verdict()
    assert accepted.accepted and not accepted.refusals and not accepted.doubts
    assert accepted.level == "clear"
    assert str(accepted.method) == "nwipe 0.42, PRNG Stream × 1, dernière passe vérifiée"
    assert accepted.erased_at is not None and accepted.erased_at <= EVENING
    every = Log(method="Gutmann Wipe", passes=35, verify="VA", rounds=2)
    (thorough,) = read_log(build(every))
    night = EVENING + timedelta(days=3)
    assert judge(thorough, MEDIUM, replace(CONTEXT, received_at=night, now=night)).level == "clear"


@pytest.mark.parametrize(("kind", "flash"), [("ssd", True), ("emmc", True), ("hdd", False), (None, False)])
def test_flash_is_told_on_the_certificate(kind: str | None, flash: bool) -> None:
    assert is_flash_overwritten(RUN, replace(MEDIUM, kind=kind)) is flash
    assert verdict(medium=replace(MEDIUM, kind=kind)).accepted


@pytest.mark.parametrize(
    ("serial", "words"),
    [
        (None, "ne donne pas le numéro de série"),
        ("", "ne donne pas le numéro de série"),
        ("????????????????????", "masqué"),
        ("XXXXXXXXXXXXXXXXXXXX", "masqué"),
        ("00000000", "pas un vrai numéro"),
        ("Default string", "pas un vrai numéro"),
        ("(S/N: unknown)", "pas un vrai numéro"),
        ("A1", "pas un vrai numéro"),
        ("S4EVNX0M512348", "concerne le disque S4EVNX0M512348"),
    ],
)
def test_serials_that_prove_nothing(serial: str | None, words: str) -> None:
    assert words in why(verdict(replace(RUN, serial=serial)))
    same = replace(MEDIUM, serial=serial)
    assert verdict(replace(RUN, serial=serial), same).accepted == (serial == "S4EVNX0M512348")


def test_serials_are_compared_folded() -> None:
    assert verdict(medium=replace(MEDIUM, serial=" s4evnx0m 512347")).accepted
    assert "relevez-le" in why(verdict(medium=replace(MEDIUM, serial=None)))


def test_a_serial_longer_than_nwipe_keeps_is_not_proved() -> None:
    long = replace(MEDIUM, serial="S4EVNX0M512347ABCDEFGH")
    assert "coupe les longs numéros" in why(verdict(replace(RUN, serial="S4EVNX0M512347ABCDEF"), long))


def test_a_serial_known_on_another_device_is_refused() -> None:
    assert "d'un autre appareil" in why(verdict(serials_of_other_devices=frozenset({"s4evnx0m512347"})))
    assert verdict(serials_of_other_devices=frozenset({"S4EVNX0M512348"})).accepted


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"status": "failed"}, "a échoué"),
        ({"status": "aborted"}, "interrompu"),
        ({"status": "unfinished"}, "avant la fin"),
        ({"status": "inconsistent"}, "pas su dire"),
        ({"status": "anything else"}, "pas su dire"),
        ({"only_verified": True}, "rien effacé"),
        ({"verification": "none"}, "vérification était désactivée"),
        ({"verification": None}, "fin de la vérification"),
        ({"verified": False}, "fin de la vérification"),
        ({"finished": False}, "fin de la vérification"),
        ({"pass_errors": 1}, "compté 1 erreur sur"),
        ({"verification_errors": 2}, "compté 2 erreurs sur"),
        ({"sync_errors": 1, "pass_errors": 4}, "compté 5 erreurs"),
        ({"sync_errors": None}, "trois compteurs"),
        ({"bytes_erased": 250059350015}, "250059350015 octets effacés sur 250059350016"),
        ({"bytes_erased": None}, "combien d'octets"),
        ({"bytes_total": None}, "combien d'octets"),
        ({"hidden_sectors": True}, "secteurs cachés"),
        ({"started_at": None}, "ne date pas"),
        ({"ended_at": None}, "ne date pas"),
        ({"ended_at": START - timedelta(seconds=1)}, "précède son début"),
        ({"reported_at": START}, "précède son début"),
        *(({"contradictions": frozenset({name})}, word) for name, word in
          {"tables": "tableau final", "flag": "« ! »", "error_line": "signale une erreur", "method": "méthode",
           "order": "ne se suivent pas", "size": "taille", "date": "dates", "serial": "pas clair",
           "shared_serial": "pas clair"}.items()),
    ],
)  # fmt: skip
def test_each_reason_of_refusal(change: dict[str, Any], words: str) -> None:
    assert words in why(verdict(replace(RUN, **change)))


def test_the_size_of_the_medium_is_that_of_the_log() -> None:
    assert "celui-ci en a 250059350017" in why(verdict(medium=replace(MEDIUM, bytes=250059350017)))
    assert verdict(medium=replace(MEDIUM, bytes=None)).accepted


def test_a_file_serves_once() -> None:
    assert "déjà servi" in why(verdict(file_already_used=True))


def test_an_erasure_before_the_last_return_is_refused() -> None:
    assert "dernier retour" in why(verdict(last_in_hands_at=EVENING))
    assert verdict(last_in_hands_at=datetime(2026, 9, 13, tzinfo=UTC)).accepted


def test_an_end_in_the_future_or_after_the_reception_is_refused() -> None:
    early = datetime(2026, 9, 14, 5, 0, tzinfo=UTC)
    assert "dans le futur" in why(verdict(received_at=early, now=early))
    assert "après la réception" in why(verdict(received_at=early))


def zoned(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 9, 14, hour, minute, tzinfo=UTC)


def test_times_possible_in_one_zone_only_need_a_second_person() -> None:
    between = {"received_at": zoned(9), "now": zoned(9)}
    doubtful = verdict(**between)
    assert not doubtful.accepted and doubtful.needs_second_person and not doubtful.refusals
    assert "une autre personne" in str(doubtful.doubts[0])
    confirmed = verdict(**between, second_person=True)
    assert confirmed.accepted
    assert confirmed.erased_at == (RUN.reported_at or START).replace(tzinfo=PARIS)


def test_the_last_return_is_checked_in_both_zones_too() -> None:
    assert verdict(last_in_hands_at=zoned(8)).needs_second_person
    assert verdict(last_in_hands_at=zoned(7)).accepted
    assert "dernier retour" in why(verdict(last_in_hands_at=zoned(10)))


def test_an_association_in_utc_has_one_reading() -> None:
    assert verdict(zone=UTC, received_at=zoned(10), now=zoned(10)).accepted


def test_the_hour_repeated_in_autumn_has_three_readings() -> None:
    start = datetime(2026, 10, 25, 2, 10)
    run = replace(RUN, started_at=start, ended_at=start + timedelta(minutes=9), reported_at=None)
    now = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert verdict(run, received_at=now, now=now).needs_second_person
    later = now + timedelta(hours=3)
    assert verdict(run, received_at=later, now=later).accepted


@pytest.mark.parametrize("year", [1970, 2010])
def test_a_dead_clock_needs_a_date_from_elsewhere(year: int) -> None:
    (run,) = read_log(build(Log(start=datetime(year, 1, 1, 0, 3))))
    asked = verdict(run, last_in_hands_at=zoned(8))
    assert not asked.accepted and asked.needs_clock_confirmation and not asked.refusals
    assert "confirmez la date" in str(asked.doubts[0])
    dated = verdict(run, last_in_hands_at=zoned(8), dated_at=zoned(12))
    assert dated.accepted and dated.erased_at == zoned(12)
    assert verdict(run, clock_confirmed=True).erased_at == EVENING
    assert "dernier retour" in why(verdict(run, last_in_hands_at=zoned(13), dated_at=zoned(12)))
    assert "dans le futur" in why(verdict(run, dated_at=EVENING + timedelta(hours=1)))


def test_a_clock_set_during_the_erasure_is_not_trusted_alone() -> None:
    run = replace(RUN, started_at=datetime(1970, 1, 1))
    assert verdict(run).needs_clock_confirmation
    assert verdict(run, dated_at=zoned(12)).accepted
    early = zoned(3)
    assert "dans le futur" in why(verdict(run, received_at=early, now=early, clock_confirmed=True))


def test_a_refusal_is_never_turned_by_a_confirmation() -> None:
    everything = {"second_person": True, "clock_confirmed": True, "dated_at": zoned(12)}
    assert why(verdict(replace(RUN, verification="none", verified=False), **everything))


CHANGES = st.fixed_dictionaries({}, optional={
    "serial": st.sampled_from([None, "", "XXXXXXXX", "S4EVNX0M512347", "OTHER12345"]),
    "status": st.sampled_from(["erased", "failed", "aborted", "unfinished", "inconsistent"]),
    "verification": st.sampled_from([None, "none", "last", "all"]),
    "verified": st.booleans(), "finished": st.booleans(), "only_verified": st.booleans(),
    "pass_errors": st.none() | st.integers(0, 2), "sync_errors": st.none() | st.integers(0, 2),
    "bytes_erased": st.none() | st.integers(250059350015, 250059350017),
    "bytes_total": st.none() | st.integers(250059350015, 250059350017),
    "hidden_sectors": st.booleans(),
    "started_at": st.none() | st.datetimes(datetime(2026, 9, 1), datetime(2026, 10, 1)),
    "contradictions": st.frozensets(st.sampled_from(["tables", "serial", "date", "order"]), max_size=2),
})  # fmt: skip


@given(CHANGES, st.booleans(), st.booleans())
def test_nothing_is_accepted_unless_every_condition_holds(change: dict[str, Any], second: bool, used: bool) -> None:
    run = replace(RUN, **change)
    judged = verdict(run, second_person=second, file_already_used=used)
    assert judged.accepted == (not judged.refusals and not judged.doubts)
    assert all(map(str, (*judged.refusals, *judged.doubts, judged.method)))
    if judged.accepted:
        assert (run.serial, run.status, run.finished, run.verified) == (MEDIUM.serial, "erased", True, True)
        assert run.verification in ("last", "all") and not run.only_verified and not used
        assert run.pass_errors == run.verification_errors == run.sync_errors == 0
        assert run.bytes_erased == run.bytes_total == MEDIUM.bytes
        assert not run.hidden_sectors and not run.contradictions and judged.level == "clear"
        assert run.started_at and run.ended_at and run.started_at <= run.ended_at


def test_a_disk_erased_in_a_dock_is_known_by_its_own_serial() -> None:
    docked = Log(host_serial="SOME-OTHER-PC", disks=(Disk(name="sdc", bus=" USB-SSD"),))
    (run,) = read_log(build(docked))
    assert verdict(run).accepted


def test_the_limits_themselves_are_possible() -> None:
    end = (RUN.reported_at or START).replace(tzinfo=UTC)
    assert verdict(received_at=end, now=end).accepted
    assert verdict(received_at=end - timedelta(seconds=1), now=end).needs_second_person
    assert verdict(received_at=end, now=end - timedelta(seconds=1)).needs_second_person
    start = (RUN.started_at or START).replace(tzinfo=PARIS).astimezone(UTC)
    assert verdict(last_in_hands_at=start).accepted
    assert verdict(last_in_hands_at=start + timedelta(seconds=1)).needs_second_person
    moment = RUN.started_at
    assert verdict(replace(RUN, ended_at=moment, reported_at=moment)).accepted


def test_a_clock_is_dead_before_the_oldest_release_and_no_later() -> None:
    alive = datetime(2020, 12, 1)
    run = replace(RUN, started_at=alive, ended_at=alive, reported_at=alive)
    assert verdict(run).accepted
    second = timedelta(seconds=1)
    dead = replace(RUN, started_at=alive - second, ended_at=alive - second, reported_at=alive - second)
    assert verdict(dead).needs_clock_confirmation
    assert verdict(replace(dead, reported_at=alive), last_in_hands_at=zoned(1)).refusals


def test_a_clock_set_during_the_erasure_is_judged_by_its_end() -> None:
    run = replace(RUN, started_at=datetime(1970, 1, 1))
    assert verdict(run, last_in_hands_at=zoned(6)).needs_clock_confirmation
    assert "dernier retour" in why(verdict(run, last_in_hands_at=zoned(12)))


def test_what_is_impossible_in_both_readings_is_told_as_read_in_utc() -> None:
    assert "après la réception" in why(verdict(received_at=zoned(9), last_in_hands_at=zoned(8)))


def test_what_is_refused_asks_nobody_to_confirm() -> None:
    dead = replace(RUN, started_at=datetime(1970, 1, 1), ended_at=datetime(1970, 1, 2), reported_at=None)
    for run in (RUN, dead):
        assert "désactivée" in why(verdict(replace(run, verification="none"), received_at=zoned(9), now=zoned(9)))


def test_a_serial_of_twenty_signs_is_whole() -> None:
    twenty = "S4EVNX0M512347ABCDEF"
    assert verdict(replace(RUN, serial=twenty), replace(MEDIUM, serial=twenty)).accepted
    assert "concerne le disque" in why(verdict(replace(RUN, serial=twenty[:19]), replace(MEDIUM, serial=twenty + "X")))


def test_a_refusal_says_no_more_than_it_knows() -> None:
    silent = {"bytes_erased": None, "bytes_total": None}
    assert "combien d'octets" not in why(verdict(replace(RUN, only_verified=True, **silent)))
    assert "combien d'octets" not in why(verdict(replace(RUN, status="failed", **silent)))
