"""Survey responses: matched, checked, kept as the latest of each record, written back as one job."""

import pytest

from tests.integration.cli.terminal import Terminal

INTO = ("--into", "score=nps", "--into", "reason=nps_reason")
MAP = ("--map", "key=Who", "--map", "score=Rating", "--map", "date=Answered", "--map", "reason=Comment")


@pytest.fixture(autouse=True)
def mapped(terminal: Terminal) -> None:
    told = terminal.run("map", "i1", "NumberOfEmployees=nps", "Description=nps_reason", "--write-back", "on")
    assert told.code == 0, told
    assert terminal.run("pull", "i1").code == 0


def test_responses_become_values_of_one_job_and_come_once(terminal: Terminal) -> None:
    happy, cross, third = terminal.record(), terminal.record(), terminal.record()
    file = terminal.file(
        "nps.csv", "Who,Rating,Answered,Comment",
        f"{happy},9,2026-11-01,at first", f"{happy},10,2026-11-20,better now",
        f"{cross},3,2026-11-02,=HYPERLINK(1)",
        f"{third},11,2026-11-02,", "nobody,5,2026-11-02,", f"{third},,2026-11-02,", f"{third},7,2026-11-31,",
    )  # fmt: skip
    left = terminal.folder / "left.csv"
    asked = ("campaigns", "import", file, *MAP, *INTO, "--by", "id", "--name", "Autumn", "--json")

    dry = terminal.run(*asked, "--dry-run")
    assert (dry.code, len(dry.json["records"]), terminal.run("campaigns", "list", "--json").json) == (
        4,
        2,
        [],
    )

    told = terminal.run(*asked, "--send", "--yes", "--leftovers", str(left))
    assert told.code == 4, "some rows are left over"
    assert (told.json["rows"], told.json["matched"], told.json["older"], told.json["already"]) == (7, 6, 1, 0)
    assert told.json["sent"]["applied"] == 2
    assert {one["id"]: one["fields"] for one in terminal.sent() if one["id"] in (happy, cross)} == {
        happy: {"NumberOfEmployees": 10, "Description": "better now"},
        cross: {"NumberOfEmployees": 3, "Description": "=HYPERLINK(1)"},
    }
    jobs = terminal.run("jobs", "list", "--json").json
    assert (jobs[0]["origin"], jobs[0]["kind"]) == ("campaign", "bulk_write_back")
    assert [(one["line"], one["code"]) for one in told.json["leftovers"]] == [
        (5, "campaign.outside_scale"), (6, "campaign.nobody"), (7, "campaign.no_score"),
        (8, "value.not_a_date"),
    ]  # fmt: skip
    figures = told.json["figures"]
    assert (figures["responses"], figures["positive"], figures["negative"]) == (3, 2, 1)
    assert figures["score"] == pytest.approx(33.3)

    sent = len(terminal.sent())
    again = terminal.run(*asked, "--send", "--yes")
    assert (again.json["already"], again.json["records"]) == (3, [])
    assert len(terminal.sent()) == sent, "the same file again changes nothing"
    later = terminal.file("late.csv", "Who,Rating,Answered,Comment", f"{happy},1,2026-11-10,posted late")
    told = terminal.run("campaigns", "import", later, *MAP, *INTO, "--by", "id", "--name", "autumn", "--json")
    assert (told.json["older"], told.json["records"]) == (1, []), "a newer answer stands"


def test_people_are_followed_to_their_account_by_mail_and_domain(terminal: Terminal) -> None:
    add = ("integrations", "add", "--connection", "acme", "--object", "Contact", "--entity", "user", "--json")
    number = terminal.run(*add).json["id"]
    assert terminal.run("map", number, "Email=email", "LastName=name").code == 0
    assert terminal.run("pull", number).code == 0
    people = terminal.run("records", "list", "--entity", "user", "--limit", "500", "--json").json["records"]
    mails = {str(one["values"]["email"]).casefold() for one in people if one["values"].get("email")}
    mail = min(mails).upper()
    file = terminal.file(
        "a.csv", "Who;Rating;Answered;Comment", f"{mail};8;03.11.2026;fine", "x@nowhere.test;8;;"
    )
    unclear = terminal.run("campaigns", "import", file, *MAP, *INTO, "--json")
    assert (unclear.code, "03.11.2026" in unclear.err + unclear.out) == (2, True), (
        "nobody said what comes first"
    )
    told = terminal.run("campaigns", "import", file, *MAP, *INTO, "--dates", "dmy", "--json")
    assert (told.code, told.json["matched"], len(told.json["records"])) == (4, 1, 1)
    assert told.json["match_rate"] == 0.5


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--map", "key=Who"), "score=COLUMN"),
        (("--map", "key=Who", "--map", "score=Nothing", *INTO), "no column Nothing"),
        (("--map", "key=Who", "--map", "score=Rating"), "which attribute holds the score"),
        (("--map", "key=Who", "--map", "score=Rating", "--into", "score=nothing"), "nothing"),
        (("--map", "key=Who", "--map", "score=Rating", "--into", "mood=nps"), "mood"),
    ],
)
def test_what_cannot_be_meant_keeps_nothing(terminal: Terminal, options: tuple[str, ...], told: str) -> None:
    file = terminal.file("a.csv", "Who,Rating", f"{terminal.record()},9")
    done = terminal.run("campaigns", "import", file, *options, "--by", "id")
    assert (done.code, told in done.err) == (2, True), done
    assert terminal.run("campaigns", "list", "--json").json == []


