"""Posts as they are written: a role noun, what stands before it and the body that it belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property

from extractors._shared.document import Document
from extractors._shared.lexicon import Entry, entries, load_lexicon
from extractors._shared.names import NameMention, find_lone_names, find_names, find_short_names
from extractors._shared.places import CAPITAL
from extractors._shared.view import fold_tone_style, lower

_BEFORE = re.compile(r"(?:nguyên (?:là )?|cựu |quyền |q\. ?)+$")
_SUFFIX = re.compile(
    r" (?:thường trực|thứ nhất|chuyên trách|dự phòng|danh dự|hợp đồng|"
    r"kiêm nhiệm|đương nhiệm|tiền nhiệm|cũ)(?!\w)"
)
# What a person is in charge of: part of the post, but neither of its noun nor of the body.
_CHARGE = re.compile(
    r" phụ trách(?: chuyên môn| bán trú| nuôi dưỡng| công tác [^\W\d_]+| hoạt động ngoài giờ| cơ sở vật chất| csvc"
    r"| phòng| trường)?(?!\w)"
)
#: ``Chủ tịch HĐND tỉnh khóa XVI``, ``Trưởng Ban Tổ chức Hội khỏe Phù Đổng toàn quốc lần thứ X``.
_TERM = re.compile(
    r" (?:các )?khóa (?:[ivx]+(?:(?:, | và )[ivx]+)*|\d{1,2})(?![\w/-])|"
    r"(?: toàn quốc| (?:cấp )?(?:tỉnh|huyện|thành phố))? lần thứ (?:[ivx]+|\d{1,2})(?![\w/-])(?:,? năm \d{4})?"
)
#: The body above, in brackets: ``Trưởng phòng Giáo dục Tiểu học (Sở GD&ĐT Yên Khê)``.
_ABOVE = re.compile(
    r" \((?:sở|phòng|ubnd|ủy ban|huyện ủy|tỉnh ủy|thành ủy|trường|bộ|công an|liên đoàn|trung tâm) [^()\n,;]{2,60}\)"
)
_CAPITALISED = re.compile(rf"[{CAPITAL}][\w&.'-]*(?<![.'-])")
_NUMBER = re.compile(r"(?:số )?\d{1,3}(?: ?[+,&/-] ?\d{1,2}(?!\d))*(?!\d)")
# After these an everyday word is part of a body's name: ``Ban kiểm tra``, ``tổ Toán``, ``- Tin``.
_NOUN_BEFORE = re.compile(
    r"(?:(?<!\w)(?:ban|phòng|tổ|nhóm|đoàn|hội đồng|ủy ban|bộ phận|môn|khối|công tác|tiểu ban|nhân viên|giáo viên|gv|"
    r"chuyên viên|cán bộ|văn hóa|tài chính|thông tin|thư ký|sở|trung tâm|y|và)|[-,&+/])$"
)
#: Before the name of an event: ``Ban Tổ chức cuộc thi``.
_OF_AN_EVENT = re.compile(r"ban (?:tổ chức|chỉ đạo)$")
_NUMBERED = re.compile(
    r"(?:tổ|khối|cụm|nhóm|số|lớp|khu phố|tổ dân phố|khu|khóm|xóm|ấp|thôn|buôn|"
    r"phường|quận|khu vực|khóa|bản|trường|lữ đoàn|(?:trung|sư|tiểu) đoàn|"
    r"lớn|nhỡ|nhỏ|bé|lá|chồi|mầm|thi đua|chuyên môn|dân cư)$"
)
#: The class or subject that somebody teaches, part of the post as well: ``Giáo viên chủ nhiệm lớp 9B``.
_TEACHES = re.compile(
    rf" lớp \d{{1,2}}(?:[./]\d{{1,2}}|[A-ZĐ]\d{{0,2}})?(?!\w)|"
    rf" (?:giảng )?dạy (?:bộ môn |môn )?[{CAPITAL}][^\W\d_]*"
    r"(?: (?!(?i:trường|lớp|tại|ở|của|và|thcs|thpt|th)(?!\w))[^\W\d_]+)?"
)
#: The number of a commune or hamlet behind its name: ``Đảng ủy xã Tam Hà 1``.
_OF_NUMBERED = re.compile(rf"(?:xã|phường|thị trấn|thôn|ấp|bản|chi bộ)(?: [{CAPITAL}][^\W\d_]*)+$")
_ITS_NUMBER = re.compile(r"(?:\d|I{1,3}|IV|V)(?=[,;.:)\n]|$| - | và | \()")
#: Who else was there: ``Bí thư Đoàn phường và đại diện cha mẹ học sinh``.
_OTHERS = re.compile(r"(?:đại diện|lãnh đạo|các|toàn thể|tập thể)(?!\w)")
#: A city by its name: behind ``TP.`` that is no division.
_CITY = re.compile(rf"TP\.? ?[{CAPITAL}]")
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
_SMALL = re.compile(r" (?!và |của |huyện|tỉnh|xã |phường)[^\W\d_A-Z]+")
#: What a company makes, in small letters before its name: ``Công ty may Tân Lễ``.
_COMPANY = re.compile(r"(?:công ty|doanh nghiệp|hợp tác xã|nhà máy)(?: [^\W\d_]+)?$")
_TRADE = re.compile(rf"(?:(?![{CAPITAL}])[^\W\d_]+ ){{1,4}}(?=[{CAPITAL}])")
_SPACE = " "


@dataclass(frozen=True)
class Post:
    """A post as written: its range in the view, and within it that of the role noun and where the body begins."""

    start: int
    end: int
    role_start: int
    role_end: int
    body_start: int
    entry: Entry

    @property
    def rank(self) -> str | None:
        """``staff`` for rank and file, ``heading`` and ``sign`` for what counts in forms only; else None."""
        return self.entry.attributes.get("rank")


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


@dataclass(frozen=True)
class Reading:
    """What the rules on posts share about one report. ``schools`` maps starts of school names to their ends."""

    document: Document
    schools: dict[int, int]

    @cached_property
    def names(self) -> list[NameMention]:
        """Full names of persons, in order."""
        return find_names(self.document)

    @cached_property
    def name_at(self) -> dict[int, NameMention]:
        """Full names by their start."""
        return {name.start: name for name in self.names}

    @cached_property
    def _short(self) -> dict[int, tuple[NameMention, NameMention]]:
        """Given names after an honorific (``cô Mai``) by their start, each with its person's full name."""
        document = self.document
        full: dict[str, NameMention] = {}
        for name in self.names:
            if not name.child:
                full.setdefault(document.value(name.start, name.end), name)
        short = find_short_names(document, full)
        return {
            mention.start: (mention, full[person]) for mention, person in short if mention.start not in self.name_at
        }

    @cached_property
    def lone_names(self) -> list[NameMention]:
        """Given names after an honorific of people who are never named in full, in order."""
        document = self.document
        return find_lone_names(document, (document.value(name.start, name.end) for name in self.names))

    @property
    def short_names(self) -> list[NameMention]:
        """Given names that stand for one person of the report, in order."""
        return [mention for mention, _ in self._short.values()]

    def person_at(self, offset: int) -> NameMention | None:
        """The person named at an offset, in full or by given name."""
        if offset in self._short:
            return self._short[offset][0]
        return self.name_at.get(offset)

    def full_name(self, name: NameMention) -> NameMention | None:
        """Where the person of a given name is named in full; None for full names."""
        return self._short[name.start][1] if name.start in self._short else None

    @cached_property
    def roles(self) -> dict[int, tuple[int, Entry]]:
        """Role nouns by their start: end and lexicon entry."""
        known, lowered = entries("extractors.officials", "post_role"), self.document.lower
        return {
            term.start: (term.end, known[term.id])
            for term in self.document.terms("post_role")
            # ``Đoàn Chủ tịch``, ``Ban giám khảo`` are bodies, and in another column the post is another one's.
            if term.id != "no_role"
            and not lowered.endswith(("đoàn ", "ban "), self.document.block_at(term.start).start, term.start)
            and not (term.id == "thu_ky" and lowered.endswith("tổ ", 0, term.start))
            and not self._is_city(term.start, term.end)
        }

    def _is_city(self, start: int, end: int) -> bool:
        """Whether ``TP.`` is a city here and no head of a division: ``TP.HCM``, ``TP. Yên Khê``."""
        city = _CITY.match(self.document.text, start)
        written = self.document.text[start:end]
        return city is not None and written.rstrip(".") == "TP" and end + 1 not in self.name_at

    @cached_property
    def posts(self) -> dict[int, Post]:
        """Every post by its start, ``nguyên`` and ``quyền`` included."""
        found: dict[int, Post] = {}
        for start in self.roles:
            post = self._parse(start)
            found[post.start] = post
        return found

    def post_at(self, offset: int) -> Post | None:
        """The post that begins at an offset, or None."""
        return self.posts.get(offset)

    def _parse(self, start: int) -> Post:
        lowered = self.document.lower
        role_end, entry = self.roles[start]
        before = _BEFORE.search(lowered[max(start - 16, 0) : start])
        first = start - (len(before.group(0)) if before else 0)
        if before and first and lowered[first - 1].isalnum():
            first = start
        end = role_end
        if suffix := _SUFFIX.match(lowered, end):
            end = role_end = suffix.end()
        if charge := _CHARGE.match(lowered, end):
            end = charge.end()
        if taught := _TEACHES.match(self.document.text, end):
            end = taught.end()
        last = self._body_end(start, end)
        if term := _TERM.match(lowered, last):
            last = term.end()
        above = _ABOVE.match(lowered, last)
        if above and not any(above.start() < role < above.end() for role in self.roles):
            last = above.end()
        return Post(first, last, start, role_end, end, entry)

    def _body_end(self, start: int, end: int) -> int:
        """Where the body ends that is named after a role."""
        document, lowered, role_end = self.document, self.document.lower, end
        limit = min(document.block_at(start).end, end + 160)
        while end < limit:
            at = end + 1 if document.text[end] == _SPACE else -1
            step = self._step(at, start, end == role_end) if at > 0 else None
            if step is None and (compound := _compound().search(document.text, start, end)):
                step = _rest_of_compound(lowered, compound.end(), limit)
            if step is None and (connector := _CONNECTOR.match(lowered, end)):
                step = self._step_over(connector, end == role_end)
            if step is None:
                break
            end = min(step, limit)
        return end

    def _step(self, at: int, start: int, first: bool) -> int | None:
        """The end of the piece of a body's name that begins at an offset; None where none does."""
        document, lowered = self.document, self.document.lower
        if at in self.name_at:
            return None
        if at in self.schools:
            return self.schools[at]
        word = _body_words().match(lowered, at)
        if word is not None and _POINTED.match(document.text, word.end()):
            word = None  # ``TP.HCM`` is one name
        role = self.roles.get(at)
        if role is not None and (word is None or role[0] > word.end() or (not first and role[0] == word.end())):
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
        if word["after"] is None or word.end("after") < word.end():
            return True
        before = self.document.lower[start:at].rstrip()
        noun = _NOUN_BEFORE.search(before) or _OF_AN_EVENT.search(before)
        return noun is not None or self.document.text[at].isupper()

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
        if _body_words().match(lowered, at) or at in self.schools:
            return self._step(at, connector.start(), False)
        return None


