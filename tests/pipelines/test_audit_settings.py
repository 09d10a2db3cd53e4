"""Rules switched off and severities by ``baocao.toml``, and what is wrong with such a file."""

from __future__ import annotations

import pytest

from pipelines.audit import audit_report
from pipelines.audit_settings import AuditSettings, load_settings, settings_digest
from pipelines.errors import UsageError
from tests.pipelines.audit.making import make_facts

TEXT = "Có 11 em đạt giải, trong đó có 3 giải nhì; đạt 06 giải ba.\nHọp ngày 31/4/2020."


def test_rules_are_switched_off_and_severities_replaced():
    found = audit_report(make_facts(TEXT))
    assert [(f.rule, f.severity) for f in found] == [("sum_of_parts", "error"), ("impossible_date", "error")]
    settings = AuditSettings(off=("sum_of_parts",), severity={"impossible_date": "notice"})
    assert [(f.rule, f.severity) for f in settings.apply(found)] == [("impossible_date", "notice")]


def test_a_file_is_read(tmp_path):
    file = tmp_path / "baocao.toml"
    file.write_text('[audit]\noff = ["numbering"]\n[audit.severity]\nsum_of_parts = "warning"\n', encoding="utf-8")
    settings = load_settings(file)
    assert settings.off == ("numbering",)
    assert settings.severity == {"sum_of_parts": "warning"}


def test_without_a_file_nothing_is_set(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("BAOCAO_SETTINGS", raising=False)
    assert load_settings() == AuditSettings()
    assert settings_digest() == ""
    (tmp_path / "baocao.toml").write_text('[audit]\noff = ["numbering"]\n', encoding="utf-8")
    assert load_settings().off == ("numbering",)
    assert settings_digest() != ""


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[audit", "no TOML"),
        ('[audit]\noff = ["numberings"]\n', "no rule 'numberings'"),
        ('[audit.severity]\nnumbering = "grave"\n', "audit.severity.numbering"),
        ("[audits]\n", "audits"),
        ("[audit]\noff = 3\n", "audit.off"),
    ],
)
def test_what_is_wrong_is_named(tmp_path, content, said):
    file = tmp_path / "baocao.toml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=r"baocao\.toml") as raised:
        load_settings(file)
    assert said in str(raised.value)


def test_a_named_file_must_be_there(tmp_path, monkeypatch):
    monkeypatch.setenv("BAOCAO_SETTINGS", str(tmp_path / "nothing.toml"))
    with pytest.raises(UsageError, match="cannot be read"):
        load_settings()
