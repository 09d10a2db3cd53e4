"""The pages of findings, reports and facts, and the verdicts given there, asked over the application itself."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from explorer.app import create_app
from explorer.server import is_loopback, listen
from pipelines import correct
from pipelines.audit import audit_report
from pipelines.errors import UsageError
from pipelines.html_view import page_policy
from pipelines.store import Store
from tests.pipelines.audit.making import read_facts

HOME = "http://127.0.0.1:8765"
TEXT = """BÁO CÁO
Tổng kết năm học 2020-2021

<script>alert(1)</script> Trường Tiểu học Suối Mây có 120 học sinh.
Có 11 em đạt giải cấp huyện, trong đó có 3 giải nhì; đạt 06 giải ba.
Căn cứ Nghị quyết số 29/NQ-TW về đổi mới giáo dục.
"""


@pytest.fixture
def store(tmp_path):
    opened = Store.open(f"sqlite:///{tmp_path / 'facts.db'}")
    yield opened
    opened.close()


@pytest.fixture
def facts(store):
    found = read_facts(TEXT, file="in/2021.txt")
    store.save_report(found.layer, found.records, found.relations, version="1")
    store.save_findings(audit_report(found), [found.layer.id])
    correct.reconcile_store(store)
    return found


@pytest.fixture
def client(store):
    with TestClient(create_app(store), base_url=HOME) as opened:
        yield opened


@pytest.fixture
def finding(store, facts):
    return next(finding for finding in store.findings() if finding.rule == "sum_of_parts")


def decide(client, finding, origin=HOME, **changes):
    fields = {"decision": "dismiss", "by": "Lê Thị Mai", "note": "gồm cả <b>giải</b> khác"} | changes
    headers = {"origin": origin} if origin else {}
    return client.post(f"/finding/{finding.fingerprint}", data=fields, headers=headers, follow_redirects=False)


# --- findings -------------------------------------------------------------------------------------


def test_findings_are_listed_by_report_and_chosen(client, facts, finding):
    page = client.get("/findings").text
    assert f"/finding/{finding.fingerprint}" in page
    assert "<h2>2021.txt</h2>" in page
    assert "Tổng và các phần" in page
    assert f"/finding/{finding.fingerprint}" in client.get("/findings", params={"severity": "error"}).text
    assert f"/finding/{finding.fingerprint}" in client.get("/findings", params={"report": facts.layer.id}).text
    for other in ({"severity": "notice"}, {"rule": "citation_date"}, {"report": "0" * 64}):
        assert f"/finding/{finding.fingerprint}" not in client.get("/findings", params=other).text


def test_a_finding_shows_its_passages_marked_in_their_context(client, finding):
    page = client.get(f"/finding/{finding.fingerprint}").text
    for operand in finding.operands:
        assert f"<mark>{operand.quote}</mark>" in page
        assert f'href="/report/{operand.report}"' in page
    assert "Suối Mây có 120 học sinh" in page
    assert "&lt;script&gt;" in page
    assert "<script" not in page
    assert "Nêu: <b>11</b>; đối chiếu: <b>9</b>" in page


def test_one_goes_from_finding_to_finding_among_those_chosen(client, store, finding):
    fingerprints = [found.fingerprint for found in store.findings()]
    assert len(fingerprints) > 1
    page, met = client.get(f"/finding/{fingerprints[0]}").text, [fingerprints[0]]
    while after := re.search(r'href="(/finding/([0-9a-f]+))">Tiếp theo', page):
        met.append(after[2])
        page = client.get(after[1]).text
    assert met == fingerprints
    alone = client.get(f"/finding/{finding.fingerprint}", params={"rule": finding.rule}).text
    assert "Tiếp theo" not in alone
    assert f'href="/findings?rule={finding.rule}"' in alone


def test_a_finding_that_is_gone_is_said_on_a_page(client):
    answer = client.get("/finding/00")
    assert answer.status_code == 404
    assert "không còn" in answer.text


# --- verdicts -------------------------------------------------------------------------------------


def test_a_verdict_is_stored_shown_and_taken_back(client, store, finding):
    answer = decide(client, finding)
    assert answer.status_code == 303
    assert finding.fingerprint not in client.get("/findings").text
    assert "Bác bỏ" in client.get("/findings", params={"all": "1"}).text
    page = client.get(answer.headers["location"]).text
    assert "gồm cả &lt;b&gt;giải&lt;/b&gt; khác" in page
    assert 'value="Lê Thị Mai"' in page  # the next form knows who decides
    (state,) = store.verdicts()
    assert (state.verdict.decision, state.verdict.by) == ("dismiss", "Lê Thị Mai")
    assert 'value="confirm"' not in page
    decide(client, finding, decision="reopen")
    assert finding.fingerprint in client.get("/findings").text


@pytest.mark.parametrize("origin", [None, "null", "https://evil.example", "http://127.0.0.1:3333", "http://localhost"])
def test_a_verdict_that_another_page_sends_is_refused(client, store, finding, origin):
    assert decide(client, finding, origin).status_code == 403
    assert store.verdicts() == []


@pytest.mark.parametrize(
    "changes",
    [{"by": " "}, {"note": ""}, {"decision": "delete"}, {"by": "A" * 201}, {"note": "a" * 30_000}],
)
def test_a_verdict_without_who_or_why_is_refused(client, store, finding, changes):
    assert decide(client, finding, **changes).status_code in (400, 413)
    assert store.verdicts() == []


def test_nobody_decides_from_another_machine(store, finding):
    with TestClient(create_app(store, ("10.0.0.5",), writable=False), base_url="http://10.0.0.5") as other:
        assert '<form method="post"' not in other.get(f"/finding/{finding.fingerprint}").text
        assert decide(other, finding, "http://10.0.0.5").status_code == 403
    assert store.verdicts() == []


@pytest.mark.parametrize(
    ("host", "local"), [("127.0.0.1", True), ("::1", True), ("localhost", True), ("10.0.0.5", False)]
)
def test_only_the_loopback_is_this_machine_alone(host, local):
    assert is_loopback(host) == local


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_every_address_is_none_to_ask_at(host):
    with pytest.raises(UsageError, match="--host"):
        listen(host, 0)


def test_the_address_told_is_the_one_listened_on():
    listener, address = listen("127.0.0.1", 0)
    with listener:
        assert address == f"http://127.0.0.1:{listener.getsockname()[1]}"
        with pytest.raises(UsageError, match="--port"):
            listen("127.0.0.1", listener.getsockname()[1])


# --- reports and facts ----------------------------------------------------------------------------


def test_reports_are_listed_with_their_findings(client, facts, store):
    page = client.get("/reports").text
    assert f'href="/report/{facts.layer.id}"' in page
    assert f'href="/findings?report={facts.layer.id}">{len(store.findings())}</a>' in page


def test_a_report_shows_its_facts_and_a_link_leads_to_one(client, facts):
    answer = client.get(f"/report/{facts.layer.id}")
    assert answer.headers["content-security-policy"] == page_policy()
    assert "<script>alert" not in answer.text
    frame = client.get("/facts/statistic").text
    link = re.search(r'href="(/report/[0-9a-f]+\?record=statistic-[0-9a-f]+)">120 học sinh', frame)
    assert link
    goal = client.get(link[1], follow_redirects=False).headers["location"]
    anchor = goal.partition("#")[2]
    card = answer.text.partition(f'<article id="{anchor}"')[2].partition("</article>")[0]
    assert "120 học sinh" in card
    assert client.get("/report/00").status_code == 404


def test_facts_meet_a_condition_and_come_as_files(client, facts):
    params = {"type": "award", "where": "prize = 'nhi'"}
    page = client.get("/facts", params=params).text
    assert "1 dữ kiện" in page
    assert "Nhì" in page
    link = re.search(r'href="(/facts/award\.csv\?[^"]+)"', page)
    assert link
    rows = client.get(link[1]).text.splitlines()
    assert len(rows) == 2
    assert rows[0].startswith("id,report,kind,prize")
    assert client.get("/facts/award.xlsx").content.startswith(b"PK")


@pytest.mark.parametrize("where", ["priz = 'nhi'", "1; DROP TABLE report", "prize = "])
def test_a_wrong_condition_is_said_on_the_page_and_kept_in_the_form(client, facts, where):
    answer = client.get("/facts/award", params={"where": where})
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert 'name="where" value="' in answer.text


@pytest.mark.parametrize("address", ["/facts/planet", "/facts/planet.csv", "/facts/award.exe", "/no-such-page"])
def test_what_there_is_not_is_a_page_too(client, facts, address):
    answer = client.get(address)
    assert answer.status_code == 404
    assert answer.text.startswith("<!doctype html>")


def test_an_empty_store_has_its_pages(client):
    for address in ("/", "/findings", "/reports", "/facts/statistic"):
        assert client.get(address).status_code == 200, address


@pytest.mark.parametrize("address", ["/", "/findings", "/reports", "/facts/statistic"])
def test_pages_load_nothing_from_elsewhere_and_stand_in_no_frame(client, facts, address):
    answer = client.get(address)
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert not re.search(r'(?:src|href|action)="?(?:https?:)?//', answer.text)
    assert "<script" not in answer.text
    assert "<title>" in answer.text
    assert '<html lang="vi">' in answer.text
