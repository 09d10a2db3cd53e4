"""Winners that are no persons and no schools: classes, teams, clubs, bodies by the name that the text gives them."""

from __future__ import annotations

import re

from extractors._shared.document import Block
from extractors._shared.names import find_names
from extractors._shared.view import CAPITAL
from extractors.awards.atoms import Atom
from extractors.awards.context import Context
from extractors.awards.forms import list_end
from extractors.awards.verbs import WIN
from extractors.awards.winner import Winner

#: Nouns of groups that win as one, and further ones of whole bodies.
GROUP = r"thôn|ấp|bản|cặp đôi|cặp|đội|liên đội|chi đội|chi đoàn|công đoàn|đoàn trường|lớp|tổ|nhóm|đơn vị|câu lạc bộ|clb"
ANY_GROUP = rf"{GROUP}|khối|phòng|trung tâm|tập thể|hội|cụm|xã|phường|thị trấn|huyện|quận|thị xã|đoàn"
_ENDS_GROUP = (
    r"(?=[,;:.()\n]|$| (?:trao|đạt|giành|đoạt|với|sau|tại|trong|được|giải|có|vì|đã|và|cùng|năm|đồng|đều"
    r"|xuất sắc)(?!\w))"
)


def groups_at(context: Context, start: int, end: int, nouns: str) -> list[Winner]:
    """The groups by name that stand at a position: ``giải nhì thôn Đồng Tâm``, ``… cho đội Chi cục Thuế và đội A``."""
    document = context.document
    pattern = re.compile(rf"(?:(?:đội|đơn vị) )?(?:{nouns}) [^,;:.()\n]{{1,70}}?{_ENDS_GROUP}")
    groups: list[Winner] = []
    start += document.text.startswith(" ", start)
    while (match := pattern.match(document.lower, start, min(end, start + 90))) is not None:
        called = document.text[match.start() + 1 : match.end()]
        if not _BY_NAME.search(called) or _GRADE_OF_SCHOOL.match(document.lower, match.start()):
            break
        groups.append(Winner(*match.span(), None, None, None, document.value(*match.span())))
        gap = _NEXT_GROUP.match(document.lower, match.end(), end)
        start = gap.end() if gap else end
    return groups


_CODE = r"\d{1,2}(?:[A-ZĐa-eđ](?:\.?\d{1,2})?|/\d{1,2}(?![\d/]))(?!\w)"
#: Classes by their codes, the noun told once or with each: ``tập thể lớp 9A``, ``các lớp 6A, 6C và lớp 8A``.
_CLASSES = re.compile(
    rf"(?i:(?:tập thể|các|hai|ba|học sinh|đội) )*(?P<noun>(?i:lớp|chi đội|tập thể)) (?P<codes>{_CODE}"
    rf"(?:(?:, | và |, và )(?:lớp |chi đội )?{_CODE})*)"
)
_ALONE = re.compile(rf"(?P<codes>{_CODE}(?:(?:, | và |, và ){_CODE})*)")


def classes_at(context: Context, start: int, end: int, *, bare: bool) -> list[Winner]:
    """The classes that stand at a position by their codes; ``bare``: also without the word for a class."""
    document = context.document
    start += document.text.startswith(" ", start)
    match = _CLASSES.match(document.text, start, end) or (_ALONE.match(document.text, start, end) if bare else None)
    if match is None or not re.match(_ENDS_GROUP, document.text[match.end() : match.end() + 12]):
        return []
    noun = match.groupdict().get("noun")
    called = f"{'lớp' if noun.lower() == 'tập thể' else noun} " if noun else ""
    codes = re.finditer(_CODE, document.text[slice(*match.span("codes"))])
    spans = [(match.start("codes") + m.start(), match.start("codes") + m.end()) for m in codes]
    units = [called + document.value(*span) for span in spans]
    first = match.start("noun") if "noun" in match.re.groupindex else spans[0][0]
    starts = [first, *(a for a, _ in spans[1:])]
    return [Winner(a, b, None, None, None, unit) for a, (_, b), unit in zip(starts, spans, units, strict=True)]


def tells_classes(text: str, start: int, end: int, atom: Atom) -> bool:
    """Whether brackets only tell the classes of the pupils a prize counts: ``12 em đạt giải (2A, 4B, 6C)``."""
    match = _ALONE.match(text, start, end)
    codes = re.findall(_CODE, match["codes"]) if match else []
    return match is not None and text.startswith(")", match.end()) and bool(atom.who) and len(codes) != atom.count


_ALL_OF_THEM = re.compile(r",? (?:cùng|đồng|đều)(?: (?:đạt|đoạt|giành|nhận))?(?: được)? $")
_NAMED_GROUP = re.compile(rf" ?(?:(?:các|hai|ba) )?(?P<group>(?:tập thể )?(?:{GROUP}) [^,;.:()\n]{{2,60}}) ?", re.I)


