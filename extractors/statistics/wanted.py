"""Words that tell what is wanted from what is: before a number in its sentence, and in the heads above."""

from __future__ import annotations

import re
from functools import lru_cache

from extractors._shared.numbers import Number
from extractors._shared.scan import holds, matches_from, places_of, words_in

TARGET = re.compile(
    r"(?<!\w)(?:(?<!\d năm )phấn đấu|mục tiêu|(?<!đạt )(?<!theo )(?<!ứng )yêu cầu|không dưới|"
    r"chỉ tiêu (?:\w+ ){0,3}(?:phấn đấu|đề ra|giao|kế hoạch)|"
    r"(?<!thực hiện )(?<!hiện các )(?:(?<!\w)(?:đặt|đề) (?:ra )?chỉ tiêu(?! phấn)|chỉ tiêu(?: cụ thể| chủ yếu)?"
    r"(?: (?:của )?(?:năm|nhiệm kỳ)(?: học)?(?: 20\d\d ?- ?20\d\d| 20\d\d)?)? ?(?=:))|"
    r"(?<!hoàn thành )(?<!thực hiện )(?<!vượt )(?<!đạt )(?<!các )(?<!\d )chỉ tiêu [^\d;:.]{4,50} "
    r"(?:từ|dưới|trên|ít nhất|tối thiểu|không quá|không dưới)(?= \d| *$)|"
    r"dự kiến|đặt ra|đề ra|sẽ(?! là)|(?<!chuyên )cần đạt|"
    r"(?<!tính )đến (?:hết |cuối )?năm(?: học)? [\d/ -]{4,12},? ?(?:có|đạt|phải|toàn|tỷ lệ|tỉ lệ|trên|100)"
    r"|đến năm 20(?:2[5-9]|3\d|4\d)|nhằm đạt|đăng ký(?: (?:đạt|phấn đấu|thực hiện|xây dựng|danh hiệu|chỉ tiêu)|:)|"
    r"hướng tới(?! (?:lễ|kỷ niệm|ngày|đại hội|chào mừng))|kiến nghị(?! (?:thu hồi|xử lý|giảm trừ))|"
    r"dự định|theo thiết kế|muốn có|"
    r"(?:dự toán|dự trù|khái toán)(?= (?:kinh phí |vốn )?(?:là |khoảng |trên |gần )*\d|:)|"
    r"(?:năm học|năm) (?:tới|sau)(?=:| phải)|"
    r"(?<!điều kiện )(?<!hồ sơ )đề nghị (?:ngành|các|phòng|huyện|xã|nhà trường|công nhận|xây|cấp|bổ sung|tuyển)|"
    r"kế hoạch (?:giao|đề ra)|lộ trình đến|giao ước|mong (?:đến|muốn|rằng)|xin (?:xây|cấp|mua|bổ sung|tuyển)|"
    r"năm (?:tới|sau) (?:\w+ ){0,2}(?:có|đạt|xây|mua|thêm|tuyển))(?!\w)"
)
#: What is foreseen is wanted, whatever stands before it: ``Kinh phí khen thưởng cả năm dự kiến 38 triệu``.
FORESEEN = ("dự kiến ", "dự kiến là ", "dự kiến khoảng ", "dự trù ", "dự toán ")
_NOW = re.compile(
    r"(?<!\w)(?:hiện có|hiện nay|hiện tại|(?<!thực )(?<!thể )(?<!phát )(?<!biểu )hiện(?! đại)|"
    r"đến nay|tính đến|đã|hiện còn|kết quả(?! (?:học tập|rèn luyện))|trong năm qua|năm qua|nay là|"
    r"thực hiện được|nhất trí|biểu quyết|so với (?:chỉ tiêu|kế hoạch)|mới (?:đạt|có|được)|còn thiếu|thiếu(?= *$)|"
    r"năm ngoái|qua đó|đặc điểm tình hình|tình hình chung|thực trạng)(?!\w)"
)
#: What a cue of either sort begins with.
_TARGET_AT = words_in(
    "đặt chỉ tiêu|đề ra chỉ tiêu|phấn đấu|mục tiêu|yêu cầu|không dưới|chỉ tiêu|dự kiến|đặt ra|đề ra|sẽ|cần đạt|đến |"
    "nhằm đạt|đăng ký|"
    "hướng tới|đề nghị|kế hoạch|lộ trình|giao ước|mong |xin |năm tới|năm sau|năm học tới|năm học sau|kiến nghị|"
    "dự định|theo thiết kế|muốn có|dự toán|dự trù|khái toán"
)
_NOW_AT = words_in(
    "hiện|đến nay|tính đến|đã|kết quả|trong năm qua|năm qua|nay là|thực hiện được|nhất trí|biểu quyết|so với|"
    "mới |còn thiếu|thiếu|năm ngoái|qua đó|đặc điểm|tình hình|thực trạng"
)
GOAL_HEAD = re.compile(
    r"phương hướng|mục tiêu|(?<!thực hiện )(?<!thực hiện các )chỉ tiêu|kế hoạch năm|"
    r"chương trình năm|nhiệm vụ hk ?(?:ii|2)(?!\w)|"
    r"nhiệm vụ (?:20\d\d|trọng tâm|năm học|năm|chủ yếu|cụ thể|học kỳ|học kì|và giải pháp|thời gian tới|sắp tới|tới)|"
    r"(?<!thực hiện )(?<!hiện các )(?:nhiệm vụ|kế hoạch) (?:công tác )?(?:trong )?(?:tháng|tuần|quý) "
    r"(?:\d|sau|tới|này|[iv]+(?!\w))|(?:công tác|việc) (?:tháng|tuần|quý) (?:sau|tới)(?!\w)|"
    r"nhiệm vụ, giải pháp|giải pháp|lộ trình|^\W*(?:\w{1,3}[.)] ?)?giai đoạn (?:i|1|ii|2)\b|"
    r"việc (?:phải|cần) làm|"
    r"đề xuất|kế hoạch cải tiến|^\W*(?:\w{1,3}[.)/] ?)?(?:một số )?yêu cầu"
    r"(?: (?:các|đối với|với|phòng|hiệu trưởng|đơn vị|nhà trường)[^,;:]{0,40})?\W*$|"
    r"(?:năm học|năm) (?:tới|sau)|hướng tới 20|"
    r"thời gian tới|triển khai (?:công tác|nhiệm vụ|kế hoạch)(?: [^\W\d_]+){0,2} (?:tháng|tuần|quý|học k[ỳì])(?!\w)|"
    r"(?<!\w)(?:năm(?: học)?|đến|nhiệm kỳ) [\d -]{4,12}:? phấn đấu\W*$|"
    r"kiến nghị (?:với )?[^.;]{0,40}đến năm 20\d\d|dự kiến|công tác trọng tâm|trọng tâm (?:công tác|năm|học)"
)
#: What pupils are graded by is called so (``kết quả học tập mức Tốt 18%``), whether it is reached or wanted.
_RESULT_HEAD = re.compile(
    r"kết quả(?! (?:học tập|rèn luyện))|"
    r"thực hiện (?:các )?chỉ tiêu|đánh giá|thực trạng|tình hình|đặc điểm|thuận lợi|đã đạt|tổng kết|ưu điểm|"
    r"hiện có|hiện trạng|xuất phát điểm|khái quát|bối cảnh|(?:năm học|năm) (?:trước|qua|ngoái)|hạn chế|tồn tại|"
    r"nhìn lại|phân công|giới thiệu (?:chung|khái quát|sơ lược|về (?:nhà |các )?trường)|vị trí(?! việc làm)|"
    r"(?:quá trình|lịch sử) (?:hình thành|thành lập|xây dựng|phát triển)|truyền thống nhà trường|đội ngũ hiện"
)
#: The size of schools, which is as it is unless a head above it sets goals: ``II. Chỉ tiêu 1. Quy mô: 24 lớp``.
_SIZE_HEAD = re.compile(r"(?<!giữ vững )(?<!duy trì )(?<!phát triển )(?<!ổn định )quy mô")
#: What somebody asks for or foresees (``yêu cầu``, ``đề nghị``, ``dự kiến``) does not reach beyond its clause.
_ASKED = ("yêu cầu", "đề nghị", "dự kiến", "dự toán", "dự trù", "khái toán", "đăng ký ")
_SET = words_in("đặt ra|đề ra")
#: What was set and is reached is a result: ``luôn đạt yêu cầu đặt ra``, ``vượt chỉ tiêu năm học đề ra``.
_REACHED = re.compile(
    r"(?<!\w)(?:đạt|vượt|hoàn thành|đáp ứng|so với|đúng|theo) (?:[^\W\d_]+ ){0,3}"
    r"(?:yêu cầu|chỉ tiêu|mục tiêu|kế hoạch|nghị quyết)(?: [^\W\d_]+){0,4} (?:đã )?(?:đặt|đề) ra(?!\w)"
)
#: A plan up to a year, with what it brings: ``Kế hoạch của trường đến 2025: 30 lớp``.
_PLAN_UP_TO = re.compile(
    r"^\W*(?:kế hoạch|mục tiêu|định hướng|lộ trình)(?: [^\W\d_]+){0,5} đến (?:năm )?20\d\d ?:(?=[^;]*$)"
)
#: Amounts already in the words of a closed bracket say nothing of what stands behind it.
_CLOSED = re.compile(r"\([^()]*\)")


