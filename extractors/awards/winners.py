"""Who won a prize: named behind it, below it or before it, or the school right beside it."""

from __future__ import annotations

import re

from extractors._shared.document import Block
from extractors._shared.names import find_names
from extractors._shared.view import CAPITAL
from extractors.awards.atoms import Atom
from extractors.awards.context import Context
from extractors.awards.forms import list_end
from extractors.awards.groups import (
    ANY_GROUP,
    CLASS_ASIDE,
    GROUP,
    classes_at,
    classes_before,
    group_beside,
    groups_at,
    groups_sharing,
    named_otherwise,
    tells_classes,
)
from extractors.awards.joint import one_work_before
from extractors.awards.school_beside import PLACE, SEVERAL_BODIES, TEAM, joined_schools
from extractors.awards.together import at_one_school, schools_at, winners_together
from extractors.awards.verbs import SUBJECT, WIN
from extractors.awards.winner import Winner
from extractors.awards.won_in import named_right_behind, of_one_letter, won_in_by
from extractors.awards.works import makers_at, works_at

_HONOURS = re.compile(
    r"(?<!được )(?<!\w)(?:tặng hoa|tặng quà|trao|tặng|chúc mừng|biểu dương|động viên|khen ngợi"
    r"|chụp ảnh|tuyên dương)(?!\w)"
)
_TOGETHER = re.compile(r",? (?:cùng|đều|đồng) [^.;()]{0,25}(?:\(|$)")
_ONE_AND_ONE = re.compile(r" và (?:cô |thầy |em |các em )?(?:giáo )?")
_OPENED = re.compile(
    r"(?:[^(]{0,12}|(?: \d{1,2}[A-Za-z]\d?)? [^(\d,;:.]{3,30})\("
    r"(?:[^()\d]{0,14}\d{0,2}[^()\d]{0,30}[,;-] ?)?(?:đạt |đoạt )?"
)
#: Characters between a winner and a prize without a verb: ``em B - giải Nhì``; in brackets.
_LONGEST_GAP, _LONGEST_ASIDE = 25, 60
_SEVERAL = re.compile(r"(?<!\w)(?:các|những) \w+")
#: ``Huy chương Vàng đá cầu cấp tỉnh thuộc về em A``: what it was won in may stand between.
_BELONGS = re.compile(
    r"[^.;:(),\d\n]{0,70}?(?: \([^()\d]{2,30}\))? (?:đã )?(?:lần lượt )?(?P<sign>thuộc về|về tay"
    r"|được trao(?: tặng)? cho)"
    r"(?: các)?(?: đội| đơn vị| nhóm)?"
)
#: ``trao giải Nhất đơn ca cho em A``: what it was won in stands between.
_HANDED = re.compile(
    r" (?:(?:nội dung|thể loại|phần thi|môn) [^.;:()\d\n]{2,70}?"
    r"|[^.;:(),\d\n]{2,60}?)(?: \([^()\d]{2,30}\))?(?<!dành) (?P<sign>cho)(?= (?:các |hai )?(?:em|cô|thầy"
    r"|giáo viên"
    r"|học sinh|bạn|bé|cháu|thí sinh|trường|tập thể|lớp|đội|đoàn|nhóm|đơn vị|liên đội|thcs|thpt|th|tiểu học"
    r"|mầm non) (?!tác giả (?:đạt|đoạt)))"
)
_HANDS_OVER = re.compile(r"(?<!\w)(?:trao|tặng|thưởng)(?!\w)")
#: The verb of the next prize, before which the one who won that stands: ``giải nhì là A, B đoạt giải ba``.
_WINS_NEXT = re.compile(rf"(?:(?:,|;| và) (?:còn )?)(?=[^,;]{{2,80}} (?:{WIN}|được trao) $)")


