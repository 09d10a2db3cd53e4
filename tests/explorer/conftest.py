"""The explorer's tests draft reports as those of the pipelines do."""

from __future__ import annotations

from tests.pipelines.conftest import draft

__all__ = ["draft"]
