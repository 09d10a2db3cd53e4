"""What a deployment sets for the audit: rules switched off, other severities. Read from ``baocao.toml``.

[audit]
off = ["numbering"]

[audit.severity]
denominator_drift = "notice"
"""

from __future__ import annotations

import hashlib
import os
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipelines.errors import UsageError
from schemas import Finding
from schemas.audit import Severity

SETTINGS_VARIABLE = "BAOCAO_SETTINGS"
DEFAULT_FILE = "baocao.toml"


class AuditSettings(BaseModel):
    """Rules that are switched off, and severities that replace those of the rules; unknown keys are an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    off: tuple[str, ...] = ()
    severity: dict[str, Severity] = Field(default_factory=dict)

    def apply(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings of rules that are not switched off, with the severities of this deployment."""
        return [
            finding.model_copy(update={"severity": self.severity.get(finding.rule, finding.severity)})
            for finding in findings
            if finding.rule not in self.off
        ]


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    audit: AuditSettings = AuditSettings()


def settings_digest() -> str:
    """Changes with the settings file: findings stored under other settings are drawn anew; empty without a file."""
    file = _file(None)
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12] if file.is_file() else ""


def _file(path: Path | None) -> Path:
    return path or Path(os.environ.get(SETTINGS_VARIABLE) or DEFAULT_FILE)


def load_settings(path: Path | None = None) -> AuditSettings:
    """The settings of a file; by default of ``$BAOCAO_SETTINGS``, else of ``baocao.toml`` here where there is one.

    Raises: UsageError naming the file and what is wrong: not there, no TOML, a key, rule or severity that is unknown.
    """
    file = _file(path)
    if path is None and SETTINGS_VARIABLE not in os.environ and not file.is_file():
        return AuditSettings()
    try:
        raw = tomllib.loads(file.read_text(encoding="utf-8"))
        settings = _File.model_validate(raw).audit
    except OSError as error:
        raise UsageError(f"{file}: the settings cannot be read ({error.strerror}); name another file") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{file}: is no TOML ({error}); see docs/audit.md for an example") from error
    except ValidationError as error:
        raise UsageError(f"{file}: {_first(error)}; see docs/audit.md for what can be set") from error
    if not settings.off and not settings.severity:
        return settings
    from pipelines.audit import load_rules

    known = {rule.name for rule in load_rules()}
    for rule in (*settings.off, *settings.severity):
        if rule not in known:
            raise UsageError(f"{file}: there is no rule {rule!r}; the rules are {', '.join(sorted(known))}")
    return settings


def _first(error: ValidationError) -> str:
    problem: Any = error.errors()[0]
    return f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}"
