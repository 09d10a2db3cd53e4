"""The bodies behind posts: where the name of what somebody heads or belongs to ends."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from extractors._shared.address import HONORIFIC_WORDS
from extractors._shared.document import Document
from extractors._shared.lexicon import Entry, load_lexicon
from extractors._shared.names import NameMention
from extractors._shared.places import CAPITAL
from extractors._shared.view import fold_tone_style, lower

_CAPITALISED = re.compile(rf"[{CAPITAL}][\w&.'-]*(?<![.'-])")
_NUMBER = re.compile(r"(?:số )?\d{1,3}(?: ?[+,&/-] ?\d{1,2}(?!\d))*(?!\d)")
# After these an everyday word is part of a body's name: ``Ban kiểm tra``, ``tổ Toán``, ``- Tin``.
_NOUN_BEFORE = re.compile(
    r"(?:(?<!\w)(?:ban|phòng|tổ|nhóm|đoàn|hội đồng|ủy ban|bộ phận|môn|khối|công tác|tiểu ban|nhân viên|giáo viên|gv|"
    r"chuyên viên|cán bộ|văn hóa|tài chính|thông tin|thư ký|biên tập|sở|trung tâm|y|và)|[-,&+/])$"
)
#: Before what a group does, which may be a post elsewhere: ``Tổ trưởng tổ cấp dưỡng``.
_GROUP = re.compile(r"(?<!\w)(?:tổ|nhóm|bộ phận) $")
#: Before the name of an event: ``Ban Tổ chức cuộc thi``.
_OF_AN_EVENT = re.compile(r"ban (?:tổ chức|chỉ đạo)$")
_NUMBERED = re.compile(
    r"(?:tổ|khối|cụm|nhóm|số|lớp|khu phố|tổ dân phố|khu|khóm|xóm|ấp|thôn|buôn|"
    r"phường|quận|khu vực|khóa|bản|trường|lữ đoàn|(?:trung|sư|tiểu) đoàn|"
    r"lớn|nhỡ|nhỏ|bé|lá|chồi|mầm|thi đua|chuyên môn|dân cư)$"
)
#: The number of a commune or hamlet behind its name: ``Đảng ủy xã Tam Hà 1``.
_OF_NUMBERED = re.compile(rf"(?i:xã|phường|thị trấn|thôn|ấp|bản|chi bộ)(?: [{CAPITAL}][^\W\d_]*)+$")
_ITS_NUMBER = re.compile(r"(?:\d|I{1,3}|IV|V)(?=[,;.:)\n]|$| - | và | \()")
#: Who else was there: ``Bí thư Đoàn phường và đại diện cha mẹ học sinh``.
_OTHERS = re.compile(r"(?:đại diện|lãnh đạo|các|toàn thể|tập thể)(?!\w)")
_POINTED = re.compile(rf"\.[{CAPITAL}]")
#: Words with which a sentence goes on behind a post and that no body's name has.
_GO_ON = re.compile(r"cho|đến|tại|ngày|tháng|được|đã|đang|là|thì|khi|vào|qua|các|từ|trong|trước|sau")
#: The second syllable of words with which a clause opens behind a post, by the first.
_CLAUSE_WORDS = {
    "hội": "nghị",
    "nội": "dung",
    "kết": "quả",
    "thực": "hiện",
    "phát": "biểu|hiện",
    "đại": "biểu",
    "tiêu": "biểu",
    "trình": "bày",
    "đồng": "chí",
    "hiện": "tại",
    "ngay": "sau|tại|trong",
    "bên": "trong",
}
_CONNECTOR = re.compile(r" ?[-&+/] ?| và |, ")
_ORGANISATION = re.compile(
    r"(?:trường|phòng|sở|ubnd|ủy ban|hđnd|huyện ủy|tỉnh ủy|đảng|công đoàn|chi bộ|trung tâm|ban|hội|đoàn|"
    r"văn phòng|bộ|liên đoàn)(?!\w)"
)
# The second syllable of a word that begins with a capital: ``Ban Vận động``.
_SMALL = re.compile(
    r" (?!và |của |huyện|tỉnh|xã |phường|"
    r"(?:kể|từ|cho|đến|tại|trong|được|đã|theo|thay|làm|là|để|vào|khi|về|ở|cùng|với) )"
    r"[^\W\d_A-Z]+"
)
#: What a company makes, in small letters before its name: ``Công ty may Tân Lễ``.
_COMPANY = re.compile(r"(?:công ty|doanh nghiệp|hợp tác xã|nhà máy)(?: [^\W\d_]+)?$")
_TRADE = re.compile(rf"(?:(?![{CAPITAL}])[^\W\d_]+ ){{1,4}}(?=[{CAPITAL}])")
#: A name in quotes behind the noun of a body: ``Câu lạc bộ "Áo ấm vùng cao"``.
_QUOTED = re.compile(r"[\"“«'‘][^\"”»'’\n]{2,60}[\"”»'’]")
_BRANDED = re.compile(
    r"(?<!\w)(?:câu lạc bộ|clb|quỹ|nhóm|công ty|tnhh|cổ phần|cp|trung tâm|dự án|chương trình|hội|hệ thống|tập đoàn|"
    r"cửa hàng|doanh nghiệp|hợp tác xã|htx|nhà sách|báo|tạp chí)$"
)
#: Roles in a part of an institution, whose name may stand behind a comma: ``Trưởng khoa Nội, Trường Đại học Y Tân Lễ``.
_PARTS = frozenset({"truong_khoa", "to_truong", "to_pho", "giao_vien", "nhan_vien", "chuyen_vien", "nhom_truong"})
_OFFICES = frozenset({"truong_phong", "pho_truong_phong"})
_WHOLE = re.compile(r"(?<!\w)(?:trường|sở|phòng gd|ubnd|huyện|tỉnh|thành phố|đại học|học viện|thcs|thpt|th|mn)(?!\w)")
_HIGHER = re.compile(r"(?:trường )?(?:đại học|đh|cao đẳng|cđ|học viện|trung cấp)(?!\w)|(?:sở|viện) ")
_SPACE = " "
#: Forms of address with a capital, as many as stand before a name: ``Bí thư Huyện ủy Ông Lê Văn Tám``.
_ADDRESSES = re.compile(rf"(?:(?:{HONORIFIC_WORDS})(?!\w)[.:]{{0,2}} ?)+")


@cache
def _body_words() -> re.Pattern[str]:
    """A word or phrase of a body's name in lower case, the longest first; group ``after`` for everyday words."""
    groups: dict[bool, list[str]] = {True: [], False: []}
    for entry in load_lexicon("extractors.officials", "words.yml")["body"]:
        for form in entry.forms:
            groups["after" in entry.attributes].append(re.escape(lower(fold_tone_style(form))).replace("\\ ", " "))
    forms = [*groups[True], *groups[False]]
    everyday = "|".join(sorted(groups[True], key=len, reverse=True))
    every = "|".join(sorted(forms, key=len, reverse=True))
    # ``Phòng Hành chính Công ty Ánh Dương`` is no office of public administration.
    return re.compile(rf"(?=(?P<after>(?:{everyday})(?![\w]))?)(?P<word>(?:{every})(?![\w])(?<!công(?= ty)))")