def named_after(context: Context, block: Block, atom: Atom, limit: int) -> list[Winner]:
    """Winners listed behind a prize: ``Giải nhì: A – trường X và B``, ``giải nhất – C``, ``giải ba (D, E)``."""
    text = context.document.text
    match = re.compile(
        r"(?: (?:môn \w+(?: \w+)?|cấp (?:[Tt]iểu học|[Mm]ầm non|\w+)|toàn \w+"
        r"|(?:tỉnh|huyện|quận|thành phố|quốc gia)(?= (?:là|gồm|thuộc|cho|của)|:| \()"
        r"|tập thể|cá nhân|đồng đội|được trao|trao|đã|xuất sắc|gọi tên|thuộc về|gồm|là|cho(?: các)?(?: đơn vị)?"
        r"|(?:hội|cuộc|kỳ|kì) thi(?: này)?|(?:khối|bậc|bảng|nội dung|cụm) [^.;:()]{2,60}?(?= lần lượt thuộc"
        r"| thuộc | là )"
        r"|lần lượt|(?:bảng|cụm(?: số)?) (?:[A-Z]|\d)(?!\w)"
        r"|các (?:giáo viên|cô giáo|thầy cô|học sinh|em|thí sinh|đơn vị|đoàn|trường)"
        r"|của|(?:đều|cùng)(?= (?:của|thuộc)(?!\w))))*,?(?: ?\(\d+\))? ?(?P<sign>[:(]|- |thuộc(?: về)?|gồm|là|cho|của)?"
        r"(?:(?:(?<=gồm) |(?<=gồm ))\d{1,2}(?= )(?: (?:trường|đơn vị|đội|đoàn|em)[,:])?)?"
    ).match(text, atom.end, block.end)
    if match is None or not match["sign"]:
        match = _BELONGS.match(text, atom.end, limit) or _handed(context, block, atom, limit) or match
    if atom.count and (kinds := _COUNTED_LIST.match(text, atom.end, min(limit, block.end))):
        listed = context.winners(kinds.end(), list_end(text, kinds.end(), min(limit, block.end), ".;)"))
        if len(listed) == atom.count:
            return at_one_school(context, listed, atom.end, kinds.end())
    if brought := _BROUGHT.match(context.document.lower, atom.end, min(limit, block.end)):
        those = context.winners(*brought.span("who"))
        if those and atom.count in (None, len(those)):
            return those
    direct = schools_at(context, atom.end + 1, min(limit, block.end))
    if direct and atom.count in (None, len(direct)):
        return direct
    labelled = text[atom.end - 2 : atom.end].strip()[-1:] in (":", "-") or (
        (atom.label and text[atom.end - 1] == " ")
        or ((atom.label or atom.count == 1) and _PERSON_NEXT.match(context.document.lower, atom.end) is not None)
    )
    aside = _IN_BRACKETS.match(text, atom.end, min(limit, block.end)) if atom.count in (None, 1, 2, 3) else None
    if aside and not (match and match["sign"]):
        named = context.winners(aside.end(), list_end(text, aside.end(), block.end, ")"))
        if named and len(named) == (atom.count or 1) and all(w.person for w in named):
            return named
    if atom.count in (None, 1) and (addressed := _addressed(context, block, atom, limit)):
        return addressed
    if atom.count in (None, 1) and not atom.who and (one := won_in_by(context, block, atom, limit)):
        return [one]
    if atom.count is None and not atom.who and (right := named_right_behind(context, block, atom, limit)):
        return right
    if match is None or not (labelled or match["sign"] or re.search(r"thuộc về|gồm|là|cho|của", match.group(0))):
        if event := _EVENT.match(text, atom.end, min(limit, block.end)):
            return context.winners(event.end(), list_end(text, event.end(), min(limit, block.end), ".;"))
        spaced = atom.count is None and text.startswith(" ", atom.end)
        if classes := classes_at(context, atom.end, min(limit, block.end), bare=atom.label) if spaced else []:
            return classes
        nouns = ANY_GROUP if atom.label else GROUP
        groups = groups_at(context, atom.end + 1, min(limit, block.end), nouns) if spaced else []
        if len(groups) == 1 and _TEAM_AGAIN.match(text, groups[0].end):
            stop = list_end(text, atom.end + 1, min(limit, block.end), ".;)")
            return context.teams(atom.end + 1, stop) or groups  # "giải Ba lớp Lá 1, Lá 3"
        return groups
    start = match.end()
    if match["sign"] == "(" and tells_classes(text, start, block.end, atom):
        return []
    if match["sign"] == "(" and _OF_ITS_OWN.match(context.document.lower, start):
        return []  # "2 KK (nhất: em A)": another grade labels who is named there
    if match["sign"] == "(" and _AFTER_OTHERS.match(context.document.lower, start):
        return []
    stop = list_end(text, start, min(limit, block.end), ".")
    if works := makers_at(context, start, stop) or works_at(context, start, stop):
        return works
    end = list_end(text, start, min(limit, block.end), ")" if match["sign"] == "(" else ".;)")
    if match["sign"] == "(" and end == limit < block.end and text[end : end + 1] != ")":
        return []  # the brackets tell who won what: ``(em A giành Huy chương Vàng; em B giành Huy chương Bạc)``
    if end == limit and (next_one := _WINS_NEXT.search(context.document.lower, start, end)):
        end = next_one.start()
    if one := of_one_letter(context, start - (text[start : start + 1] != " "), end):
        return [one]
    short = atom.count or atom.label or match["sign"] in ("thuộc", "thuộc về")
    winners = (
        context.winners(start, end)
        or (context.given_names(start, end) if short else [])
        or classes_at(context, start, end, bare=True)
    )
    winners = winners or context.teams(start, end) or groups_at(context, start, end, ANY_GROUP)
    winners = winners or (named_otherwise(context, start, end) if match["sign"] == "thuộc về" else [])
    lowered = context.document.lower
    around = ((max(block.body, atom.start - 30), atom.start), (atom.end, start))
    several = any(_SEVERAL.search(lowered, *span) for span in around)
    opens = atom.start == block.body and text[end - 1 : end] != "." and limit == block.end
    if opens and winners and text[end : end + 1] == ";":
        longer = context.winners(start, list_end(text, start, block.end, "."))
        return longer if len(longer) > len(winners) else winners
    if match["sign"] == ":" and winners and winners[-1].person and text[end : end + 1] == ";":
        winners += _pupils_behind(context, end, min(limit, block.end))
    if winners and text[end : end + 1] == ";" and (several or (atom.count and atom.count > len(winners))):
        # A list of several may itself be parted by semicolons.
        longer = context.winners(start, list_end(text, start, min(limit, block.end), ".)"))
        return longer if several or len(longer) <= (atom.count or 0) else winners
    return winners


