"""Numbers that differ as by a slip of the hand: one digit is another one, or two neighbours are turned."""

from __future__ import annotations

_LEAST_DIGITS = 3


def differ_by_slip(a: float, b: float, least: int = _LEAST_DIGITS) -> bool:
    """Whether two numbers of as many digits, ``least`` or more, are not the same but as good as."""
    one, two = f"{a:.10g}", f"{b:.10g}"
    if one.find(".") == two.find("."):  # 62,5 and 65,2 have two neighbours turned
        one, two = one.replace(".", ""), two.replace(".", "")
    at = [index for index, pair in enumerate(zip(one, two, strict=False)) if pair[0] != pair[1]]
    if len(one) != len(two) or len(one) < least or not one.isdigit():
        return False
    turned = len(at) == 2 and at[1] == at[0] + 1 and sorted(one) == sorted(two)
    return turned or len(at) == 1


#: By so much of what there was, what is left may be told wrong.
_TOO_FAR = 0.3
_PAIR = 2


def is_plausible_rest(whole: float, left: float, told: float) -> bool:
    """Whether ``told`` can stand for what is ``left`` of ``whole``, by some mistake even: not only for some of it."""
    return abs(left - told) <= _TOO_FAR * whole or differ_by_slip(left, told, _PAIR)