def groups_sharing(context: Context, first: int, atom: Atom) -> list[Winner]:
    """Several groups by name before the prize that they share: ``liên đội A và liên đội B đồng giải Nhì``; else []."""
    document = context.document
    shared = _ALL_OF_THEM.search(document.lower, max(first, atom.start - 20), atom.start)
    groups: list[Winner] = []
    for start, end in reversed(context.items(first, shared.start()) if shared else ()):
        match = _NAMED_GROUP.fullmatch(document.text, start, end)
        if match is None or not _BY_NAME.search(match["group"][1:]):
            break
        schools = context.schools_in(*match.span("group"))
        school = schools[0][2] if schools else None
        groups.insert(0, Winner(*match.span("group"), None, school, None, document.value(*match.span("group"))))
    return groups if len(groups) > 1 else []


_BY_NAME = re.compile(r"[^\W\da-zà-ỹ_]|\d")
#: What a prize is for: ``giải Ba lớp 9``, ``giải Nhất khối 8``.
_GRADE_OF_SCHOOL = re.compile(r"(?:lớp|khối) \d{1,2}(?![\w/.])")
_NEXT_GROUP = re.compile(r"(?:,| và|, và) ")


#: Characters of the longest wording of those to whom a prize belongs.
_LONGEST_NAMED = 70
_NOBODY = re.compile(
    r"\d|(?:các )?(?:bộ )?môn(?!\w)"
    r"|(?:(?:nhóm|học sinh|em|hs) )*(?:lớp|khối) \d{1,2}(?:(?:, | và |-)(?:lớp )?\d{1,2})*$",
    re.I,
)


def named_otherwise(context: Context, start: int, end: int) -> list[Winner]:
    """Whom a prize belongs to, as the text calls them by a name: ``thuộc về đại diện Burkina Faso``; [] for no name."""
    start += context.document.text.startswith(" ", start)
    called = context.document.value(start, end).strip()
    if not _BY_NAME.search(called) or len(called) > _LONGEST_NAMED or _NOBODY.match(called):
        return []
    homes = {school.name: school for _, _, school in context.schools_in(start, end)}
    return [Winner(start, end, None, next(iter(homes.values())) if len(homes) == 1 else None, None, called)]


_LIST_OPENS = re.compile(
    r"(?: [^\W\d_]+){0,4}(?:: |,? (?:gồm|bao gồm|là)(?: có)?:? )(?:các )?"
    # ``04 tập thể (các trường tiểu học: A, B và Phòng GD&ĐT) được tặng``
    r"| (?P<aside>\()(?:gồm |là )?(?:các (?:[^\W\d_]+ ){0,3}[^\W\d_]+: )?(?:các )?"
)
_LIST_ITEM = re.compile(rf"(?:{ANY_GROUP}|chi cục|công an|thư viện|nhà|bệnh viện|trạm|công ty|ngân hàng|ban)(?!\w)")
#: A school told with its level alone: ``TH Nậm Sơn 1``, ``TH&THCS Vĩnh Hòa``.
_SCHOOL_ITEM = re.compile(rf"(?:TH&THCS|TH|THCS|THPT|MN|MG|PTDTBT|PTDTNT) [{CAPITAL}]")
_AT_SCHOOL = re.compile(r" ?\((?:[^()]+)\)$")
_BETWEEN_ITEMS = re.compile(r", và |, | và ")


def listed_bodies(context: Context, at: int, end: int, count: int) -> list[Winner]:
    """As many schools and other bodies as a count says, listed behind it: ``cho 4 đơn vị đăng cai: TH A, … và
    Trung tâm D``; [] where the items are fewer or more, or one is no body by name."""
    document = context.document
    opens = _LIST_OPENS.match(document.lower, at, end)
    if opens is None or count < 2:
        return []
    stop = list_end(document.text, opens.end(), end, ")" if opens["aside"] else ".;")
    gaps = [m.span() for m in _BETWEEN_ITEMS.finditer(document.lower, opens.end(), stop)]
    starts, stops = [opens.end(), *(b for _, b in gaps)], [*(a for a, _ in gaps), stop]
    winners: list[Winner] = []
    for start, last in zip(starts, stops, strict=True):
        schools = context.schools_in(start, last)
        called = document.value(start, last)
        body = _LIST_ITEM.match(document.lower, start, last) or _SCHOOL_ITEM.match(document.text, start, last)
        if not body and not (schools and schools[0][0] - start <= len("trường ")):
            return []  # a person, and where they are
        if schools and (aside := _AT_SCHOOL.search(document.lower, start, last)) and schools[0][0] > aside.start():
            # "Tổ Toán (Trường THPT A)": the group, which the brackets place
            winners.append(Winner(start, last, None, schools[0][2], None, document.value(start, aside.start())))
        elif schools:
            winners.append(Winner(start, last, None, schools[0][2], called))
        elif (_LIST_ITEM.match(document.lower, start, last) and _BY_NAME.search(called[1:])) or _SCHOOL_ITEM.match(
            document.text, start, last
        ):
            winners.append(Winner(start, last, None, None, None, called))
    return winners if len(winners) == len(starts) == count else []


