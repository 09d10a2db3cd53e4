"""How contests are named: from the word that begins a name to what ends it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from extractors._shared.scan import Words, matches_from, places_of, words_in

# A contest's name: from its cue to the first sign or verb that ends a noun phrase.
_CUE = (
    r"(?:hội|cuộc|kỳ|kì|vòng|đợt) (?:chung kết |sơ khảo )?(?:thi|giảng|thao|diễn|trại)|giao lưu"
    r"|liên hoan|ngày hội|hội khỏe|đại hội (?:tdtt|thể dục|thể thao)|trại hè (?:hùng vương|phương nam)"
    r"|(?:hội chợ|triển lãm) (?:sáng|quốc|khoa|phát)"
    r"|vioedu|vio-edu|toán titan|timo|hkimo|imso|imas|asmo|sasmo|itmo|toefl (?:junior|primary)|kangaroo|bebras"
    r"|sân chơi|xếp hạng (?:khối|cụm|thi đua)|olympic|violympic|ioe|tntv|hkpđ|(?<!đội tuyển )(?<!đoàn )hsg"
    # ``1 giải Trạng nguyên`` is the first prize of the contest, ``giải Trạng nguyên Tiếng Việt`` one won in it
    r"|(?<!giải )(?<!danh hiệu )trạng nguyên|(?:(?<=giải )|(?<=danh hiệu ))trạng nguyên(?= (?:tiếng|toàn|nhỏ|nhí|tuổi))"
    r"|(?<!đội tuyển )(?<!đoàn )học sinh giỏi|hs giỏi|(?:môn )?toán (?:trên|qua) (?:mtct|máy tính|internet|mạng)"
    r"|hội thao|tin học trẻ|khkt|viết thư|vở sạch|viết chữ đẹp|hùng biện"
    r"|rung chuông|khoa học,? k[ỹĩ] thuật"
    r"|giải (?:thể thao|bóng|bơi|điền kinh|cờ|việt dã|vô địch|cầu lông|toán|aerobic"
    r"|cúp (?!vàng|bạc|đồng|toàn|vô)|đá cầu|võ|karate|taekwondo|vovinam|đẩy gậy|kéo co|bắn nỏ|tung còn|cầu mây|thể dục)"
    r"|robot\w*|(?:(?<=tham gia )|(?<=tham dự )|(?<=dự ))giải (?:quốc gia|quốc tế|toàn quốc|khu vực)"
    r"|(?<!đội )(?<!dự )(?<!phần )(?<!chấm )(?<!coi )thi (?!đua|hành|thố"
    r"|công |lại |là |và |sinh |đấu|xuất sắc|tốt (?!nghiệp)|cử |thể |riêng|thử"
    r"|khảo sát|cuối|nghiêm túc|diễn|với |đạt |của |được |trên |vào (?!lớp|10|thpt|trường|các trường|chuyên)"
    r"|trong |cho |đua))"
)
_ENDS = (
    r"có|tiến hành|khép lại|đạt|đoạt|giành|dành(?! cho)|kết quả|tại|được|do|gồm|tổng số|với(?! ý tưởng)|đã"
    r"|toàn (?:đoàn|ngành|huyện|trường)"
    r"|trong đó|là|tổ chức"
    r"|nhằm|mà|nhưng|thì|vẫn|luôn|chiếm|nhiều(?! môn| nội dung)|nhân(?= dịp| kỷ niệm)"
    r"|trao|thuộc|tặng|công bố|khai mạc|bế mạc|kết thúc|bắt đầu|này|đó|lần này"
    r"|tham gia|xếp|vinh dự|đứng|đưa(?= (?:tỉnh|huyện|thành phố|trường|nhà))|(?<! thi )(?<!giải )vô địch|về"
    r"|(?<!chúng )em"
    r"|theo(?! (?:sách|chủ đề|chuyên đề))|mở(?! rộng)"
    r"|cho(?= (?:các )?(?:nhóm|tác giả|em|đội|đơn vị)(?!\w))|diễn ra|được|đều|như(?! [\"“])"
    r"|của(?= (?:em|cô|thầy|học sinh|đội tuyển|đoàn học sinh|nhà trường)(?!\w))|cùng(?= (?:nhiều|các|với)(?!\w))"
    r"|thu hút|quy tụ|chấm(?= \d)|ban hành|lần này|năm nay|vừa|thành công"
    r"|(?<!công )đoàn(?! (?:viên|thanh|kết|thể|tncs|trường))"
    # the subject of what follows, and when it was held
    r"|nhà trường|hồi(?= tháng| đầu| cuối)|và(?= (?:chuẩn bị|thành lập|triển khai|kế hoạch|phương hướng"
    r"|nhiệm vụ)(?!\w))"
)
#: What follows a comma inside a name: further fields before the words that all of them share (``Toán, Khoa học
#: bằng tiếng Anh``, ``học sinh, sinh viên với ý tưởng …``, ``kể chuyện, giới thiệu sách cấp trường``).
_GOES_ON_BEHIND_COMMA = (
    r"(?!(?:[^\W\d_]+ ){0,4}?(?:giải|huy chương|hc[vbđ]|nhất|nhì|ba|khuyến khích|kk)(?!\w))(?!(?:trong đó"
    r"|kết quả|có|đạt|đoạt|giành|đội|đoàn|em|học sinh|cô|thầy|trường|nhà trường|năm|lớp|cấp|môn|ngày"
    r"|đã|được)(?!\w))(?:[^\W\d_]+ ){1,5}?(?:bằng tiếng|qua mạng|với ý tưởng|(?:vòng |cấp )(?:trường|cụm|xã|phường"
    r"|huyện|quận|thị xã|thành phố|tỉnh|khu vực|quốc gia|toàn quốc)|các cấp|toàn (?:tỉnh|quốc|huyện))(?!\w)"
)
#: A full stop that ends no name: ``TP.HCM``, ``T.P Huế``.
_STOP_INSIDE = r"(?:(?<= t)\.(?=p )|(?<!cấp tp)(?:(?<= tp)|(?<= tx))\.(?= ?[^\W\d_]))"
#: The next of the grades of pupils who compete: ``lớp 11, 12 năm học …``, ``lớp 6, lớp 7 cấp huyện``.
_NEXT_GRADE = (
    r" (?:lớp )?(?:[1-9]|1[0-2])(?:, (?:lớp )?(?:[1-9]|1[0-2])){0,3}(?: và (?:lớp )?\d{1,2})?"
    r"(?: (?:năm|cấp|toàn|môn|vòng|huyện|tỉnh|thpt|thcs)(?!\w)|[:;.)]|$)"
)
_COMMA_INSIDE = (
    rf"(?:,(?= {_GOES_ON_BEHIND_COMMA})|(?<=thiếu niên),(?= nhi đồng)|(?<=thể dục),(?= thể thao)"
    rf"|(?<=lớp \d),(?={_NEXT_GRADE})|(?<=lớp 1\d),(?={_NEXT_GRADE})"
    r"|(?<=thanh),(?= thiếu niên)|,(?= khu vực (?:[ivx]{1,4}|\d{1,2}|miền|phía|trung|tây|đông|nam|bắc|duyên)(?!\w)))"
)
CONTEST = re.compile(
    rf"(?<![\w])(?:{_CUE}"
    r"(?:\"[^\"\n]*\"|“[^”\n]*”|[^,;:.()\n\"“]|(?<=\d)[.,](?=\d)|"
    rf"{_COMMA_INSIDE}|{_STOP_INSIDE}|\(\w{{2,6}}\))*?"
    rf"(?=\s*(?:(?!{_COMMA_INSIDE}|{_STOP_INSIDE}|\(\w{{2,6}}\) \w)[,;:.()\n]|$"
    # "tiếng hát giáo viên - học sinh": one name
    r"|(?<!giáo viên)(?<!\Wgv) - (?!tiếng|toán|văn|thể |nghệ thuật|\d))"
    rf"|\s(?:{_ENDS})(?!\w)"
    r"|\sgiải (?:nhất|nhì|ba|tư|khuyến khích|kk|đặc biệt|[abc](?= ?[,;.)]|$))(?!\w)"
    r"|\s\d{1,4} (?:giải|huy chương|hc[vbđ]|em|học sinh|hs|thí sinh)(?!\w)"
    rf"|\svà (?:\d|giải|huy chương|hc[vbđ]|đạt|đoạt|giành|mang về|đem về|xếp|đứng|(?:em|cô|thầy|học sinh|bạn) ))"
)
#: What the cues begin with.
_CUE_AT = Words(
    words_in(
        "hội|cuộc|kỳ|kì|vòng|đợt|giao lưu|liên hoan|ngày hội|triển lãm|sân chơi|xếp hạng|olympic|violympic|ioe|tntv|"
        "vioedu|vio-edu|toán |timo|hkimo|imso|imas|asmo|sasmo|itmo|toefl |kangaroo|bebras|"
        "trạng nguyên|hkpđ|hsg|học sinh giỏi|hs giỏi|môn toán|toán |tin học trẻ|khkt|viết|vở sạch|hùng biện|"
        "rung chuông|khoa học|giải |robot|thi |đại hội t|trại hè"
    )
)


def contests_in(lowered: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The names of contests in a range, in order."""
    return iter(_contests(lowered, start, end))


