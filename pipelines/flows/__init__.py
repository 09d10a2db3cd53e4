"""The ingestion of reports: plain functions, and the Prefect skin over them."""