@lru_cache(maxsize=1024)  # asked twice of each number
def wanted_before(before: str) -> bool | None:
    """Whether the words before a number in its sentence want it or tell a fact; None where they say neither."""
    said = _CLOSED.sub(lambda match: " " * len(match.group(0)), before) + " "
    if holds(_SET, said, 0, len(said)):
        said = _REACHED.sub(lambda match: " " * len(match.group(0)), said)
    clause, end = said.rfind(";") + 1, len(said)
    wants = matches_from(TARGET, places_of(_TARGET_AT, said, 0, end), said, 0, end)
    planned = _PLAN_UP_TO.search(said)
    cues = [planned.start()] if planned else []
    cues += [m.start() for m in wants if not m.group(0).startswith(_ASKED) or ";" not in said[m.end() :]]
    facts = [m.start() for m in matches_from(_NOW, places_of(_NOW_AT, said, clause, end), said, clause, end)]
    if cues and (not facts or cues[-1] > facts[-1]):
        return True
    return False if facts else None


#: The goals with which a plan begins, and what goes on with these in a sentence of its own: no subject, a bare verb.
_ANNOUNCED = re.compile(
    r"(?<!\w)(?:(?:mục tiêu|chỉ tiêu)"
    r"(?: (?:cụ thể|chung|chủ yếu|phấn đấu|cơ bản))*(?: (?:là|đến|trong|của|giai đoạn)(?!\w)|:| \d)|"
    r"phấn đấu,? (?:đến|từ nay đến|trong) )"
)
#: What was done with goals that were set earlier: ``đã thực hiện tốt mục tiêu của năm học``.
_DONE = re.compile(r"(?<!\w)(?:đã|thực hiện|hoàn thành|đạt|vượt|so với|bám sát|theo|căn cứ)(?!\w)")
_GOES_ON = re.compile(
    r"(?:(?:đặc biệt|đồng thời|ngoài ra|bên cạnh đó|cùng với đó|riêng|trong đó),? )?"
    r"(?:(?:hằng|hàng|mỗi|trung bình (?:hằng|hàng|mỗi)|bình quân (?:hằng|hàng|mỗi)) năm,? )?"
    r"(?:giảm|tăng|nâng|duy trì|giữ|bảo đảm|đảm bảo|phát triển|xây dựng|hoàn thành|củng cố|huy động|thu hút|đưa|"
    r"không còn|(?:có )?(?:ít nhất |tối thiểu |trên |từ )?\d[\d.,]*(?: ?%| trở lên))(?!\w)"
)