@lru_cache(maxsize=256)  # each award of a block asks for those of the same ranges
def _contests(lowered: str, start: int, end: int) -> list[re.Match[str]]:
    return matches_from(CONTEST, places_of(_CUE_AT, lowered, start, end), lowered, start, end)


def joins_two(lowered: str, span: tuple[int, int]) -> bool:
    """Whether what stands in a row are two contests: ``Hội thi A và Olympic B (IOE)``."""
    second = lowered.find(" và ", *span)
    return second >= 0 and next(contests_in(lowered, second, span[1]), None) is not None


#: Words of a contest's name that any contest has; the others tell which kind it is.
_ANY_CONTEST = words_in(
    "kỳ|kì|cuộc|hội|thi|chọn|tuyển|cấp|năm|học|lần|thứ|các|môn|giải|lớp|đợt|vòng|tham|gia|dự|huyện|tỉnh|thành|phố|quận"
    "|toàn|quốc|gia|của|dành|cho|khối|bảng"
)
_SHORT_FORMS: tuple[tuple[str, str], ...] = (
    ("hsg", "học sinh giỏi"),
    ("hkpđ", "hội khỏe phù đổng"),
    ("khkt", "khoa học kỹ thuật"),
)
_SHORT_FORMS += (("gvdg", "giáo viên dạy giỏi"), ("hs giỏi", "học sinh giỏi"), ("kĩ thuật", "kỹ thuật"))


def kind_of(contest: str) -> tuple[str, ...]:
    """What tells the kind of a contest: the first two words of its name that not every contest has."""
    for short, full in _SHORT_FORMS:
        contest = contest.replace(short, full)
    words = [word for word in re.findall(r"[^\W\d_]+", contest) if word not in _ANY_CONTEST]
    return tuple(words[:2])