@cache
def _compound() -> re.Pattern[str]:
    """The first syllable, with a capital, of what a part of an institution deals with: ``Viện Nghiên`` (cứu …)."""
    nouns = "viện|khoa|bộ môn|tổ bộ môn|phòng|vụ|cục|ban|quỹ|hiệp hội|câu lạc bộ|clb|tổ"
    return re.compile(rf"(?<!\w)(?i:{nouns}) [{CAPITAL}][^\W\d_]*(?<![{CAPITAL}])$")


#: Words in small letters with which a sentence goes on behind a post.
_SAYS = re.compile(
    r"(?:phát|dự|tham|chủ|trình|báo|cho|đã|được|cùng|và|đến|là|làm|nhấn|khẳng|trao|tặng|có|tại|trong|nhận|mong|kết|yêu"
    r"|đề|đọc|thông|chúc|gửi|thay|giới|điều|chỉ|khai|bế|đánh|ghi|biểu|ký|kiểm|hứa|nói|trả|giải|thì|từ|ở|về|của|với|vào"
    r"|khi|sau|trước|huyện|tỉnh|xã|thành|quận|phường|trường|nêu|lưu|bày|xin|cảm|thăm|thị|các|những|lần|năm|tuyên|trực)"
    r"(?!\w)"
)
_SMALL_WORDS = re.compile(rf"(?: (?!{_SAYS.pattern})[^\W\d_]+){{1,3}}")


