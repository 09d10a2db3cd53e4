"""Writes the project's own corpus from its annotated sources: reports in four formats and their gold records."""