#: Who brought a prize home, told behind it: ``bốn giải nhì do A, B, C và D đem về``.
_BROUGHT = re.compile(
    r" (?:(?:đều|cùng|lần lượt) )?do (?:các |hai |ba )?(?P<who>[^.;:\d]{5,300}?),? (?:đem|mang|rước|giành|đạt|đoạt)"
    r"(?: (?:về|lại|được))?(?= ?[,;.]| cho )"
)
#: A further pupil of a list, told with the class alone: ``giải nhì: Vũ Hà My, 6A; Đỗ Duy Anh 6B``.
_PUPIL = re.compile(
    rf"; ?(?:[Ee]m )?(?=[{CAPITAL}])(?P<name>[^\d;:.(),–-]{{4,40}}?),? ?(?:[-–(] ?)?(?:lớp )?\d{{1,2}}[A-Za-zĐ]?\d?\)?"
    r"(?= ?(?:[;.]|$))",
    re.M,
)


def _pupils_behind(context: Context, at: int, end: int) -> list[Winner]:
    """The pupils that go on a list behind a semicolon, each with nothing but a class."""
    pupils: list[Winner] = []
    while match := _PUPIL.match(context.document.text, at, end):
        winner = context.winner(*match.span("name"))
        if winner is None or not winner.person:
            break
        pupils.append(winner)
        at = match.end()
    return pupils


#: A grade in a list, and who is named right behind it: ``gồm: giải nhì cô A, giải ba cô B và cô C``.
_LISTED_GRADE = re.compile(r"(?:[:,;(]|(?<!\w)(?:gồm|là|và|có)) ?$")
_ADDRESSED = re.compile(rf" (?=(?:em|cháu|bạn|cô|thầy|cô giáo|thầy giáo|ông|bà|đ/c|đồng chí) [{CAPITAL}])")