def test_two_equal_answers_are_two_and_nothing_is_cleared_for_want_of_a_column(terminal: Terminal) -> None:
    one, other = terminal.record(), terminal.record()
    file = terminal.file("eq.csv", "Who,Rating", f"{one},9", f"{one},9", f"{other},3")
    asked = ("campaigns", "import", file, "--map", "key=Who", "--map", "score=Rating", "--by", "id")
    refused = terminal.run(*asked, *INTO, "--name", "Equal", "--json")
    assert refused.code == 2, "nothing says what becomes of the reasons that stand there"
    assert terminal.run("campaigns", "list", "--json").json == []
    told = terminal.run(*asked, "--into", "score=nps", "--name", "Equal", "--json")
    assert (told.json["figures"]["responses"], told.json["already"]) == (3, 0)
    again = terminal.run(*asked, "--into", "score=nps", "--name", "Equal", "--json")
    assert (again.json["figures"]["responses"], again.json["already"]) == (3, 3)


def test_pieces_of_an_import_are_one_act_and_none_is_sent_by_itself(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("writeback.runtime.campaigning.CHUNK", 1)
    assert terminal.run("connections", "set", "acme", "--write-on-save", "on").code == 0
    one, other = terminal.record(), terminal.record()
    jobs = terminal.run("jobs", "list", "--json").json
    file = terminal.file("piece.csv", "Who,Rating", f"{one},8", f"{other},2")
    asked = ("campaigns", "import", file, "--map", "key=Who", "--map", "score=Rating", "--by", "id")
    told = terminal.run(*asked, "--into", "score=nps", "--name", "Pieces", "--json")
    assert (told.code, len(told.json["records"])) == (0, 2)
    assert terminal.run("jobs", "list", "--json").json == jobs, "nobody said --send"


def test_the_same_file_again_is_told_and_brings_only_what_is_new(terminal: Terminal) -> None:
    one, other = terminal.record(), terminal.record()
    lines = ["Who,Rating,Answered", f"{one},9,31.12.2026", f"{other},2,03.11.2026"]
    asked = ("campaigns", "import", "--map", "key=Who", "--map", "score=Rating", "--into", "score=nps")
    more = ("--by", "id", "--name", "Again", "--json")
    file = terminal.file("again.csv", *lines)
    told = terminal.run(*asked, file, "--map", "date=Answered", *more)
    assert (told.code, told.json["imported_at"], len(told.json["records"])) == (0, None, 2), (
        "31.12. says for all of them what comes first"
    )
    again = terminal.run(*asked, file, *more)
    assert again.json["imported_at"] is not None
    assert (again.json["already"], again.json["records"]) == (2, []), "whatever is read of its lines now"
    file = terminal.file("again.csv", *lines, f"{one},4,30.12.2026")
    told = terminal.run(*asked, file, "--map", "date=Answered", *more)
    assert (told.json["imported_at"], told.json["already"], told.json["older"]) == (None, 2, 1)
    back = terminal.run("campaigns", "take-back", "again", "--json")
    assert (back.json["responses"], back.json["values"]) == (1, 0), "the newest import, and nothing else"
    back = terminal.run("campaigns", "take-back", "Again", "--json")
    assert (back.json["responses"], back.json["values"]) == (2, 2)
    assert terminal.run("campaigns", "take-back", "Again").code == 2, "nothing is left of it"
    assert terminal.run("campaigns", "import", file, *asked[2:], *more).json["already"] == 0


def test_a_campaign_whose_name_begins_with_an_umlaut_is_one(terminal: Terminal) -> None:
    file = terminal.file("ö.csv", "Who,Rating", f"{terminal.record()},8")
    asked = ("campaigns", "import", file, "--map", "key=Who", "--map", "score=Rating", "--by", "id")
    for already in (0, 1):
        told = terminal.run(*asked, "--into", "score=nps", "--name", "Österreich", "--json")
        assert (told.code, told.json["already"]) == (0, already)
    assert terminal.run("campaigns", "take-back", "Österreich", "--json").json["values"] == 1


def test_a_response_of_which_a_part_is_refused_leaves_nothing(terminal: Terminal) -> None:
    assert terminal.run("map", "i1", "AnnualRevenue=revenue", "Website=site", "--write-back", "on").code == 0
    assert terminal.run("pull", "i1").code == 0
    good, bad = terminal.record(), terminal.record()
    file = terminal.file("p.csv", "Who,Rating,Comment", f"{good},8,12", f"{bad},2,no number")
    told = terminal.run(
        "campaigns", "import", file, "--map", "key=Who", "--map", "score=Rating", "--map", "reason=Comment",
        "--into", "score=nps", "--into", "reason=revenue", "--by", "id", "--name", "Parts", "--json",
    )  # fmt: skip
    assert [(one["line"], one["code"]) for one in told.json["leftovers"]] == [(3, "value.not_a_number")]
    back = terminal.run("campaigns", "take-back", "Parts", "--json").json
    assert (back["responses"], back["values"]) == (1, 2), "the score of what is left over is no edit"


def test_a_scale_of_its_own_and_a_key_that_a_person_explained(terminal: Terminal) -> None:
    one, other = terminal.record(), terminal.record()
    file = terminal.file("csat.csv", "Who;Rating", f"{one};7,0", "Head office;1", f"{other};8")
    asked = ("campaigns", "import", file, "--map", "key=Who", "--map", "score=Rating", "--into", "score=nps")
    more = ("--by", "id", "--survey", "csat", "--decimal", "comma", "--name", "Own", "--json")
    for scale in ("7-1", "x", "1-"):
        assert terminal.run(*asked, *more, "--scale", scale).code == 2
    assert terminal.run(*asked, "--by", "id", "--scale", "1-7").code == 2, "NPS has one scale"
    told = terminal.run(*asked, *more, "--scale", "1-7", "--choose", f"Head office={other}")
    assert [one["code"] for one in told.json["leftovers"]] == ["campaign.outside_scale"]
    assert (told.json["figures"]["positive"], told.json["figures"]["negative"]) == (1, 1)
    file = terminal.file("csat2.csv", "Who;Rating", "head OFFICE;5")
    asked = ("campaigns", "import", file, "--map", "key=Who", "--map", "score=Rating", "--into", "score=nps")
    told = terminal.run(*asked, *more, "--scale", "1-7")
    assert (told.code, told.json["matched"]) == (4, 0), "an id is compared letter by letter"
    file = terminal.file("csat3.csv", "Who;Rating", "Head office;5")
    told = terminal.run(*asked[:2], file, *asked[3:], *more, "--scale", "1-7")
    assert (told.code, told.json["matched"]) == (0, 1), "what a person said of a key is kept"


def test_where_answers_go_is_said_once_or_follows_from_the_type(terminal: Terminal) -> None:
    one, other = terminal.record(), terminal.record()
    first = terminal.file("spring.csv", "Who,Rating,Answered,Comment", f"{one},8,2026-11-01,ok")
    bare = ("campaigns", "import", "--map", "key=Who", "--map", "score=Rating", "--by", "id", "--json")
    refused = terminal.run(*bare, first)
    assert (refused.code, "campaign.no_score_attribute" in refused.out) == (2, True)
    assert terminal.run(*bare, *MAP[4:], *INTO, first).code == 0
    later = terminal.file("later.csv", "Who,Rating", f"{other},6")
    told = terminal.run(*bare, later, "--name", "Spring")
    assert (told.code, len(told.json["records"])) == (0, 1)
    waiting = terminal.run("records", "show", other, "--json").json["states"]
    assert set(waiting) == {"nps"}, "the reason has no column this time, and is not cleared"
    assert terminal.run("attributes", "add", "promoter_score", "--type", "nps").code == 0
    assert terminal.run(*bare, later, "--name", "Typed", "--dry-run").code in (0, 4)
