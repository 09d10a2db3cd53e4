"""Contests in indicators: who and what enters one, what it consists of, what was gained in it."""

from __future__ import annotations

import re

from extractors._shared.document import Block, Document
from extractors.statistics.wording import noun

_CONTEST = re.compile(
    r"(?<!\w)(?:(?:hội thi|cuộc thi|kỳ thi|kì thi|giao lưu|olympic|sân chơi|hội khỏe|hkpđ|hội giảng|hội diễn|"
    r"hội thao|liên hoan|giải(?= (?:thể thao|bóng|cầu|cờ|bơi|điền kinh|việt dã|kéo co|võ|vovinam|karate|taekwondo))|"
    r"ioe|khkt|hsg|gvdg|học sinh giỏi|giáo viên dạy giỏi|thi(?= (?:học|giáo|viết|vẽ|hùng|kể|nghề|tiếng) )))(?!\w)"
    r"(?:[^,;:.()\d\n]|(?<=lớp )\d{1,2}){0,70}"
)
_CONTEST_HEAD = re.compile(r"^(?:(?:hội thi|cuộc thi|kỳ thi|kì thi|thi|chọn|tuyển chọn) )+", re.I)
_CONTEST_TAIL = re.compile(
    r"(?<!\w)(?<!cấp )(?<!vòng )(?:là|có|đạt|năm học|toàn|huyện|trường|tỉnh|tp|thành phố|đội|với|của|cử|gửi|do|"
    r"được|dành cho|lần thứ|diễn ra|(?:được )?tổ chức|khai mạc|bế mạc|kết thúc|thành công|bắt đầu|quy tụ|"
    r"thu hút|vừa|đã)(?!\w).*$"
)
_ENTERING = re.compile(r"(?<!\w)(?:dự thi|tham gia|tham dự|đi thi|dự|cử|gửi|thi|nộp|chọn)(?!\w)")
_ENTRANTS = frozenset({
    "học sinh", "giáo viên", "thí sinh", "học viên", "sản phẩm", "dự án", "bài", "bài dự thi", "tiết mục", "mô hình",
    "sáng kiến kinh nghiệm", "đội", "VĐV", "vận động viên", "trường", "đơn vị", "ý tưởng", "bài thi", "tác phẩm",
    "đoàn", "cô giáo", "thầy giáo", "cầu thủ", "tay vợt", "kỳ thủ", "võ sĩ", "trẻ", "nhóm", "câu lạc bộ",
})  # fmt: skip
#: Who is only called so when entering a contest.
ALWAYS = frozenset({"thí sinh", "vận động viên", "vđv", "cầu thủ", "tay vợt", "kỳ thủ", "võ sĩ"})
#: Words of the name of a contest that are told.
_LONGEST, _FEW = 9, 5
#: What leads to words that are left out.
_TORN = re.compile(r"(?: (?:và|lớp|cấp|khối|của|các|môn|cho|năm|lần|[-–]))+$")
_GAINS = frozenset({"giải", "bậc", "huy chương", "hạng"})
#: Whose those counted are, up to the verb by which they enter: ``42 giáo viên của 18 trường tham gia hội thi``.
_TAKES_PART = re.compile(
    r"(?: (?!(?:được|có|đạt|là|đã|đang|sẽ|về|với|và|gồm|cùng|để)(?!\w))(?:[^\W\d_]+|(?<=của )\d+|(?<=từ )\d+|"
    r"(?<=thuộc )\d+),?| và(?= \w+ (?:thcs|thpt|tiểu|mầm|trên|trong|tham|dự)| thcs| thpt| tiểu| mầm)){1,22}?"
    r" (?:tham gia|tham dự|dự thi|tranh tài|góp mặt|dự tranh|thi đấu)(?:(?= ?(?:[.,;:(]|$))| (?=với|trong|tại|ở|từ|"
    r"(?:cuộc|hội|kỳ|kì|giải|vòng|phần|giao lưu|liên hoan|olympic|sân chơi|thi)(?!\w)))"
)


