"""The start page and the W3C Reconciliation Service API 0.2, asked over the application itself."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import pytest
from starlette.testclient import TestClient

from explorer.app import create_app
from explorer.search import Index, comparable
from pipelines import correct
from pipelines.facts import ReportFacts
from pipelines.reconcile.names import toneless
from pipelines.store import Store
from schemas import Citation, Official, School

GO_QUAO = "Phòng GD&ĐT huyện Gò Quao"
SUOI_MAY = "Phòng GD&ĐT huyện Suối Mây"


def report(draft, file, issuer, *, people=(), schools=(), documents=()):
    lines = [issuer, *people, *(name for name, *_ in schools), *documents, "<script>alert(1)</script>"]
    made = draft("\n".join(lines), file)
    records = [made.report(issuer=issuer, date="2021-06-10")]
    records += [
        made.make(Official, name, person=name, post="Trưởng phòng", role="Trưởng phòng", organization="Phòng GD&ĐT")
        for name in people
    ]
    records += [
        made.make(School, name, name=name, level=level, own_name=own, ordinal=ordinal)
        for name, level, own, ordinal in schools
    ]
    records += [
        made.make(Citation, number, doc_type="Nghị quyết", number=number, date="2013-11-04") for number in documents
    ]
    return ReportFacts.of(made.layer, records)


@pytest.fixture
def store(tmp_path, draft):
    opened = Store.open(f"sqlite:///{tmp_path / 'facts.db'}")
    reports = [
        report(
            draft,
            "a.txt",
            GO_QUAO,
            people=["Đoàn Quang Vọng", "Đinh Mạnh Hùng"],
            schools=[
                ("Trường Tiểu học Định An 1", "TH", "Định An", 1),
                ("Trường Tiểu học Định An 3", "TH", "Định An", 3),
            ],
            documents=["29-NQ/TW"],
        ),
        report(
            draft,
            "b.txt",
            SUOI_MAY,
            people=["Đinh Mạnh Hưng"],
            schools=[
                ("Trường Tiểu học Định An 1", "TH", "Định An", 1),
                ("Trường THCS <b>Đồi</b>", "THCS", "<b>Đồi</b>", None),
            ],
            documents=["29/NQ-TW"],
        ),
    ]
    for facts in reports:
        opened.save_report(facts.layer, facts.records, (), version="1")
    correct.reconcile_store(opened)
    yield opened
    opened.close()


@pytest.fixture
def client(store):
    with TestClient(create_app(store), base_url="http://127.0.0.1:8765") as opened:
        yield opened


def ask(client, **query):
    answer = client.post("/reconcile", data={"queries": json.dumps({"q0": query})})
    assert answer.status_code == 200, answer.text
    return answer.json()["q0"]["result"]


# --- the service ---------------------------------------------------------------------------------


def test_the_manifest(client):
    manifest = client.get("/reconcile").json()
    assert manifest["versions"] == ["0.2"]
    assert {kind["id"] for kind in manifest["defaultTypes"]} == {"school", "person", "organization", "document"}
    assert manifest["view"]["url"] == "http://127.0.0.1:8765/entity/{{id}}"
    assert set(manifest["suggest"]) == {"entity", "type", "property"}
    for part in ("name", "identifierSpace", "schemaSpace", "preview", "extend"):
        assert manifest[part]
    for service in manifest["suggest"].values():
        assert client.get(service["service_path"], params={"prefix": "a"}).status_code == 200


@pytest.mark.parametrize("query", ["Đoàn Quang Vọng", "ĐOÀN QUANG VỌNG", "đoàn  quang vọng"])
def test_a_name_as_written_is_a_match(client, query):
    best = ask(client, query=query, type="person")[0]
    assert (best["name"], best["score"], best["match"]) == ("Đoàn Quang Vọng", 100, True)
    assert best["type"] == [{"id": "person", "name": best["type"][0]["name"]}]
    assert best["features"]


@pytest.mark.parametrize("query", ["doan quang vong", "Doan Quang Vong", "đoan quang vong"])
def test_a_name_without_tones_is_found_and_never_sure(client, query):
    best = ask(client, query=query, type="person")[0]
    assert best["name"] == "Đoàn Quang Vọng"
    assert best["score"] < 100
    assert not best["match"]


def test_tones_decide(client):
    hung = ask(client, query="Đinh Mạnh Hùng", type="person")
    assert (hung[0]["name"], hung[0]["match"]) == ("Đinh Mạnh Hùng", True)
    assert not any(other["match"] for other in hung[1:])
    assert {found["name"] for found in ask(client, query="dinh manh hung")} >= {"Đinh Mạnh Hùng", "Đinh Mạnh Hưng"}


@pytest.mark.parametrize("query", ["TH Định An 1", "Trường Tiểu học số 1 xã Định An", "th dinh an 1"])
def test_schools_in_every_spelling_and_namesakes_by_district(client, query):
    found = [row for row in ask(client, query=query, type="school") if row["name"].endswith("Định An 1")]
    assert len(found) == 2
    assert not any(row["match"] for row in found)
    properties = [{"pid": "district", "v": "go quao"}]
    best, other, *_ = ask(client, query=query, type="school", properties=properties)
    assert "Gò Quao" in best["description"]
    assert best["score"] > other["score"]
    assert best["match"] == ("dinh" not in query)


def test_documents_in_either_spelling(client):
    assert ask(client, query="29-NQ/TW", type="document")[0]["match"]
    assert ask(client, query="Nghị quyết 29/NQ-TW", type="document")[0]["id"] == ask(client, query="29-NQ/TW")[0]["id"]


def test_limits_types_and_many_queries(client):
    queries = {f"q{number}": {"query": "an", "limit": 1} for number in range(5)}
    answer = client.get(f"/reconcile?{urlencode({'queries': json.dumps(queries)})}").json()
    assert set(answer) == set(queries)
    assert all(len(found["result"]) <= 1 for found in answer.values())
    assert ask(client, query="Đoàn Quang Vọng", type="school") == []
    assert ask(client, query="Đoàn Quang Vọng", type="planet") == []
    assert ask(client, query="Đoàn Quang Vọng", type=["person", "school"])[0]["match"]
    assert ask(client, query="") == []


def test_suggest_extend_preview(client):
    (found, *_) = client.get("/reconcile/suggest/entity", params={"prefix": "doan quang"}).json()["result"]
    assert found["name"] == "Đoàn Quang Vọng"
    assert client.get("/reconcile/suggest/type", params={"prefix": "truong"}).json()["result"][0]["id"] == "school"
    assert client.get("/reconcile/suggest/property", params={"prefix": "huyen"}).json()["result"][0]["id"] == "district"
    proposed = client.get("/reconcile/extend/propose", params={"type": "school", "limit": 2}).json()
    assert len(proposed["properties"]) == 2
    asked = {"ids": [found["id"], "person-0"], "properties": [{"id": "district"}, {"id": "reports"}, {"id": "level"}]}
    extended = client.post("/reconcile", data={"extend": json.dumps(asked)}).json()
    assert extended["rows"][found["id"]] == {"district": [{"str": "Gò Quao"}], "reports": [{"int": 1}], "level": []}
    assert extended["rows"]["person-0"] == {"district": [], "reports": [], "level": []}
    preview = client.get("/reconcile/preview", params={"id": found["id"]})
    assert "Đoàn Quang Vọng" in preview.text
    assert "frame-ancestors" in preview.headers["content-security-policy"]


@pytest.mark.parametrize(
    "data",
    [{"queries": "no json"}, {"queries": "[]"}, {"queries": '{"q0": 3}'}, {"extend": "{}"}, {"extend": '{"ids": 3}'}],
)
def test_wrong_requests_are_refused_in_a_sentence(client, data):
    answer = client.post("/reconcile", data=data)
    assert answer.status_code == 400
    assert answer.json()["message"]


# --- pages and guards -----------------------------------------------------------------------------


def test_the_start_page_lists_and_finds(client):
    assert "Trường học</a>: 4" in client.get("/").text
    page = client.get("/", params={"q": "doan quang vong"}).text
    assert "Đoàn Quang Vọng" in page
    assert "/entity/person-" in page
    assert client.get("/style.css").headers["content-type"].startswith("text/css")


def test_markup_of_reports_is_escaped(client):
    (row, *_) = client.get("/api/entities", params={"q": "Đồi", "kind": "school"}).json()
    page = client.get(f"/entity/{row['id']}").text
    assert "&lt;b&gt;Đồi" in page
    assert "<b>" not in page
    assert "<script" not in client.get("/", params={"q": "<script>alert(1)</script>"}).text
    assert client.get("/entity/person-0").status_code == 404


def test_other_names_of_this_machine_and_other_origins_are_refused(client):
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400
    allowed = client.get("/reconcile", headers={"origin": "http://127.0.0.1:3333"})
    assert allowed.headers["access-control-allow-origin"] == "http://127.0.0.1:3333"
    refused = client.get("/reconcile", headers={"origin": "https://evil.example"})
    assert "access-control-allow-origin" not in refused.headers
    for page in ("/", "/findings", "/reports"):
        unread = client.get(page, headers={"origin": "http://127.0.0.1:3333"})
        assert "access-control-allow-origin" not in unread.headers, page


def test_a_judgement_shows_at_once(client, store):
    same = [entity.id for entity in store.entities("school") if entity.name.endswith("Định An 1")]
    correct.merge(store, *same, by="Lan", note="một trường")
    found = [row for row in ask(client, query="TH Định An 1", type="school") if row["name"].endswith("Định An 1")]
    assert len(found) == 1
    assert found[0]["match"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Trường Tiểu học số 1 xã Định An", "TH Định An 1"),
        ("Trường Mẫu giáo Hoa Lê", "MN Hoa Lê"),
        ("Trường Trung học cơ sở Cầu Gỗ", "THCS Cầu Gỗ"),
    ],
)
def test_spellings_of_one_school(one, other):
    assert comparable(one, "school") == comparable(other, "school")


def test_an_empty_store_is_searched_too():
    assert Index(()).find("an") == []
    assert Index(()).kinds() == {}


@pytest.mark.parametrize("typed", ["tieu hoc so 1 xa dinh an", "truong tieu hoc dinh an 1", "th dinh an 1"])
def test_a_school_typed_without_tones_is_the_school(typed):
    assert toneless(comparable("Trường Tiểu học số 1 xã Định An", "school")) == comparable(typed, "school")


def test_a_kind_without_a_name_is_listed(client):
    page = client.get("/", params={"kind": "person"}).text
    assert "Đoàn Quang Vọng" in page
    assert "/entity/document-" not in page
    assert "/entity/" not in client.get("/", params={"kind": "no such kind"}).text