def goes_on(before: str, sentence: str) -> bool | None:
    """Whether a sentence goes on with goals that the one before announces: ``Mục tiêu đến năm 2030 …. Giảm tỷ lệ …``.

    None where the one before says neither so nor the contrary.
    """
    if wanted_before(sentence) is False or not _GOES_ON.match(sentence):
        return False
    wanted = wanted_before(before)
    if wanted and (announced := _ANNOUNCED.search(before)) and not _DONE.search(before, 0, announced.start()):
        return True
    return None if wanted is None and _GOES_ON.match(before) else False


#: What each has to pay, announced among things to do: ``Thu quỹ: học sinh 5.000đ/em``.
_FEE = re.compile(
    r"(?<!\w)(?:thu|mức|đóng góp|đóng|nộp|quỹ|phí|học phí|tiền ăn|chế độ|thưởng)(?!\w)"
    r"(?![^;]*(?:tối thiểu|ít nhất|phấn đấu))[^;]*$"
)
_EACH_PAYS = re.compile(
    r" ?(?:nghìn |ngàn |k)?(?:đồng|đ|vnđ) ?/ ?(?:1 )?(?:em|hs|học sinh|trẻ|cháu|gv|giáo viên|thầy|cô|người|đ/c)(?!\w)"
)


def is_fee(lowered: str, before: str, end: int) -> bool:
    """Whether an amount that ends at ``end`` is what each pays or gets, by the words before it in its sentence."""
    return _EACH_PAYS.match(lowered, end) is not None and _FEE.search(before) is not None


@lru_cache(maxsize=1024)  # all numbers below it ask of the same head
def is_goal(head: str) -> bool | None:
    """Whether a head announces what is wanted or, on the contrary, results; None where it says neither."""
    if _RESULT_HEAD.search(head):
        return False
    return True if GOAL_HEAD.search(head) and not _SIZE_HEAD.search(head) else None


@lru_cache(maxsize=1024)
def is_of_size(head: str) -> bool:
    """Whether a head tells of the size of schools: results, unless one above it sets goals."""
    return _SIZE_HEAD.search(head) is not None


_OPINION = re.compile(r"(?<!\w)(?:cho rằng|nên|có ý kiến)(?!\w)[^.;]{0,40}$")


def is_opinion(lowered: str, start: int, number: Number) -> bool:
    """Whether a number only stands in what somebody thinks (``nên cấp 100%``)."""
    return bool(_OPINION.search(lowered[max(start, number.start - 60) : number.start]))
