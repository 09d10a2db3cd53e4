"""One file a schema version. Released ones are never edited."""
