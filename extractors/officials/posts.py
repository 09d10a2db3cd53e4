"""Posts as they are written: a role noun, what stands before it and the body that it belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from extractors._shared.document import Document
from extractors._shared.given_names import find_lone_names, find_short_names
from extractors._shared.lexicon import Entry, entries
from extractors._shared.names import NameMention, find_names
from extractors._shared.places import CAPITAL
from extractors.officials.bodies import Bodies, is_assigned, names_division

_SIGN_BEFORE = re.compile(r"(?:^|[\n(:;,+.] ?|- )(?:nguyên )?$")
_SIGN_BEHIND = re.compile(r" ?(?:[.,;:)\n]|$)| kiêm | (?:nhà )?trường| (?:thcs|thpt|th|mn|mg)(?!\w)")
#: Behind a role, what makes a title of it: ``giáo viên chủ nhiệm giỏi cấp huyện``.
_TITLE = re.compile(r" (?:(?:chủ nhiệm(?: lớp)?|dạy|phụ trách) )?giỏi(?!\w)")
_BEFORE = re.compile(r"(?:nguyên (?:là )?|cựu |quyền |q\. ?)+$")
_SUFFIX = re.compile(
    r" (?:thường trực|thứ nhất|chuyên trách|dự phòng|danh dự|hợp đồng|"
    r"kiêm nhiệm|tiền nhiệm|cũ)(?!\w)"
)
# What a person is in charge of: part of the post, but neither of its noun nor of the body.
_CHARGE = re.compile(
    r" phụ trách(?: chuyên môn| bán trú| nuôi dưỡng| công tác [^\W\d_]+| lao động| đời sống| nền? nếp| đoàn thể"
    r"| phổ cập| mầm non| tiểu học| thcs| tổng hợp| hoạt động ngoài giờ| cơ sở vật chất| csvc| phòng| trường)?(?!\w)"
)
#: Behind work that is given to somebody; what goes on behind a comma is to be done by whom the post names.
_CLAUSE_ENDS = re.compile(r" ?(?:[;.]|\n|$)")
#: ``Chủ tịch HĐND tỉnh khóa XVI``, ``Trưởng Ban Tổ chức Hội khỏe Phù Đổng toàn quốc lần thứ X``.
_TERM = re.compile(
    r" (?:các )?khóa (?:[ivx]+(?:(?:, | và )[ivx]+)*|\d{1,2})(?![\w/-])|"
    r"(?: toàn quốc| (?:cấp )?(?:tỉnh|huyện|thành phố))? lần thứ (?:[ivx]+|\d{1,2})(?![\w/-])(?:,? năm \d{4})?"
)
#: The term of whoever has the post (``Chủ tịch Công đoàn nhiệm kỳ 2017-2022``); of those just elected it is told of
#: the election.
_OF_YEARS = re.compile(r" nhiệm k[ỳì] \d{4} ?- ?\d{4}(?!\w)")
_ELECTED = re.compile(
    r"(?<!\w)(?:bầu|cử|trúng|tín nhiệm|bổ nhiệm|chỉ định|phân công|điều động|giao|giữ|làm|danh sách|ra mắt)(?!\w)"
    r"[^.;:\n]{0,40}$"
)
#: The body above, in brackets: ``Trưởng phòng Giáo dục Tiểu học (Sở GD&ĐT Yên Khê)``.
_ABOVE = re.compile(
    r" \((?:sở|phòng|ubnd|ủy ban|huyện ủy|tỉnh ủy|thành ủy|trường|bộ|công an|liên đoàn|trung tâm) [^()\n,;]{2,60}\)"
)
#: The class or subject that somebody teaches, part of the post as well: ``Giáo viên chủ nhiệm lớp 9B``.
_TEACHES = re.compile(
    rf" (?:dạy )?lớp \d{{1,2}}(?:[./]\d{{1,2}}|[A-ZĐ]\d{{0,2}})?(?!\w)|"
    rf" (?:giảng )?dạy (?:bộ môn |môn )?(?:tiếng |chữ )?[{CAPITAL}][^\W\d_]*"
    r"(?: (?!(?i:trường|lớp|tại|ở|của|và|thcs|thpt|th)(?!\w))[^\W\d_]+)?"
)

#: The same without ``lớp``: ``GVCN 9A``.
_OF_CLASS = re.compile(r" (?:\d{1,2}[A-ZĐ]\d{0,2}|\d/\d{1,2}(?![/\d]))(?!\w)")
#: The syllable of a school's name before one that looks like a person's.
_PART = re.compile(rf"(?<!\w)(?!(?:Non|Học|Sở|Giáo|Thông|Trường)(?!\w))[{CAPITAL}](?![{CAPITAL}])[^\W\d_]* $")
_OF_GROUP = re.compile(r"(?<!\w)(?:tổ|nhóm|khối)(?!\w)")
#: A city by its name: behind ``TP.`` that is no division.
_CITY = re.compile(rf"TP\.? ?[{CAPITAL}]")


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


@dataclass(frozen=True)
class Reading:
    """What the rules on posts share about one report. ``schools`` maps starts of school names to their ends."""

    document: Document
    schools: dict[int, int]

    @cached_property
    def names(self) -> list[NameMention]:
        """Full names of persons, in order; not those that schools bear in a list: ``THPT A (Khối trưởng), Lê Lợi``."""
        ends = set(self.schools.values())
        return [name for name in find_names(self.document) if name.end not in ends or not self._is_of_school(name)]

    def _is_of_school(self, name: NameMention) -> bool:
        """Whether a name is what a school is called, or closes that: ``Tiểu học Kỳ Lạc Hạ``."""
        if self.schools.get(name.start) == name.end:
            return True
        text = self.document.text
        whole = any(start < name.start and end == name.end for start, end in self.schools.items())
        return whole and text.count(" ", name.start, name.end) == 1 and _PART.search(text, 0, name.start) is not None

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

    def names_person(self, offset: int) -> bool:
        """Whether anybody is named at an offset, be it by a given name of which the report tells no more."""
        return self.person_at(offset) is not None or offset in self._lone

    @cached_property
    def _lone(self) -> frozenset[int]:
        return frozenset(name.start for name in self.lone_names)

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
            and not _TITLE.match(lowered, term.end)
            and ("between" not in known[term.id].attributes or self._stands_between_signs(term.start, term.end))
            and (term.id != "to_truong_tat" or self._in_group_list(term.start, term.end))
        }

    def _in_group_list(self, start: int, end: int) -> bool:
        """Whether a bracket of two letters stands in the list of a group of teachers: ``Lê Văn Tám (TT)``."""
        document = self.document
        if not document.lower.startswith("(", start - 1) or not document.lower.startswith(")", end):
            return False
        block = document.block_at(start)
        around = [block, *document.ancestors(block), *document.blocks[max(block.index - 6, 0) : block.index]]
        return any(_OF_GROUP.search(document.lower, one.start, one.end) for one in around)

    def _stands_between_signs(self, start: int, end: int) -> bool:
        """Whether signs or a school stand on both sides of what is a verb elsewhere: ``Lê Văn Tám - bảo vệ;``."""
        before = self.document.lower[max(start - 9, 0) : start]
        return _SIGN_BEFORE.search(before) is not None and _SIGN_BEHIND.match(self.document.lower, end) is not None

    def _is_city(self, start: int, end: int) -> bool:
        """Whether ``TP.`` is a city here and no head of a division: ``TP.HCM``, ``TP. Yên Khê``."""
        if self._in_group_list(start, end):
            return False
        city = _CITY.match(self.document.text, start)
        written = self.document.text[start:end]
        if written == "TP":  # without a full stop it is a head before the name of the division only
            return city is None or not names_division(self.document.lower, city.end() - 1)
        if city is None or written != "TP." or end + 1 in self.name_at:
            return False
        return not names_division(self.document.lower, city.end() - 1)

    @cached_property
    def _bodies(self) -> Bodies:
        return Bodies(self.document, self.schools, self.roles, self.name_at)

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
        charge = _CHARGE.match(lowered, end) if entry.id != "hieu_truong" else None
        if (
            charge
            and not self._shares_work(start)
            and not (_CLAUSE_ENDS.match(lowered, charge.end()) and is_assigned(self.document, start))
        ):
            # ``phụ trách Trường Tiểu học Tân Lễ 2``: the school is the body.
            school = charge.end() - len("trường")
            end = school - 1 if school in self.schools else charge.end()
        if entry.id == "giao_vien" and (of_class := _OF_CLASS.match(self.document.text, end)):
            end = of_class.end()
        if taught := _TEACHES.match(self.document.text, end):
            end = taught.end()
        last = self._bodies.end(start, end)
        last = self._term_end(first, last)
        above = _ABOVE.match(lowered, last)
        if above and not any(above.start() < role < above.end() for role in self.roles):
            last = above.end()
        return Post(first, last, start, role_end, end, entry)

    def _shares_work(self, start: int) -> bool:
        """Whether a sentence gives each a task: ``phân công: A, Hiệu trưởng phụ trách chung; B, Phó … phụ trách …``."""
        first, last = self.document.sentence_at(start)
        said = self.document.lower[first:last]
        return "phân công" in said and "phụ trách chung" in said

    def _term_end(self, start: int, end: int) -> int:
        """Where a post ends with its term: ``khóa XVI``, ``nhiệm kỳ 2017-2022``."""
        lowered = self.document.lower
        if term := _TERM.match(lowered, end):
            return term.end()
        years = _OF_YEARS.match(lowered, end)
        return end if years is None or _ELECTED.search(lowered, max(start - 60, 0), start) else years.end()


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
