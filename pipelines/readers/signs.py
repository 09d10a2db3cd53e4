"""Fonts whose letters are signs (Symbol, Wingdings): what is printed where a letter or a private code is stored."""

from __future__ import annotations

#: Signs of the Symbol and Wingdings fonts that have a plain counterpart; any other is a bullet.
_SYMBOL_SIGNS = {
    "\uf02d": "-",
    "\uf02b": "+",
    "\uf02a": "*",
    "\uf0be": "-",
    "\uf0a7": "▪",
    "\uf0d8": "➢",
    "\uf0fc": "✓",
}
#: Beginnings of the names of fonts whose letters are signs, in small letters.
_SYMBOL_FONTS = ("symbol", "wingdings", "webdings", "marlett")
#: Signs between figures that the font Symbol alone has at these places.
_MATHEMATICS = {
    "\uf0a3": "≤", "\uf0b3": "≥", "\uf0b9": "≠", "\uf0bb": "≈", "\uf0b1": "±", "\uf0b4": "×", "\uf0b8": "÷",
    "\uf0b0": "°", "\uf0d7": "·", "\uf0ae": "→", "\uf0de": "⇒", "\uf03d": "=", "\uf03e": ">", "\uf03c": "<",
    "\uf025": "%", "\uf028": "(", "\uf029": ")", "\uf02c": ",", "\uf02e": ".", "\uf02f": "/", "\uf03a": ":",
    **{chr(0xF000 + ord(digit)): digit for digit in "0123456789"},
}  # fmt: skip


def symbols(text: str, font: str) -> str:
    """What a text in a font of signs prints, where they may be stored as the letters of their bytes (``l``)."""
    return "".join(
        char if char <= " " or char.isspace() else bullet_sign(chr(0xF000 + ord(char) % 256), font) for char in text
    )


def is_symbol_font(name: str) -> bool:
    """Whether the letters of a font are signs."""
    return name.lower().startswith(_SYMBOL_FONTS)


def bullet_sign(char: str, font: str = "") -> str:
    """The plain counterpart of a sign of a symbol font, ``•`` where it has none; any other sign itself."""
    if not "\ue000" <= char <= "\uf8ff":
        return char
    if font.lower().startswith("symbol") and (sign := _MATHEMATICS.get(char)):
        return sign
    return _SYMBOL_SIGNS.get(char, "•")
