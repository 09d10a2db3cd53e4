"""Errors that a user is told about: ``str(error)`` is one clear sentence with the way out."""

from __future__ import annotations


class BaocaoError(Exception):
    """Base of every error that ends a command or a file; its text is meant for the user."""


class UsageError(BaocaoError):
    """The command was given something that it cannot work with."""


class StoreError(BaocaoError):
    """The store cannot be opened, written or understood."""


class ReadError(BaocaoError):
    """One file cannot be read. ``file`` is its path as given, ``reason`` the sentence without it."""

    def __init__(self, file: str, reason: str) -> None:
        # Both go to the base class, so that the error survives pickling on its way out of a worker process.
        super().__init__(file, reason)
        self.file = file
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.file}: {self.reason}"