def _addressed(context: Context, block: Block, atom: Atom, limit: int) -> list[Winner]:
    """The people addressed right behind a grade of a list, up to the next sign."""
    text = context.document.text
    opened = _ADDRESSED.match(text, atom.end, min(limit, block.end))
    listed = _LISTED_GRADE.search(context.document.lower, max(block.body, atom.start - 8), atom.start)
    if opened is None or not (listed or atom.start == block.body):
        return []
    winners = context.winners(opened.end(), list_end(text, opened.end(), min(limit, block.end), ",;.()"))
    return winners if winners and all(w.person for w in winners) else []


#: A further team of the same kind, its noun left out.
_TEAM_AGAIN = re.compile(rf"(?:,| và) [{CAPITAL}][^\W\d_]* \d")
#: Others who did better or as well, in brackets behind a prize: ``nhì toàn đoàn (sau Trường A)``.
#: What it was won among is no winner either: ``(khối tiểu học)``.
_AFTER_OTHERS = re.compile(
    r"(?:chỉ |xếp |đứng )?(?:sau|trước|cùng|hơn|kém)(?!\w)"
    r"|(?:khối|bậc|cấp|bảng|nhóm) (?:tiểu học|thcs|thpt|mầm non|mẫu giáo|th|mn|[a-d]|\d{1,2})\)"
)


_OF_ITS_OWN = re.compile(r"(?:giải )?(?:nhất|nhì|ba|kk|khuyến khích|hc[vbđ]|huy chương \w+) ?: ")


def _handed(context: Context, block: Block, atom: Atom, limit: int) -> re.Match[str] | None:
    """What stands between a prize that is handed over and the one who gets it; None where it is not so told."""
    lowered = context.document.lower
    first = max(context.document.sentence_at(atom.start)[0], block.body)
    if atom.verbal or not _HANDS_OVER.search(lowered, first, atom.start):
        return None
    return None if lowered.startswith(" cho ", atom.end) else _HANDED.match(lowered, atom.end, limit)


#: What a prize was won in, before the colon behind which its winners stand: ``Giải Nhất đơn nam: A``.
_EVENT = re.compile(
    r" (?:(?!(?:đạt|đoạt|giành|được|có|trao|cho|là|tại|trong|thuộc|trị|với|và|năm|như|theo)(?!\w))[^\s.;:,()]+ ){0,7}"
    r"(?!(?:là|sau|gồm|biết)(?!\w))[^\s.;:,()]+ ?: ?(?=\D)"
)


#: A person right behind a bare grade: ``nhất em A, nhì hai em B và C``.
_PERSON_NEXT = re.compile(
    r" (?:(?:các|hai|ba) )?(?:em|cháu|bé|bạn|cô|thầy|vđv|thí sinh|học sinh|đ/c|đồng chí|anh|chị) "
)


#: Winners listed behind their number: ``giải Ba: 4 trường tiểu học: A, B, C, D``, ``02 HCV, đó là em A và B``.
_COUNTED_LIST = re.compile(
    r" (?:[Tt]rường|đơn vị|đội|đoàn|liên đội|chi đội|lớp|em|học sinh|thí sinh|giáo viên|cô|thầy)[^:;.()\d\n]{0,40}: "
    r"|[^:;.()\n]{0,90}[,(] ?(?:đó là|bao gồm|gồm|là)(?: có)?(?: các)?:? (?=em|học sinh|cô|thầy|bạn|giáo viên|trường"
    rf"|[{CAPITAL}])"
)
#: The winners in brackets behind the contest: ``01 em đạt Huy chương Bạc Olympic Tiếng Anh (em A, trường X)``.
_IN_BRACKETS = re.compile(r"[^.;:()\n]{2,90} \((?=(?:các )?(?:em|cô|thầy|giáo viên|học sinh|cháu|bé) )")