def entrants(document: Document, block: Block, sentence: tuple[int, int], position: int, unit: str, said: str) -> str:
    """Who or what enters the contest that the sentence or its block names: ``sản phẩm dự thi …``; "" for others.

    ``said`` are the words around the number at ``position``.
    """
    gained = unit.lower() in _GAINS
    if not gained and noun(unit) not in _ENTRANTS and unit.lower() not in ALWAYS:
        return ""
    end = _end_of(document, position, unit)
    always = unit.lower() in ALWAYS or _WITH_ENTRANTS.match(document.lower, end, sentence[1]) is not None
    entered = always or _ENTERING.search(said.lower()) or takes_part(document, end, sentence[1])
    name = _named(document, block, sentence, position, far=always) if gained or entered else ""
    if not name:
        return ""
    name = _TORN.sub("", " ".join(re.sub(r"[\"“”]", "", name).split()[:_LONGEST]))
    rungs = [*_RUNG.finditer(said)] or [*_RUNG.finditer(document.text, sentence[0], position)]
    if rungs and _RUNG.search(name):
        name = _RUNG.sub(rungs[-1][0], name)  # "HSG cấp huyện: 25 giải; cấp tỉnh: 3 giải"
    if gained:
        return f"{noun(unit)} {name}"
    kind = _OF_LEVELS.match(document.lower, end, sentence[1])
    return f"{noun(unit)} {document.value(*kind.span('levels')) if kind else ''} dự thi {name}".replace("  ", " ")


#: Of which levels the schools are that enter: ``28 trường tiểu học và THCS``.
_OF_LEVELS = re.compile(r" (?P<levels>(?:(?:mầm non|mẫu giáo|tiểu học|thcs|thpt)(?:, | và |(?!\w)))+)")


def _end_of(document: Document, position: int, unit: str) -> int:
    """Where the noun behind the number at ``position`` ends; where the number begins for none."""
    at = document.lower.find(f" {unit.lower()}", position, position + 30)
    return at + 1 + len(unit) if at >= 0 else position


#: The share of those who won something, told behind their number: ``487 em đoạt giải (…), đạt 46,6%``.
_WINNERS = re.compile(
    r"\d[\d.]* (?P<who>em|học sinh|hs|thí sinh|giáo viên|cô giáo|dự án|sản phẩm|tiết mục|đội|vận động viên) "
    r"(?P<won>(?:đạt|đoạt|giành|có) giải(?: các loại| các cấp)?)",
    re.I,
)


def with_contest(document: Document, block: Block, sentence: tuple[int, int], position: int, phrase: str) -> str:
    """An indicator that tells but the share of winners with what they won in; any other one as it is."""
    match = _WINNERS.fullmatch(phrase)
    if match is None:
        return phrase
    name = _named(document, block, sentence, position, far=False)
    return f"{match['who']} {match['won']} {_TORN.sub('', ' '.join(name.split()[:_FEW]))}".strip()


def takes_part(document: Document, end: int, limit: int) -> bool:
    """Whether the words behind a counted noun, which ends at ``end``, tell that those counted enter something."""
    return any(pattern.match(document.lower, end, limit) for pattern in (_WITH_ENTRANTS, _TAKES_PART))


#: Teams told with those who play in them: ``28 đoàn, trên 350 vận động viên``.
_WITH_ENTRANTS = re.compile(
    r"(?:,| với| và|, với) (?:(?:trên|hơn|gần|tổng số|khoảng) )*\d[\d.]* "
    r"(?:vận động viên|vđv|thí sinh|cầu thủ|tay vợt|kỳ thủ|võ sĩ)(?!\w)"
)


def of_contest(document: Document, block: Block, sentence: tuple[int, int], position: int, unit: str) -> str:
    """What a contest consists of with its name: ``trận thi đấu Giải bóng đá học sinh``; "" for other things."""
    verb = _PARTS.get(unit.lower())
    around = max(sentence[0], position - 60), position + 40
    if verb is None or (verb and not _OF_CONTEST.search(document.lower, *around)):
        return ""
    name = _named(document, block, sentence, position, far=True)
    return f"{noun(unit)} {verb} {name}".replace("  ", " ") if name else ""


#: What a contest consists of, and by what that is told from other things of the name.
_PARTS = {
    "trận": "thi đấu",
    "trận đấu": "",
    "nội dung": "thi",
    "phần thi": "",
    "bảng": "thi",
    "môn thi": "",
}
_OF_CONTEST = re.compile(r"(?<!\w)(?:thi(?! đua)|tranh tài|trải qua|chia (?:thành|làm|ra)|đấu|vòng|nội dung thi)(?!\w)")