def _rest_of_compound(lowered: str, at: int, limit: int) -> int | None:
    """The end of the small words behind such a syllable, where the post ends or goes on with a capital behind them."""
    rest = _SMALL_WORDS.match(lowered, at, limit)
    return rest.end() if rest else None


def role_text(document: Document, post: Post) -> str:
    """The role noun: as written, abbreviations expanded (``HUV`` is ``Huyện ủy viên``)."""
    return (
        post.entry.value
        if post.entry.value and _abbreviated(document, post)
        else document.value(post.role_start, post.role_end)
    )


def _abbreviated(document: Document, post: Post) -> bool:
    written = document.text[post.role_start : post.role_end]
    return (written.isupper() and " " not in written.strip()) or (post.entry.value or "").lower() != written.lower()


def organization_text(document: Document, post: Post) -> str | None:
    """The body as written (``Trưởng phòng GD&ĐT``: ``Phòng GD&ĐT``); None for a bare post."""
    rest = document.value(post.body_start, post.end).strip(" -,:") if post.end > post.body_start else ""
    noun, implied = post.entry.attributes.get("noun"), post.entry.attributes.get("org")
    if implied:
        written = document.value(post.role_start, post.role_end)
        own = written[: -len(" viên")] if written.lower().endswith(" viên") else implied
        return f"{implied} {rest}".strip() if rest and not written.lower().endswith(" viên") else own
    if not any(char.isalpha() for char in rest):
        return None
    role = document.value(post.role_start, post.role_end)
    where = role.lower().rfind(noun) if noun else -1
    if noun and where >= 0 and not rest.lower().startswith((noun + " ", "hội đồng", "khối", "cụm")):
        as_written = role[where : where + len(noun)]
        return f"{as_written[0].upper()}{as_written[1:]} {rest}"
    return rest