def names_division(lowered: str, at: int) -> bool:
    """Whether a division is named at an offset: ``TP. Tổ chức cán bộ``, ``TP. GD-ĐT`` heads it."""
    word = _body_words().match(lowered, at)
    return word is not None and any(sign in word["word"] for sign in (" ", "-", "&"))


def is_assigned(document: Document, start: int) -> bool:
    """Whether the sentence tells who is to do what: ``Phân công: thầy A - PHT phụ trách chuyên môn``."""
    return _ASSIGNED.match(document.lower, document.sentence_at(start)[0]) is not None


@dataclass(frozen=True)
class Bodies:
    """Reads the bodies of one report behind its posts; ``roles`` are the role nouns by their start."""

    document: Document
    schools: Mapping[int, int]
    roles: Mapping[int, tuple[int, Entry]]
    name_at: Mapping[int, NameMention]

    def end(self, start: int, end: int) -> int:
        """Where the body ends that is named after a role."""
        document, lowered, role_end = self.document, self.document.lower, end
        limit = min(document.block_at(start).end, end + 160)
        while end < limit:
            at = end + 1 if document.text[end] == _SPACE else -1
            step = self._step(at, start, end == role_end) if at > 0 else None
            if step is None and (compound := _compound().search(document.text, start, end)):
                step = self._rest_of_compound(compound.end(), limit)
            if step is None and (connector := _CONNECTOR.match(lowered, end)):
                step = self._step_over(connector, end == role_end)
            if step is None and (connector := _COMMA.match(lowered, end)):
                step = self._whole_institution(start, connector)
            if step is None:
                step = self._rest_before_name(start, end)
            if step is None:
                break
            end = min(step, limit)
        # ``Chủ tịch Công đoàn khóa trước``: no number follows.
        return end - len(" khóa") if lowered.endswith(" khóa", role_end, end) else end

    def _rest_of_compound(self, at: int, limit: int) -> int | None:
        """The end of the small words behind a first syllable, where the post ends or goes on with a capital.

        A person behind them is not among them: ``Chánh Văn phòng Sở Lê Văn Tám``.
        """
        rest = _SMALL_WORDS.match(self.document.lower, at, limit)
        if rest is None:
            return None
        name = next((start for start in range(at, rest.end()) if start in self.name_at), None)
        return rest.end() if name is None else (name - 1 if name - 1 > at else None)

    def _whole_institution(self, start: int, comma: re.Match[str]) -> int | None:
        """The end of the institution named behind the part of it that a post is of; None where none is."""
        at, lowered = comma.end(), self.document.lower
        role = self.roles[start][1].id
        if role not in _PARTS | _OFFICES or _WHOLE.search(lowered, start, comma.start()):
            return None
        if not self.document.text[at].isupper() or (role in _OFFICES and not _HIGHER.match(lowered, at)):
            return None
        return self.schools.get(at)

    def _is_part(self, start: int) -> bool:
        """Whether the post that begins at an offset is one in a part of an institution."""
        return start in self.roles and self.roles[start][1].id in _PARTS

    def _rest_before_name(self, start: int, end: int) -> int | None:
        """The end of small words between a capitalised one and a person: ``Trưởng phòng Đào tạo nghề Lê Văn Tám``."""
        rest = _SMALL_REST.match(self.document.text, end)
        if rest is None or rest.end() + 1 not in self.name_at:
            return None
        return rest.end() if _LAST_CAPITAL.search(self.document.text, start, end) else None

    def _step(self, at: int, start: int, first: bool) -> int | None:
        """The end of the piece of a body's name that begins at an offset; None where none does."""
        document, lowered = self.document, self.document.lower
        if at in self.name_at or ((called := _ADDRESSES.match(lowered, at)) and called.end() in self.name_at):
            return None
        if at in self.schools:
            return self.schools[at]
        if (of := _OF.match(lowered, at)) and of.end() in self.schools and (of["of"] or self._is_part(start)):
            return self.schools[of.end()]
        if (quoted := _QUOTED.match(document.text, at)) and _BRANDED.search(lowered, start, at - 1):
            return quoted.end()
        word = _body_words().match(lowered, at)
        if word is not None and _POINTED.match(document.text, word.end()):
            word = None  # ``TP.HCM`` is one name
        role = self.roles.get(at)
        of_group = word is not None and _GROUP.search(lowered, start, at) is not None
        if (
            role is not None
            and not of_group
            and (word is None or role[0] > word.end() or (not first and role[0] == word.end()))
        ):
            return None
        if word is not None and at - 1 and self._counts(word, start, at):
            return word.end()
        capital = _CAPITALISED.match(document.text, at)
        if capital and not self._opens_clause(capital) and not self._goes_on_in_capitals(capital, start):
            noun = _NOUN_BEFORE.search(lowered, max(at - 16, 0), at - 1)
            compound = _SMALL.match(document.text, capital.end()) if noun else None
            return compound.end() if compound and capital.group(0)[1:2].islower() else capital.end()
        if _COMPANY.search(lowered[max(at - 24, 0) : at - 1]) and (trade := _TRADE.match(document.text, at)):
            return trade.end() - 1
        its_number = _ITS_NUMBER.match(document.text, at)
        if its_number and _OF_NUMBERED.search(document.text, start, at - 1):
            return its_number.end()
        number = _NUMBER.match(lowered, at)
        if number and _NUMBERED.search(lowered[max(at - 11, 0) : at - 1]):
            return number.end()
        return None

    def _counts(self, word: re.Match[str], start: int, at: int) -> bool:
        """Whether an everyday word is part of the body: after a noun of a body, or with a capital."""
        if self._acts(start, at):
            return False
        if word["after"] is None or word.end("after") < word.end():
            return True
        before = self.document.lower[start:at].rstrip()
        noun = _NOUN_BEFORE.search(before) or _OF_AN_EVENT.search(before)
        return noun is not None or self.document.text[at].isupper()

    def _acts(self, start: int, at: int) -> bool:
        """Whether a word is what somebody does: ``Giao A, chuyên viên tổng hợp.``, ``chuyên viên tổng hợp số liệu``."""
        acts = _ACTS.match(self.document.lower, at)
        if acts is None or acts["object"]:
            return acts is not None
        return is_assigned(self.document, start)

    def _opens_clause(self, capital: re.Match[str]) -> bool:
        """Whether a capitalised word and the small one behind it open a clause (``Hội nghị``), not ``Hồ Chí Minh``."""
        word = capital.group(0)
        follows = _CLAUSE_WORDS.get(word.lower()) if word[1:].islower() else None
        return (
            follows is not None
            and re.match(rf" (?:{follows})(?!\w)", self.document.text[capital.end() :][:12]) is not None
        )

    def _goes_on_in_capitals(self, capital: re.Match[str], start: int) -> bool:
        """Whether a sentence in capitals goes on behind a post: ``HIỆU TRƯỞNG NHÀ TRƯỜNG CHO ĐẾN NĂM 1980``."""
        shouted = self.document.text[start : capital.end()].isupper()
        return shouted and _GO_ON.fullmatch(self.document.lower, *capital.span()) is not None

    def _step_over(self, connector: re.Match[str], bodiless: bool) -> int | None:
        """The end of the piece after ``-``, ``và`` or a comma, where the same body goes on."""
        document, lowered, at = self.document, self.document.lower, connector.end()
        if at in self.roles or at in self.name_at or at >= len(lowered):
            return None
        organisation = at in self.schools or _ORGANISATION.match(lowered, at) is not None
        sign = connector.group(0).strip()
        if (sign == "/" and bodiless) or (sign == "và" and _OTHERS.match(lowered, at)):
            return None
        if sign == ",":
            named = at in self.schools or document.text[at].isupper()
            return self._step(at, at, False) if bodiless and organisation and named else None
        if sign == "và" and (organisation or bodiless):
            return None
        if sign == "-" and organisation and not bodiless:
            return None
        word = _body_words().match(lowered, at)
        if sign == "-" and _SPEAKS.match(lowered, at):
            return None  # ``Trưởng khoa … Trường Đại học Tân Lễ - báo cáo chuyên đề``
        if sign == "-" and bodiless and word and word["after"] and document.text[at].islower():
            return None  # ``Phó Hiệu trưởng - điều hành``
        return self._step(at, connector.start(), False) if word or at in self.schools else None


