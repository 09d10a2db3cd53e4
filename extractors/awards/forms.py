"""How prizes and medals are written: every mention in a range of a text, graded and counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extractors._shared.numbers import WORDS
from extractors._shared.scan import WholeWords, Words, digits, holds, matches_from, places_of, words_in
from extractors._shared.view import CAPITAL
from extractors.awards import sums
from extractors.awards.atoms import COUNT, GRADES, MEDALS, PEOPLE, PLACE, Atom, atom_of, graded, number
from extractors.awards.grade_runs import alone_or_in_row
from extractors.awards.level_totals import again, by_level, sooner
from extractors.awards.named_prizes import given_prizes
from extractors.awards.placings import placings
from extractors.awards.short_forms import short_forms
from extractors.awards.told_grades import behind_verbs, by_name, metals
from extractors.awards.verbs import GIVEN, WIN

_GRADE = (
    r"nhất|nhì|nhỉ|ba(?! (?:bài toán|phương trình))|tư(?! (?:vấn|thục|tưởng|liệu|cách|nhân|duy))"
    r"|khuyến khích|kk|k\.k|công nhận|c\.nhận"
)
_WON = rf"(?:{WIN}|{GIVEN}|được|có|để trao|được [^.;:,()\d]{{2,40}}? (?:trao tặng|trao|tặng))"
#: Special prizes stand on no step of the grades.
_SPECIAL = (
    r"đặc biệt|xuất sắc|phụ|tiềm năng|triển vọng|phong cách|ấn tượng|sáng tạo"
    r"|chính thức|chuyên đề|thí sinh \w+ \w+"
)
#: Who or what is best of all: ``giải cầu thủ xuất sắc nhất``, ``giải thí sinh được yêu thích nhất``.
_BEST = (
    r"(?:(?!(?:cho|của|là|và|thuộc|trong|có|đã|nhất|nhì|ba)(?!\w))[^\W\d_]+ ){1,5}?"
    r"(?:xuất sắc|hay|đẹp|giỏi|ấn tượng|yêu thích|sáng tạo|độc đáo|duyên dáng|tài năng|triển vọng|tiềm năng|hài hước"
    r"|ý nghĩa|nhỏ tuổi|trẻ|lớn tuổi|cao tuổi|phong cách|thuyết phục) nhất"
)

# ``02 đơn vị đạt giải nhất``: who won is counted, not the prizes.
_GAP = (
    r"(?:(?!không |chưa |nhưng |để |tham gia,|đạt (?!điểm |số điểm )|có (?:học sinh|hs|em) )(?:(?:lớp|khối) \d+"
    r"|(?:ở|của|thuộc|từ|trong) \d{1,3} (?=đội|môn|trường|lớp|huyện|đơn vị|xã)|\([^\W\d_]{2,10}\)|[^.;:,()\d])){0,70}?"
)
_WINNERS = (
    rf"(?:(?P<winners>\d{{1,4}})(?: ?/ ?(?P<of>\d{{1,4}}))? (?:lượt )?(?P<who>{PEOPLE})"
    rf"(?!\w)(?:{_GAP} {_WON}(?: được)? (?!\d)| (?:(?:khkt|stem|khoa học kỹ thuật|nam|nữ|(?:lớp|khối) \d{{1,2}}) )?"
    r"(?=(?:giải (?:nhất|nhì|ba|tư|khuyến khích|kk)"
    r"|hc[vbđ]|(?:huy chương|hc) (?:vàng|bạc|đồng))(?!\w))))?"
)
#: A number behind the colon is that of the prizes; a class is not: ``Giải nhất: 9A1``.
_NO_COUNT = r"(?! ?[:=] ?(?:\d(?!\d?[a-eđ]\d{0,2}(?!\w))|[….]))"
_PRIZE = re.compile(
    rf"(?<![\w/.,]){_WINNERS}(?:(?P<n>{COUNT}) ?)?(?:\((?P<n2>\d+)\) ?)?"
    # ``48 giải (nhất 4, nhì 9)``: the brackets tell the grades of the total
    rf"(?:(?:giải(?: thưởng)?|g\.) ?(?!\((?:{PLACE}|{_GRADE}|[abc])[: ]+\d)[\"“(]?"
    rf"(?P<grade>{_GRADE}|[abc](?!\w|\.\w))(?!\w)"
    rf"{_NO_COUNT}[\"”)]?"
    r"|giải (?P<digit>[123]|i{1,3})(?= (?:cấp|thị xã|huyện|quận|tỉnh|thành phố|trường"
    r"|toàn|môn|hội|cuộc|học sinh giỏi|hsg|gồm|có|thuộc|cho|là|và|thi|kỳ|kì|về|tại|trong|khu vực|quốc gia"
    r"|quốc tế)(?!\w)"
    r"|[,;.):]| \(|$| (?<=đạt giải i )| (?<=đạt giải ii )| (?<=đạt giải iii )))"
    rf"(?: ?:? ?\((?P<n3>\d+)(?: giải| em| hs| học sinh| gv| giáo viên| đ/c| đội| người"
    r"| dự án| sản phẩm| đề tài| mô hình| tiết mục| bài| giải pháp| tác phẩm)?\))?"
    rf"(?=(?:(?: (?:đã )?(?:thuộc về|được trao cho)(?: các)?| có) (?P<n4>\d{{1,3}}) (?:{PEOPLE}|liên đội)(?!\w)"
    r"(?! (?:tham|dự|đăng)))?)",
    re.M,
)
#: ``giải 3 Đông Hà, Kiến Sơn``: the number of a grade right before the name of who won it.
_DIGIT_NAMED = re.compile(
    rf"(?<![\w/.,])[Gg]iải (?P<grade>[123])(?= (?!Huy |Giải |HC)[{CAPITAL}][^\W\d_]+ [{CAPITAL}])"
)
_EXTRA = re.compile(
    rf"(?<![\w/.,]){_WINNERS}(?:(?P<n>{COUNT}) )?giải(?: thưởng)? [\"“]?"
    rf"(?P<special>{_SPECIAL}|{_BEST})[\"”]?(?: ?: ?(?P<n2>\d+)(?![\w,]|\.\d))?(?!\w)"
)
_TEAM_GRADE = re.compile(r"(?<!\w)(?<!giải )(?<!xếp )(?<!thứ )(?<!hạng )(?P<grade>nhất|nhì|ba) (?:toàn đoàn|đồng đội)")
#: Right behind the name of who won it, before what it was won in: ``Trường THPT A nhất nội dung đơn nữ``.
_EVENT_GRADE = re.compile(
    r"(?<= )(?P<grade>nhất|nhì|ba)(?= (?:nội dung|bảng [a-d\d](?!\w)|đơn (?:nam|nữ)|đôi (?:nam|nữ)|cự l[iy]"
    r"|hạng cân|môn(?= (?!học(?!\w)))|(?:khối|bậc|cấp) (?:tiểu học|thcs|thpt|mầm non|mẫu giáo|phổ thông|\d{1,2})"
    r"(?= ?[,;.)\n]|$))(?!\w))",
    re.M,
)
_NAME_ENDS = re.compile(rf"(?:(?<!\w)[{CAPITAL}][^\W\d_]*|\)) $")
_MEDAL = re.compile(
    rf"(?<![\w/.,]){_WINNERS}(?:(?P<n>{COUNT}) |(?P<n3>\d{{1,3}})(?=hc))?"
    r"(?:(?:(?:tấm|bộ|chiếc) )?(?:huy chương|hc|giải|cúp)"
    r" [\"“]?(?P<metal>vàng|bạc|đồng(?! (?:chí|đội|loạt|bộ|hồ|nghiệp|hạng|tháp|nai|hới)))"
    r"|(?:(?:tấm|bộ|chiếc) )?hc(?P<short>[vbđ])(?!\w)"
    r"|(?<=\d )(?P<any>huy chương|hc)(?! (?:vàng|bạc|đồng))"
    # ``6 học sinh đều đoạt huy chương``: those who won one of any metal
    r"|(?(winners)(?P<won>huy chương)(?! [\"“]?(?:vàng|bạc|đồng|vì|kháng|chiến|các loại)(?!\w)| gồm ?: ?\D)|(?!))"
    r")(?!\w)[\"”]?"
    # ``58 huy chương: 24 HCV``: the number behind the colon is that of what follows
    r"(?(n)|(?(n3)|(?: ?: ?(?P<n2>\d+)(?![\w,]|\.\d)(?! ?(?:hc|huy chương))"
    r"| (?P<n5>\d{1,3})(?= ?[,;.)(+]| và | [-–] | ?$)(?![.,]\d))?))",
    re.M,
)
_NOT_TOTAL = (
    rf"(?! ?[\"“]?(?:{_GRADE}|[abc])(?!\w)| ?[123](?!\d)| i{{1,3}}(?!\w)"
    rf"| [\"“]?(?:vàng|bạc|đồng(?! đội)|{_SPECIAL})(?!\w)"
    r"| (?:pháp|quyết|thể|trình|đáp|phóng|tỏa|ngân|trí|thích|mã|bóng|bơi|cờ|điền|việt|cầu|tán|nghĩa))"
)
_TOTAL = re.compile(
    rf"(?<![\w/.,])(?<!khối )(?<!lớp )(?P<n>{COUNT})(?: ?/ ?(?P<of>\d+))? (?:lượt )?"
    rf"(?:(?P<who>{PEOPLE})(?!\w)(?: ?/ ?\d{{1,4}} ?(?:em|hs|học sinh|gv|giáo viên))?{_GAP} {_WON} |(?:đều )?{_WON} )?"
    rf"(?:giải)(?: thưởng)?(?!\w){_NOT_TOTAL}"
)
_TOTAL_AFTER = re.compile(
    r"(?:tổng số giải(?: thưởng)?(?: đạt)?(?: được)?(?: (?:trong|tại|của|ở|năm) [^.,;:()\d]{2,40}?)?(?= ?(?:là"
    r"|:|\d))|số giải(?: đạt được)?|(?:đạt|đoạt) giải(?: (?:(?!và |tăng|giảm)[^.,;:()\d]){0,30})?) ?[:là]* ?"
    r"(?<!của )(?P<n>\d{1,4})(?: ?/ ?(?P<of>\d+))?(?: (?P<who>em|học sinh|hs|giáo viên|gv|giải|đồng chí"
    r"|đ/c))(?!\w)(?! (?:nhất|nhì|ba|khuyến))"
)
#: Some of those counted: ``5 em trong tổng số 40 em dự thi đạt giải``, ``8 em trong số 31 em đạt giải toàn tỉnh``.
_WORDS = r"(?: (?!đạt|đoạt|giành|dự|tham)[^\W\d_]+)"
_AMONG = re.compile(
    rf"(?<![\w/.,])(?P<n>\d{{1,4}}) (?P<who>{PEOPLE})(?!\w){_WORDS}{{0,3}}? (?:trong|trên)(?: tổng)?(?: số)? (?:"
    rf"(?P<of>\d{{1,4}}) (?:{PEOPLE})(?!\w){_WORDS}{{0,3}} (?:dự thi|tham gia|tham dự){_WORDS}{{0,6}} {_WON} giải(?!\w)"
    rf"{_NOT_TOTAL}|(?=\d{{1,4}} (?:{PEOPLE})(?!\w){_WORDS}{{0,3}} {_WON} giải(?!\w){_NOT_TOTAL}))"
)
_AMONG_AT = Words(("trong tổng số", "trong số", "trên tổng số", "trên số"))
#: ``Số học sinh đạt giải: 38``.
_NUMBER_OF = re.compile(
    r"số (?:lượt )?(?P<who>học sinh|hs|em|giáo viên|gv|thí sinh|sản phẩm|dự án|bài|đội) (?:đạt|đoạt|có) giải"
    r"(?: (?:(?!và )[^.,;:()\d]){0,30})? ?(?::|là) ?(?P<n>\d{1,4})(?: ?/ ?(?P<of>\d+))?(?! ?%|[.,]?\d)(?!\w)"
)
#: ``Tổng số giải đạt được là 64``: a total without a noun behind its number.
_ALL = re.compile(
    r"(?:tổng )?số giải(?: thưởng)?(?: (?:đã )?(?:đạt|giành|có))?(?: được)?"
    r"(?: (?:trong|tại|của|ở|năm) [^.,;:()\d]{2,40}?)?"
    r" ?(?::|là) ?(?P<n>\d{1,4})(?= ?[,;.()]| và |$)(?![.,]\d)",
    re.M,
)
#: All prizes of one grade: ``một phần ba tổng số giải Nhì của cả tỉnh (42 giải)``.
_ALL_OF_GRADE = re.compile(
    rf"tổng số giải (?P<grade>{_GRADE})(?!\w)(?: (?:của|toàn|trong|tại|ở)(?!\w)[^.,;:()\d]{{2,40}}?)?"
    r"(?: ?\(|:| là| có) ?(?P<n>\d{1,4})(?: giải)?(?= ?[,;.()]| và |$)(?![.,]\d)",
    re.M,
)
# ``25 em (01 Nhất, 04 Nhì)``: what is broken down by grade are prizes.
_BROKEN_DOWN = re.compile(
    # ``41 giải trên 60 em (2 nhất, 39 nhì)``: those who took part
    rf"(?<![\w/.,])(?<!trên )(?<!trong )(?<!số )(?:(?P<n>\d{{1,4}})(?: ?/ ?(?P<of>\d{{1,4}}))? (?P<who>{PEOPLE})"
    r"(?: đạt)?|(?<=đạt )(?P<n2>\d{1,4}))(?=(?::? ?\(|(?<=thí sinh)[;:,] )(?:trong đó |gồm )?:? ?(?:có )?"
    rf"(?:(?:{COUNT}) (?:giải )?(?:{PLACE}|i{{1,3}})(?!\w)|(?:giải )?(?:{PLACE}|i{{1,3}}) ?:? ?\d{{1,3}} ?[,;(]))"
)
# ``trao giải cho 74 dự án xuất sắc nhất``: as many prizes.
_GIVEN = re.compile(
    rf"(?<!\w)trao (?:các )?giải(?: thưởng)? cho (?P<n>\d{{1,4}}) (?P<who>{PEOPLE})(?!\w)(?! (?:đạt|đoạt|có) )"
)
_OUT_OF = re.compile(rf"(?:trên tổng số|trên|trong tổng số|/) ?(?P<n>\d{{1,4}}) giải(?!\w){_NOT_TOTAL}")
# Wins told by a verb: ``vô địch``, ``về nhất``, ``giành ngôi á quân``.
_VERBAL = re.compile(
    r"(?<!\w)(?:(?:giành|đoạt|đạt|đăng quang|lên) (?:(?:ngôi|chức|danh hiệu|cúp|ngôi vị|giải) ?:? ?)*)?"
    r"(?:[\"“]?(?P<first>vô địch|quán quân)|[\"“]?(?P<second>á quân)|(?:cán đích|về"
    r"|về đích) (?:thứ )?(?P<grade>nhất|nhì|ba)(?= |[.,;)]|$))[\"”]?(?!\w)"
)
_CONTEST_NAME = re.compile(
    r"(?<!giành )(?<!đoạt )(?<!đạt )(?:giải|hội thi|cuộc thi|kỳ thi|kì thi)(?: [^.,;:()]{0,30})? $"
)
_CHANGE = re.compile(
    r"(?<!\w)(?:tăng|giảm|hơn|nhiều hơn|ít hơn|thêm|vượt|kém)(?: lên| thêm"
    r"| đi)?(?: so với [^.,;:]{0,30})?(?: [^.,;:\d]{0,12})? ?$"
)
#: Others beside those just told: ``Trường A còn có thêm 1 giải Ba``.
_BESIDES = re.compile(r"(?<!\w)(?:còn|ngoài ra)(?: (?:có|được|đạt|giành|nhận|đoạt))* thêm(?: (?:được|có))? $")
#: A name that begins like a word of change: ``Tăng Bảo Châu``.
_NAME = re.compile(rf"[{CAPITAL}][^\W\d_]+ [{CAPITAL}]")
#: What a target asks for at least: ``từ 9 giải trở lên``.
_AT_LEAST = re.compile(r" (?:[^\W\d_]+ ){0,4}?trở lên(?!\w)")
# Every form holds one of these; most passages hold none.
_ANY = Words(
    words_in(
        "giải|nhất|nhì|khuyến khích|kk|huy chương|hc (|hcv|hcb|hcđ|vàng|bạc|cúp|vô địch|quân|đồng:|đồng :|đồng-|đồng -"
        "|v-|v,|v;|v -"
    )
)
_ANY_SHORT = WholeWords(("ba", "tư"))

# With what the forms above can begin besides a number, so that they are tried nowhere else.
_PLACE_AT = Words(words_in(PLACE))
_GIAI_AT = Words(("giải",))
_G_AT = Words(("g.",))
_MEDAL_AT = Words(("huy chương", "hc", "vàng", "bạc", "đồng"))
_SPECIAL_AT = Words(
    words_in("đặc biệt|xuất sắc|phụ|tiềm năng|triển vọng|phong cách|ấn tượng|sáng tạo|chính thức|chuyên đề|thí sinh")
)
_BEST_AT = Words(words_in("hay nhất|đẹp nhất|giỏi nhất|thích nhất|đáo nhất|dáng nhất|năng nhất|nghĩa nhất|tuổi nhất"))
_PRIZE_AT = Words(("(", "giải", "g.", "tấm", "chiếc", "huy", "hc", "cúp", *WORDS))
_TOTAL_AT = Words(("tổng số giải", "số giải", "đạt giải", "đoạt giải"))
_NUMBER_AT = Words(("số ",))
_ROMAN_AT = Words(("(i", "0 i", "1 i", "2 i"))
_GIVEN_AT = Words(("trao",))
_OUT_OF_AT = Words(("trên", "trong tổng số", "/"))
_VERB_AT = Words(
    ("giành", "đoạt", "đạt", "đăng quang", "lên", '"', "“", "vô địch", "quán quân", "á quân", "cán đích", "về")
)


def find_atoms(text: str, lowered: str, start: int, end: int) -> list[Atom]:
    """All mentions of prizes and medals in a range, in order and without overlap."""
    shortened = _shortened(lowered, start, end)
    if not shortened and not holds(_ANY, lowered, start, end) and not holds(_ANY_SHORT, lowered, start, end):
        return []
    numbers = _fresh(lowered, digits(lowered, start, end))
    begins = _fresh(lowered, places_of(_PRIZE_AT, lowered, start, end))
    begins = sorted((*numbers, *(place for place in begins if not _in_name(text, place))))
    places = places_of(_PLACE_AT, lowered, start, end)
    prized = holds(_GIAI_AT, lowered, start, end)

    def found(pattern: re.Pattern[str], at: list[int]) -> list[re.Match[str]]:
        return matches_from(pattern, at, lowered, start, end)

    prizes = found(_PRIZE, begins) if prized or shortened else []
    atoms = [atom for match in prizes for atom in alone_or_in_row(match, lowered, start, end)]
    if atoms and prized:
        told = places_of(_GIAI_AT, lowered, start, end)
        atoms += [graded(match) for match in matches_from(_DIGIT_NAMED, told, text, start, end)]
    if prized and (holds(_SPECIAL_AT, lowered, start, end) or holds(_BEST_AT, lowered, start, end)):
        atoms += [atom_of(match, "giai") for match in found(_EXTRA, begins)]
    if holds(_MEDAL_AT, lowered, start, end):
        atoms += [_medal(match) for match in found(_MEDAL, begins)]
    # right behind the name of who won, without a verb
    teams = found(_TEAM_GRADE, places)
    for match in (*teams, *found(_EVENT_GRADE, places)):
        named = _NAME_ENDS.search(text, max(start, match.start() - 20), match.start()) is not None
        if named or match.re is _TEAM_GRADE:
            atoms.append(replace(graded(match), verbal=named))
    atoms += short_forms(
        text,
        lowered,
        start,
        end,
        numbers,
        places,
        in_context=bool(atoms or teams),
        medals=any(a.kind == "medal" for a in atoms),
    )
    atoms += _verbal(lowered, start, end)
    atoms += behind_verbs(lowered, start, end, numbers, places)
    atoms += metals(lowered, start, end)
    atoms += placings(lowered, start, end)
    if prized:
        atoms += [atom_of(match, "giai") for match in found(_TOTAL, begins)]
        atoms += given_prizes(text, lowered, start, end)
        atoms += sums.of_contests(lowered, start, end)
        told = places_of(_TOTAL_AT, lowered, start, end)
        atoms += [atom_of(match, "giai") for pattern in (_TOTAL_AFTER, _ALL) for match in found(pattern, told)]
        atoms += [graded(match) for match in found(_ALL_OF_GRADE, told)]
        atoms += [atom_of(match, "giai") for match in found(_NUMBER_OF, places_of(_NUMBER_AT, lowered, start, end))]
        atoms += [atom_of(match, "giai") for match in found(_GIVEN, places_of(_GIVEN_AT, lowered, start, end))]
        atoms += [atom_of(match, "giai") for match in found(_OUT_OF, places_of(_OUT_OF_AT, lowered, start, end))]
        if holds(_AMONG_AT, lowered, start, end):
            atoms += [atom_of(match, "giai") for match in found(_AMONG, numbers)]
    if places or holds(_ROMAN_AT, lowered, start, end):
        atoms += [atom_of(match, "giai") for match in found(_BROKEN_DOWN, numbers)]
    kept = _apart(_without_changes(atoms, text, lowered, start))
    totals = [atom for atom in kept if atom.prize == "giai" and atom.count]
    more = [one for atom in totals for one in again(lowered, atom, end)]
    more += [one for atom in totals for one in sooner(lowered, start, atom)]
    more += by_level(lowered, start, end)
    more += sums.totals(lowered, start, kept)
    own = by_name(text, lowered, start, end, places_of(_GIAI_AT, lowered, start, end)) if prized else ()
    more += [one for one in own if not any(one.start < other.end and other.start < one.end for other in kept)]
    return _apart(kept + more) if more else kept


def _shortened(lowered: str, start: int, end: int) -> bool:
    """Whether ``g.`` may stand for ``giải`` in a range: behind a letter it ends a word and a sentence."""
    return any(at == start or not lowered[at - 1].isalpha() for at in places_of(_G_AT, lowered, start, end))


#: Between the grades of one list.
_AND = re.compile(r"(?: (?!(?:có|đạt|đoạt|giành|được|trong đó|với|gồm)(?!\w))[^\W\d_]+){0,7}(?:,| và|;)(?: và)? ")


def _without_changes(atoms: list[Atom], text: str, lowered: str, start: int) -> list[Atom]:
    """The atoms without those that say none (``0 nhất``), a least number (``9 giải trở lên``) or a difference:
    ``tăng 3 giải``, ``có thêm 4 giải nhất, 6 giải nhì``."""
    kept: list[Atom] = []
    changed = -1
    for atom in sorted(atoms, key=lambda a: a.start):
        if atom.count == 0 or (atom.count and _AT_LEAST.match(lowered, atom.end)):
            continue
        goes_on = changed >= 0 and _AND.fullmatch(lowered, changed, atom.start) is not None
        change = _CHANGE.search(lowered, max(start, atom.start - 30), atom.start)
        besides = _BESIDES.search(lowered, max(start, atom.start - 30), atom.start)
        if goes_on or (change and not besides and not _NAME.match(text, change.start())):
            changed = max(changed, atom.end)
        else:
            kept.append(atom)
    return kept


def _fresh(lowered: str, places: list[int]) -> list[int]:
    """The places that are in no word, number or fraction and no year, where alone counts and prizes begin."""
    return [
        place
        for place in places
        if not place
        or (
            not ((sign := lowered[place - 1]).isalnum() or sign in "_/.,≥>" or lowered.startswith("≥ ", place - 2))
            and not (lowered[place] in "12" and _YEAR.match(lowered, place))
            and not (sign in "-–" and place > 1 and lowered[place - 2].isdigit())  # "từ 6-8 giải"
            and not (lowered[place].isdigit() and _OF_CLASS.match(lowered, place))  # "năm lớp 8 em đã đạt giải"
        )
        or (lowered[place - 1] == "/" and place > 1 and lowered[place - 2].isalpha())  # "6 nhất/19 nhì"
    ]


def _in_name(text: str, place: int) -> bool:
    """Whether a numeral in words is the last part of a name: ``Lê Thị Thu Ba giải khuyến khích``."""
    return _NUMERAL.match(text, place) is not None and _NAME_BEFORE.search(text, max(0, place - 15), place) is not None


_NUMERAL = re.compile("(?:" + "|".join(word.capitalize() for word in WORDS) + r")(?!\w)")
_NAME_BEFORE = re.compile(rf"(?<!\w)[{CAPITAL}][^\W\d_]* $")
#: The number of a class before its pupil: ``năm lớp 8 em đạt giải Ba``.
_OF_CLASS = re.compile(r"(?:(?<=lớp )|(?<=khối ))\d{1,2} (?:em|bạn|cô|thầy)(?!\w)")
#: ``Năm 2022 cô A đạt giải Nhất``, ``năm học 2021 - 2022 em B đạt …``: a year counts nobody.
_YEAR = re.compile(r"(?:(?<=năm )|(?<=năm học )|(?<=\d - )|(?<=\d-))(?:19|20)\d\d(?!\d)")


def _medal(match: re.Match[str]) -> Atom:
    metal = "giai" if match["any"] or match["won"] else MEDALS[match["metal"] or match["short"]]
    count = number(match["winners"] or match["n"] or match["n2"] or match["n3"] or match["n5"])
    return Atom(match.start(), match.end(), "medal", metal, count, number(match["of"]), match["who"])


def _verbal(lowered: str, start: int, end: int) -> Iterator[Atom]:
    for match in matches_from(_VERBAL, places_of(_VERB_AT, lowered, start, end), lowered, start, end):
        if _CONTEST_NAME.search(lowered, max(start, match.start() - 45), match.start()):
            continue  # ``giải vô địch cờ vua`` is a contest
        prize = "nhat" if match["first"] else "nhi" if match["second"] else GRADES[match["grade"]]
        # "vô địch: TH A; nhì: TH B": it labels who won
        labels = match["grade"] is None and lowered.startswith((": ", " : "), match.end())
        yield Atom(match.start(), match.end(), "prize", prize, None, label=labels, verbal=not labels)


def _apart(atoms: list[Atom]) -> list[Atom]:
    """The atoms in order; of two that overlap the graded one stays, then the longer."""
    kept: list[Atom] = []
    for atom in sorted(atoms, key=lambda a: (a.prize == "giai", a.start - a.end)):
        if not any(atom.start < other.end and other.start < atom.end for other in kept):
            kept.append(atom)
    return sorted(kept, key=lambda a: a.start)


#: A full stop that ends no sentence: ``T.P``, the class ``5.3``.
_IN_TOKEN = re.compile(rf"[{CAPITAL}]\.|\d\.\d")


def list_end(text: str, start: int, limit: int, signs: str) -> int:
    """The first closing sign of a list that is not inside its own parentheses."""
    depth = 0
    for position in range(start, limit):
        char = text[position]
        if char == "(":
            depth += 1
        elif char == ")" and depth:
            depth -= 1
        elif char in signs and not depth and not (char == "." and _IN_TOKEN.search(text, position - 1, position + 2)):
            return position
    return limit