def named_before(context: Context, block: Block, atom: Atom) -> list[Winner]:
    """The subject of the clause: ``em A trường X đạt …``; schools alone for ``trường X đạt giải Nhì``."""
    document = context.document
    first, _ = document.sentence_at(atom.start)
    if labelled := _before_colon(context, atom, first):
        return labelled
    if aside := _CALLED_ASIDE.search(document.text, max(first, atom.start - 30), atom.start):
        name = aside.span("name")
        return [Winner(*name, document.value(*name), None, None)]
    first = max(first, document.text.rfind(";", first, atom.start) + 1, document.text.rfind(":", first, atom.start) + 1)
    atoms = context.atoms(first, block.end)
    previous = [other.end for other in atoms if other.end <= atom.start]
    verbs = [m.start() for m in SUBJECT.finditer(document.lower, first, atom.start)]
    if atom.verbal:
        verbs.append(atom.start)
    if beside := _beside(context, atom, max([first, *previous, *verbs[-1:]])):
        return beside
    if classes := classes_before(context, max([first, *previous]), atom):
        return classes
    if shared := groups_sharing(context, max([first, *previous]), atom):
        return shared
    if group := group_beside(context, block, atom):
        return [group]
    if leader := _first_of_all(context, atom, first, verbs[-1] if verbs else atom.start):
        return [*joined_schools(context, block, leader.start), leader]
    if not verbs or TEAM.search(document.lower, verbs[-1], min(block.end, atom.end + 20)):
        return []
    subject_end = verbs[-1]
    if previous and previous[-1] > subject_end:
        # ``em A đạt 01 HCV và 01 HCB``: the same subject goes on.
        start_of_first = next(other.start for other in atoms)
        subject_end = next((v for v in reversed(verbs) if v < start_of_first), subject_end)
        previous = [p for p in previous if p <= subject_end]
    first = max([first, *previous[-1:]])
    if TEAM.search(document.lower, first, subject_end):
        return []
    named: list[Winner] = []
    for start, end in reversed(context.items(first, subject_end)):
        winner = context.winner(start, end)
        if winner is None and named:
            if _OF_CLASS.fullmatch(document.lower, start, end):
                continue
            break
        if winner is not None and _HONOURS.search(document.lower, winner.end, subject_end):
            break  # the one who hands over, not the one who won
        if winner is not None and _GUIDES.match(document.lower, winner.end):
            continue  # ``đội tuyển do thầy A phụ trách đạt …``
        if winner is not None and not PLACE.search(document.lower, max(first, winner.start - 16), winner.start):
            named.insert(0, winner)
    winners = context.merged(named)
    people = [w for w in winners if w.person]
    schools = [w for w in winners if w.school]
    if (
        len(schools) > 1
        and not people
        and SEVERAL_BODIES.search(document.lower, max(block.body, schools[0].start - 45), schools[0].start)
    ):
        return schools
    return people or winners_together(context, first, subject_end) or schools[-1:]


#: The class of a pupil between the name and the school: ``em A, học sinh lớp 12 Toán 1, trường B đạt …``.
_OF_CLASS = re.compile(r" ?(?:hiện |đang )*(?:là )?(?:học |cựu )?(?:học sinh |hs )?lớp [^,;.:()]{1,20}")
#: What tells that somebody trained the winners.
_GUIDES = re.compile(r" (?:phụ trách|hướng dẫn|bồi dưỡng|dạy|giảng dạy|huấn luyện|dẫn dắt|chủ nhiệm)(?!\w)")
#: A prize of all that a school or a body has won: ``Trường A đoạt giải nhất toàn đoàn``.
_OF_ALL = re.compile(r" ?toàn đoàn(?!\w)")
_WON_BY_ALL = re.compile(r"(?: \([^()]{2,40}\))?(?: (?:đã|xuất sắc|vinh dự|tiếp tục|vẫn|cũng|lại|lần đầu|tiên))* ?")


def _first_of_all(context: Context, atom: Atom, first: int, verb: int) -> Winner | None:
    """The school right before the verb of a prize ``toàn đoàn``, which is the team's name; None for no school."""
    document = context.document
    schools = context.schools_in(first, verb)
    of_all = document.lower.endswith("toàn đoàn", atom.start, atom.end) or _OF_ALL.match(document.lower, atom.end)
    if not schools or not of_all:
        return None
    start, end, school = schools[-1]
    if not _WON_BY_ALL.fullmatch(document.lower, end, verb):
        return None
    return Winner(start, end, None, school, document.value(start, end))


