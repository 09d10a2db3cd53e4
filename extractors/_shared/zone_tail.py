"""The end of a document: recipients, signatures and byline."""

from __future__ import annotations

import re

from extractors._shared.outline import BULLET
from extractors._shared.zone_forms import LINE, Lines, forms, is_person, pattern

#: ``Nam Trực, ngày 5 tháng 6 năm 2020``, ``Tân Lập, tháng 11 năm 2020``.
DATELINE = re.compile(
    r"(?:[^\W\d_a-z][^\n,:;\d]{0,45}?\s?,\s?(?:ngày|tháng)|ngày|Ngày|NGÀY)\s?[\d.…_]*[^\n,]{0,12}(?:tháng|năm|/|-|\.)\s?"
    r"[^\n,]{0,25}$"
)
NOTE = re.compile(r"\((?:.{0,12}(?:ký|kí|dấu).{0,40})\)|(?:đã ký|đã kí)", re.I)


class Tail(Lines):
    """Marks recipients, signatures and byline."""

    def mark(self) -> None:
        """Gives the zones of the end to its lines."""
        index, has_signature = 0, False
        while index < len(self.blocks):
            if self._signature_start(index) and (end := self._signature_end(index)):
                for inside in range(index, end):
                    if self.blocks[inside].kind != "junk" and self.kinds.get(inside) is None:
                        self.kinds[inside] = "signature"
                index, has_signature = end, True
            elif pattern("recipients").match(self.lowered(index)) and len(self.text(index)) < 3 * LINE:
                self._mark_recipients(index)
                index += 1
            else:
                index += 1
        self._mark_closing_date()
        if not has_signature:
            self._mark_byline()

    def _signature_start(self, index: int) -> bool:
        block, text, lowered = self.blocks[index], self.text(index), self.lowered(index)
        if block.kind in ("junk", "caption") or not 3 <= len(text) <= 120:
            return False
        if (match := pattern("prefix").match(lowered)) and text[: match.end()].isupper():
            return text[match.end() :].strip(" ./:")[:2].isupper() or not text[match.end() :].strip(" ./:")
        if not (match := pattern("post").match(lowered)):
            return False
        shouted = text[: match.end()].isupper() and len(text) <= match.end() + 20
        return len(text) <= 80 and (text.isupper() or shouted or match.end() == len(lowered)) and text[0].isupper()

    def _signature_end(self, index: int) -> int:
        """Where the signature that begins here ends; 0 where it is none, because no name follows."""
        end, name, prefix = index, 0, bool(pattern("prefix").match(self.lowered(index)))
        last = min(index + 14, len(self.blocks))
        while end < last:
            text = self.text(end)
            if self.blocks[end].kind == "junk" or self.kinds.get(end) == "recipients" or NOTE.fullmatch(text):
                end += 1
            elif is_person(text) and not self._is_post(end):
                end += 1
                name = end
            elif pattern("recipients").match(self.lowered(end)):
                self._mark_recipients(end)
                end += 1
            elif (self._belongs(end) and (not name or self._signature_start(end))) or (
                prefix and not name and self._stands_over_name(end)
            ):
                end += 1
            elif not name and end > index and self._is_list(end):
                self.kinds[end] = "recipients" if "recipients" in self.kinds.values() else self.blocks[end].kind
                end += 1
            else:
                break
        if name:
            return name
        return min(index + 2, end) if prefix and end > index and len(self.blocks) - end < 8 else 0

    def _is_post(self, index: int) -> bool:
        return bool(pattern("post").match(self.lowered(index)))

    def _belongs(self, index: int) -> bool:
        text = self.text(index)
        return len(text) <= 100 and (text.isupper() or self._signature_start(index)) and not text[0].isdigit()

    def _stands_over_name(self, index: int) -> bool:
        """Whether a line in small letters is the post of the name below it: ``Tổ trưởng tổ Mầm non``."""
        text = self.text(index)
        if not text[0].isupper() or len(text) > 60 or not text[-1].isalpha() or index + 1 == len(self.blocks):
            return False
        return is_person(self.text(index + 1)) and not self._is_post(index + 1)

    def _is_list(self, index: int) -> bool:
        text = self.text(index)
        listed = self.blocks[index].marker is not None and text.endswith((";", ".", ","))
        return len(text) <= 120 and (listed or "Lưu" in text[:8])

    def _mark_recipients(self, index: int) -> None:
        self.kinds[index] = "recipients"
        for follower in range(index + 1, min(index + 30, len(self.blocks))):
            block, text = self.blocks[follower], self.text(follower)
            if block.kind == "junk" or follower in self.kinds:
                continue
            if (
                self._signature_start(follower)
                or is_person(text)
                or len(text) > LINE
                or (text.isupper() and len(text) > 12)
            ):
                if not self._list_goes_on(follower):
                    return
                continue
            listed = block.marker is not None and block.marker.kind == BULLET
            if (
                not listed
                and not text.endswith((";", ".", ","))
                and not re.match(r"(?:Như|Lưu|Các|Phòng|UBND|Sở)\b", text)
            ):
                return
            self.kinds[follower] = "recipients"

    def _list_goes_on(self, index: int) -> bool:
        """Whether a recipient list goes on after lines of the signature's column."""
        for follower in range(index + 1, min(index + 4, len(self.blocks))):
            marker = self.blocks[follower].marker
            if marker is not None and marker.kind == BULLET and self.text(follower).endswith((";", ".", ",")):
                return True
        return False

    def _mark_byline(self) -> None:
        prose = [b.index for b in self.blocks[-12:] if b.kind not in ("junk", "cell", "caption")]
        for index in reversed(prose[-6:]):
            text, lowered = self.text(index), self.lowered(index)
            if len(text) > 120:
                return
            whole = any("whole" in e.attributes and lowered.startswith(form) for form, e in forms("byline_cue").items())
            last = index == prose[-1] and index > 1 and (is_person(text) or self._is_body(index))
            if pattern("byline").match(lowered) or whole or last:
                self.kinds.setdefault(index, "byline")

    def _is_body(self, index: int) -> bool:
        """Whether a last line is nothing but the name of a body, and not the caption of a picture."""
        text = self.text(index)
        if (
            len(text) > 80
            or text.endswith((".", ":", ";", "!"))
            or not text[0].isupper()
            or ", " in text
            or ": " in text
        ):
            return False
        if re.search(r": ?\d", text):
            return False  # "THCS: 3.318 học sinh"
        return bool(pattern("body").match(self.lowered(index))) and self.blocks[index - 1].kind != "junk"

    def _mark_closing_date(self) -> None:
        """``Yên Trạch, tháng 11 năm 2020`` over the signature or at the end."""
        prose = [b.index for b in self.blocks[-40:] if b.kind not in ("junk", "cell", "caption")]
        for index in prose[-10:]:
            if index > 3 and len(self.text(index)) < 90 and DATELINE.fullmatch(self.text(index).rstrip(".")):
                self.kinds.setdefault(index, "dateline")