def _named(document: Document, block: Block, sentence: tuple[int, int], position: int, *, far: bool) -> str:
    """The name of the contest of which a sentence speaks, as it or its block says, else the text before; "" for none.

    ``far`` says that what is counted belongs to a contest in any case; else the sentence or block must speak of one.
    """
    lowered = document.lower
    spans = ((sentence[0], position), (block.body, sentence[0]))
    named = (match for span in spans for match in reversed([*_CONTEST.finditer(lowered, *span)]))
    names = (_contest_name(document.value(*match.span())) for match in named)
    name = next((name for name in names if name and not _THIS_TIME.fullmatch(name.lower())), "")
    if name and len(name.split()) < _LEAST_NAME:  # "giải bơi" is short for one that was named before
        whole = _contest_before(document, block.body)
        return whole if whole.lower().startswith(f"{name.lower()} ") else name
    if not name and (far or any(_THE_CONTEST.search(lowered, *span) for span in (sentence, spans[1]))):
        name = _contest_before(document, block.body)
    return name


#: A contest that was named before: ``Cuộc thi diễn ra từ ngày 12/4``, ``tham dự hội thi``.
_THE_CONTEST = re.compile(r"(?<!\w)(?:cuộc thi|hội thi|kỳ thi|kì thi|hội khỏe|hội thao|hội diễn|liên hoan|giải)(?!\w)")
_CONTEST_REACH, _LEAST_NAME = 2000, 3


def _contest_before(document: Document, position: int) -> str:
    """The contest that the text before a position names last and in full; "" for none."""
    first = max(0, position - _CONTEST_REACH)
    named = [_contest_name(document.value(*m.span())) for m in _CONTEST.finditer(document.lower, first, position)]
    return next((name for name in reversed(named) if len(name.split()) >= _LEAST_NAME), "")


#: The rung on which a contest is held.
_RUNG = re.compile(
    r"(?<!\w)(?:cấp|vòng) (?:trường|cụm|xã|phường|huyện|quận|thị xã|thành phố|tỉnh|quốc gia)(?!\w)", re.I
)


def _contest_name(said: str) -> str:
    """The name of a contest without the word for it."""
    return _CONTEST_TAIL.sub("", _CONTEST_HEAD.sub("", said.strip(' "“”'))).strip(' "“”-')


#: What tells which contest only to whom it was named before: ``Hội thi năm nay``.
_THIS_TIME = re.compile(r"(?:(?:năm|lần|kỳ|đợt) (?:này|nay|thứ \w+)|này|lần thứ \w+)(?: \w+)?")


def examinees(document: Document, position: int, phrase: str) -> str:
    """What came of an examination with those who sat it, where a label leaves them out: ``đỗ 98%``, ``vắng 3``.

    The examination is the one spoken of last, else that of the report's head.
    """
    phrase = _SCHOOLS_WHOSE.sub("", phrase)
    said = _OUTCOME.match(phrase.lower())
    if said is None or _SITS.search(phrase.lower()):
        return phrase
    near = [*_EXAM.finditer(document.lower, max(0, position - _EXAM_REACH), position)]
    exam = near[-1] if near else _EXAM.search(document.lower, 0, min(position, _EXAM_REACH))
    if exam is None:
        return phrase
    done = _FINISHED if exam["final"] and said["passed"] and _FINISHED not in phrase.lower() else ""
    return " ".join(f"thí sinh {phrase[: said.end()]} {done} {phrase[said.end() :]}".split())


_OUTCOME = re.compile(r"(?:(?P<passed>đỗ|đậu)|vắng(?: thi)?|hỏng|trượt|không đỗ|(?:đăng ký |đk )?dự thi)(?!\w)")
#: Schools of whose pupils a percentage tells: ``Các trường đỗ 100%``.
_SCHOOLS_WHOSE = re.compile(r"^(?:(?:các|những) trường|trường (?:có|nào)) (?=(?:đỗ|đậu)(?!\w))", re.I)
_SITS = re.compile(r"(?<!\w)(?:thí sinh|học sinh|học viên|hs|em|giáo viên|gv|trường|người)(?!\w)")
_EXAM = re.compile(
    r"(?<!\w)(?:kỳ thi|thi|dự thi|xét)(?: tuyển sinh)? (?:(?P<final>tốt nghiệp)|vào (?:lớp )?10|tuyển sinh)(?!\w)"
)
_FINISHED = "tốt nghiệp"
_EXAM_REACH = 500
