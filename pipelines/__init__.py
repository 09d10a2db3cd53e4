"""Everything that touches files, clock, network, database or Prefect."""