_GROUP_BEFORE = re.compile(
    rf"(?:và |là |đồng )?(?P<group>(?:tập thể )?(?:{GROUP}|khối|đội tuyển)"
    r"(?: (?!(?:đạt|đoạt|giành|dành|được|đã|trao|thưởng|cho|nhận|có|là"
    r"|tổ chức|phát động|tham gia|tham dự|dự|mở)(?!\w)|đồng ?$)[^\s,;.:()]+){1,8}?)"
    rf" ?(?P<sign>[:-]|(?:{WIN}|được)(?!\w)|)"
)
#: A team told by what it plays and whose it is, the subject of a clause: ``đội kéo co của trường được HCĐ``.
_TEAM_OF = re.compile(
    r"(?:đội|đội tuyển|nhóm) (?:(?!của)[^\W\d_]+ ){1,5}(?:của )?(?:nhà |toàn )?(?:trường|xã|huyện|tỉnh|phường)"
)
#: Before the dash in the name of a group of teachers: ``tổ Sinh - Hóa``.
_IN_NAME = re.compile(r"(?<!\w)(?:tổ|nhóm|ban) [^\W\d_]+(?: [^\W\d_]+)?$")
_NAME_REACH = 60
_PARTS_OF_LIST = re.compile(r"[,;.]|:(?= ?\S)| - (?=\w)")


def _in_name(lowered: str, first: int, at: int) -> bool:
    """Whether a sign stands inside the name of a group of teachers."""
    return _IN_NAME.search(lowered, max(first, at - _NAME_REACH), at) is not None


def _opens_item(text: str, first: int, at: int) -> bool:
    """Whether an item of a list begins at a position: at the head of its block or behind a semicolon or full stop."""
    return at <= first + 4 or text[first:at].rstrip().endswith((";", "."))


#: The class or group of a winner in brackets, before the sign of the prize: ``cháu A (Lá 1) - giải nhất``.
CLASS_ASIDE = re.compile(r" \((?!giải|đạt|đoạt)[^()\n,;:]{1,25}\)(?= ?[-–:,] )")
#: Between several classes and the prize that they share.
_SHARE = re.compile(r",? (?:(?:cùng|đồng|đều|xuất sắc|đã) )*(?:(?:đạt|đoạt|giành|nhận)(?: được)? )?")


def classes_before(context: Context, first: int, atom: Atom) -> list[Winner]:
    """Several classes right before the prize that they share: ``lớp 7A và lớp 9C đồng giải nhất``; [] for one."""
    document = context.document
    matches = list(_CLASSES.finditer(document.text, first, atom.start))
    if not matches or not _SHARE.fullmatch(document.lower, matches[-1].end(), atom.start):
        return []
    classes = classes_at(context, matches[-1].start() - 1, matches[-1].end(), bare=False)
    return classes if len(classes) > 1 else []


def group_beside(context: Context, block: Block, atom: Atom) -> Winner | None:
    """A group right before a prize without a verb, or its label: ``lớp 8A giải nhất``, ``Đội bóng đá nam: giải Ba``."""
    document = context.document
    if atom.count not in (None, 1):
        return None
    signs = reversed([*_PARTS_OF_LIST.finditer(document.lower, block.body, atom.start - 3)])
    first = next((m.end() for m in signs if not _in_name(document.lower, block.body, m.start())), block.body)
    first += len(document.text[first : atom.start]) - len(document.text[first : atom.start].lstrip(" *+•-"))
    match = _GROUP_BEFORE.fullmatch(document.lower, first, atom.start - (document.text[atom.start - 1] == " "))
    if match is None:
        return None
    start, end = match.span("group")
    team = _TEAM_OF.fullmatch(document.lower, start, end) if match["sign"] not in ("", ":", "-") else None
    if find_names(document, first if team else max(block.body, first - 40), atom.start):
        return None
    if not _BY_NAME.search(document.text[start + 1 : end]) and not (
        team or (match["sign"] == ":" and _opens_item(document.text, block.body, start))
    ):
        return None
    if _GRADE_OF_SCHOOL.fullmatch(document.lower, start, end) or context.schools_in(start, end):
        return None
    return Winner(start, end, None, None, None, document.value(start, end))