@cache
def _compound() -> re.Pattern[str]:
    """The first syllable, with a capital, of what a part of an institution deals with: ``Viện Nghiên`` (cứu …)."""
    nouns = "viện|khoa|bộ môn|tổ bộ môn|phòng|vụ|cục|ban|quỹ|hiệp hội|câu lạc bộ|clb|tổ"
    return re.compile(rf"(?<!\w)(?i:{nouns}) [{CAPITAL}][^\W\d_]*(?<![{CAPITAL}])$")


#: Words in small letters with which a sentence goes on behind a post.
_SAYS = re.compile(
    r"(?:phát|dự|tham|chủ|trình|báo|cho|đã|được|cùng|và|đến|là|làm|nhấn|khẳng|trao|tặng|có|tại|trong|nhận|mong|"
    r"kết|yêu"
    r"|đề|đọc|thông|chúc|gửi|thay|giới|điều|chỉ|khai|bế|đánh|ghi|biểu|ký|kiểm|hứa|nói|trả|giải|thì|từ|ở|về|của|"
    r"với|vào"
    r"|khi|sau|trước|huyện|tỉnh|xã|thành|quận|phường|trường|nêu|lưu|bày|xin|cảm|thăm|thị|các|những|lần|năm|"
    r"kể|theo|thay|tuyên|trực)"
    r"(?!\w)"
)
#: Small words with which the name of an office ends, and the capitalised word or phrase before them.
_SMALL_REST = re.compile(
    rf"(?:,? (?!{_SAYS.pattern}|(?:đồng|ông|bà|thầy|cô|anh|chị|em|mời|gặp|tiễn|nguyên|nhà)(?!\w))"
    rf"(?![{CAPITAL}])[^\W\d_]+){{1,5}}(?= [{CAPITAL}])"
)
_LAST_CAPITAL = re.compile(
    rf"(?<!\w)(?i:phòng|ban|tổ|tổ trưởng|tổ phó|khoa|bộ môn|nhóm trưởng|nhóm|đội) [{CAPITAL}][^\W\d_]*"
    r"(?:[ ,&-]+[^\W\d_]+)*$"
)
#: What somebody does, behind the dash that closes the posts.
_SPEAKS = re.compile(r"(?:báo cáo|thông qua|thông báo|kiểm tra|trao|tặng|đại diện cho|chỉ đạo|điều hành)(?!\w)")
_ACTS = re.compile(
    r"(?:tổng hợp|kiểm tra|quản lý|hướng dẫn|giám sát)"
    r"(?P<object> (?:các |những )?"
    r"(?:số liệu|báo cáo|kết quả|danh sách|hồ sơ|ý kiến|việc|gửi|và (?:gửi|báo cáo)))?(?!\w)"
)
_ASSIGNED = re.compile(r"(?:[-+*•] |\d{1,2}[/.)] ?)?(?:giao|phân công|cử|đề nghị|yêu cầu)[ :]")
_COMMA = re.compile(r", ")
#: Before the school that somebody belongs to: ``tổ trưởng của Trường Tiểu học Tân Lễ``.
_OF = re.compile(r"(?:(?P<of>của)|tại|ở) (?=trường |th|mn|mg|pt|tiểu|mầm|trung)")
_SMALL_WORDS = re.compile(rf"(?: (?!{_SAYS.pattern})[^\W\d_]+){{1,3}}")
