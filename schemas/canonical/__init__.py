"""The canonical vocabularies as data; `schemas.vocabulary` loads and checks them."""
