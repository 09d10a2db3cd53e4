"""The rules of the audit, one a file; see `pipelines.audit`."""