#: Somebody called by one name, before the brackets that tell a prize: ``cô Hạnh (giải Nhì môn Toán)``.
_CALLED_ASIDE = re.compile(
    rf"(?<!\w)(?:[Cc]ô|[Tt]hầy|[Ee]m|[Đđ]/c|[Đđ]ồng chí|[Bb]ạn) (?P<name>[{CAPITAL}][^\W\d_]+) ?\((?:đạt |đoạt )?$"
)


def _before_colon(context: Context, atom: Atom, first: int) -> list[Winner]:
    """Winners whose name is a label: ``em A - lớp 12A1, THPT B: giải Ba …``; [] where no person's name stands so."""
    text = context.document.text
    colon = text.rfind(":", first, atom.start)
    block = context.document.block_at(atom.start)
    others = [o for o in context.atoms(block.body, block.end) if colon < o.start <= atom.start] if colon >= 0 else []
    opening = others[0].start if others else atom.start
    listed = text[colon + 1 : opening].strip() and not context.document.terms("title", max(colon, 0), opening)
    if colon < 0 or listed or find_names(context.document, colon, atom.start):
        return []
    if ";" in text[colon : atom.start] and len(others) < 2:
        return []
    start = max(first, text.rfind(";", first, colon) + 1, text.rfind(":", first, colon) + 1)
    winners = context.merged(w for a, b in context.items(start, colon) if (w := context.winner(a, b)))
    return winners if winners and all(w.person for w in winners) and winners[0].start < start + 40 else []


def _beside(context: Context, atom: Atom, first: int) -> list[Winner]:
    """A winner right before a prize without a verb: ``em A, Trường X - giải Nhì``, ``em B (giải Ba môn Sử)``."""
    document = context.document
    items = [w for w in (context.winner(a, b) for a, b in context.items(first, atom.start)) if w]
    winners = context.merged(items)
    if not winners or not winners[-1].person:
        return []
    gap = document.lower[winners[-1].end : atom.start]
    if place := (_PLACE_ASIDE.match(gap) if winners[-1].school else CLASS_ASIDE.match(gap)):
        gap = gap[place.end() :]
    if _HONOURS.search(gap):
        return []  # ``Phó Giám đốc Sở A trao giải Nhất cho 2 cô giáo``
    together = _TOGETHER.match(gap) or one_work_before(document.lower, winners[0].start)
    if len(winners) > 1 and together and all(w.person for w in winners):
        return _since_grade(document.lower, winners)
    if (
        len(winners) > 1
        and winners[-2].person
        and gap.strip() in ("", "-", ":")
        and _ONE_AND_ONE.fullmatch(document.lower, winners[-2].end, winners[-1].start)
    ):
        return winners[-2:]  # "cô A và cô B giải Nhì"
    if ")" in gap and "(" not in gap and not gap.startswith(")"):
        return []  # ``1 HCV (em A, chạy 1500m), 3 HCĐ``: the brackets tell who won what stands before them
    if _OPENED.fullmatch(gap):
        return winners[-1:] if len(gap) <= _LONGEST_ASIDE else []
    return winners[-1:] if len(gap) <= _LONGEST_GAP and "(" not in gap.replace("(th", "") else []


#: A grade between two names, which the first of them got: ``cô A nhất, thầy B và cô C đồng giải ba``.
_GRADED_BETWEEN = re.compile(r"(?<!\w)(?:nhất|nhì|ba|kk|khuyến khích)(?!\w)")


def _since_grade(lowered: str, winners: list[Winner]) -> list[Winner]:
    """The last of the winners, none of whom a grade parts from the next."""
    cuts = [i for i in range(1, len(winners)) if _GRADED_BETWEEN.search(lowered, winners[i - 1].end, winners[i].start)]
    return winners[cuts[-1] :] if cuts else winners


#: Where a school is, in brackets behind it: ``em A, Trường THCS B (Bình Giang), giải nhất``.
_PLACE_ASIDE = re.compile(r" \((?!lớp|khối|giải)[^()\d:;]{2,30}\)(?=,? )")
