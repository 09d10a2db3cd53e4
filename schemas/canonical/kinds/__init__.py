"""The kinds of things that facts are about, a file each: their properties and what those mean."""
