"""Long phrases made compact: without place, time, agent and purpose, and down to the verb that counts."""

from __future__ import annotations

import re

from extractors._shared.view import CAPITAL

#: Where what is counted ends and where, when, by whom or what for begins.
_ASIDE = re.compile(
    r"(?: |^)(?:(?:ở(?! (?:mức|loại|lĩnh vực|thể|độ tuổi|các cấp)(?!\w))|tại|trên địa bàn|đến từ|"
    r"từ(?! (?:bậc|cấp|lớp|trung bình|khá|loại|mức|đạt|\d[\d,.]* điểm)(?!\w))|(?<!lý )(?<!tự )do|vì|để|"
    r"nhằm|nay|thì|mà|khi|sau khi|trước khi|nhân dịp|thay mặt|"
    r"chia làm|chia thành|trích từ|theo(?! đạo| học| dõi| đuổi)|(?<!đối )(?<!trí )với|"
    r"được (?:biên chế|chia|phân|bố trí|xếp) (?:vào|thành|ra|làm|ở|tại)|lần nào|mùa|vẫn|song|tuy|nhưng|bởi|"
    r"đang sinh hoạt|đang công tác|đang học tập|(?<!trực )thuộc|góp phần|hằng năm|hàng năm|mỗi năm)(?!\w)|"
    r"trong (?:năm|kỳ|tháng|quý|đó|số|cả|toàn|học kỳ|nhiệm kỳ|chưa đầy|lúc)(?!\w)|"
    r"(?:của|cho|là|về|đã về) (?=(?:các |những )?(?:trường|xã|huyện|tỉnh|thành phố|"
    r"phường|thị trấn|đơn vị|ngành|nhà trường|khối|toàn|sở|phòng)(?!\w))|(?:năm|tháng|ngày) \d)"
)
_NAMES = re.compile(
    rf"(?:(?<=\s)|^)(?!Tiếng (?:Anh|Việt|Pháp|Nhật|Trung)|Chuẩn Quốc)(?:[{CAPITAL}](?![{CAPITAL}])\w*(?: |, |-)){{2,}}"
)
#: Verbs that say what was done with what is counted.
_ACTION = re.compile(
    r"(?<!\w)(?:tổ chức|mở|xây dựng|xây mới|xây|sửa chữa|sửa|mua sắm|mua|tặng|trao|vận động|ủng hộ|quyên góp|huy động|"
    r"đầu tư|cấp phát|hỗ trợ|kết nạp|bồi dưỡng|tập huấn|đào tạo|bổ nhiệm lại|bổ nhiệm|tuyển dụng|tuyển mới|"
    r"tuyển sinh|tuyển|điều động|luân chuyển|biệt phái|nghỉ hưu|chuyển|kiểm tra|thanh tra|dự giờ|tham dự|tham gia|"
    r"dự thi|cử|gửi|ban hành|trồng|xóa|xoá|sáp nhập|thành lập|công nhận|hoàn thành|thiếu|thừa|khen thưởng|"
    r"tuyên dương|giới thiệu|phát triển|bầu|phát hành|phát|viết|tiếp nhận|giải quyết|xử lý|phát hiện|tư vấn|"
    r"khám|tiêm|nuôi|giúp đỡ|giúp|đỡ đầu|phụ trách|theo dõi|biên soạn|chấm|thăm hỏi|tiếp công dân|cấp|giảm|tăng|nâng|"
    r"bổ sung|thanh lý|lắp đặt|trang bị|thu hút|duy trì|giữ vững|ổn định|quản lý|thực hiện|triển khai|đăng ký|"
    r"miễn|chi trả|chi|thu|nộp|góp|đóng góp|nhận|bỏ học|lưu ban|lên lớp|chuyển đến|chuyển đi|dự thi|đỗ|nhập|"
    r"dạy)(?!\w)(?! (?:sinh|viên|kỳ|lực|phí|đua|tập|giỏi|bổng|huyện|tỉnh|trường|quốc gia|thcs|tiểu|mầm|thpt|chức))"
)


def closely(behind: str, *, whole: bool) -> str:
    """What is said behind the counted noun, without place, time, agent and purpose.

    ``whole`` says that the noun needs nothing more; otherwise an aside is left where nothing else stands.
    """
    behind = _OF_OTHERS.sub("", behind)
    cut = len(behind)
    for pattern in (_ASIDE, _NAMES):
        if match := pattern.search(behind if pattern is _NAMES else behind.lower()):
            cut = min(cut, match.start())
    short = behind[:cut].rstrip(" ,").lstrip()
    return short if short or whole else behind


#: What the counted do to others, which have a figure of their own: ``12 trường nuôi 840 em``. Those
#: who inspect are called so: ``3 đoàn kiểm tra 14 trường``.
_DOES_TO_OTHERS = re.compile(
    rf"(?:^| )(?:đã |đang )?(?!kiểm tra|thanh tra|thiếu|thừa|duy trì){_ACTION.pattern}"
    r"(?: (?:được|thêm|mới|cho|tổng số|hơn|trên|gần|khoảng))* (?=\d[\d.]* (?!buổi|tiết|ca|lần|ngày|bữa|năm|tháng|tuổi|"
    r"giờ|môn|nội dung|chỉ tiêu|tiêu chí|đồng|triệu|tỷ|nghìn|ngàn)[^\W\d_])"
)


def up_to_others(behind: str) -> str:
    """What is said behind a counted noun up to what those counted do to others that have a figure of their own."""
    other = _DOES_TO_OTHERS.search(behind.lower()) if any(map(str.isdigit, behind)) else None
    return behind[: other.start()] if other else behind


#: Whose the counted are, with a figure of its own: ``115 dự án của 43 trường THCS dự thi`` are ``dự án dự thi``.
_OF_OTHERS = re.compile(
    r" ?(?:của|thuộc|đến từ) (?:(?:hơn|gần|cả|tổng số|trên) )?\d[\d.]*(?:/\d[\d.]*)? (?:trường(?: học)?|đơn vị|tỉnh|"
    r"huyện|xã|phường|cơ sở|đoàn|tác giả|nhóm tác giả|học sinh|em|giáo viên|thí sinh)"
    r"(?:(?:,| và)? (?:mầm non|tiểu học|thcs|thpt))*(?!\w)",
    re.I,
)
#: Where those come from or belong who are counted, when nothing else is said of them.
_WHENCE = re.compile(r"(?:đến từ|từ|ở|tại|trên địa bàn|của|thuộc|đối với)(?= (?!năm|tháng|ngày|đó|nay|đây|\d)\w)")
_WHENCE_LENGTH = 9


def whence(behind: str) -> str:
    """Where those are from or whose they are who are counted: ``từ nơi khác đến học``; "" where it is not said."""
    return " ".join(behind.split()[:_WHENCE_LENGTH]) if _WHENCE.match(behind.lower()) else ""


#: Who acts: what such a subject does with the counted thing is said by the verb alone.
_AGENT = re.compile(
    r"(?:các |những |toàn |mỗi |một số )?(?:nhà trường|trường|huyện|phòng|sở|ngành|"
    r"(?:đoàn|hội|công đoàn|đội)(?! viên)|chi bộ|đảng bộ|"
    r"đảng ủy|ban|tỉnh|xã|trung tâm|bà con|phụ huynh|cha mẹ|ông|bà|cô|thầy|đ/c|đồng chí|tổ|khối|cụm|liên đội|"
    r"đại hội|công ty|chùa|đơn vị|cơ sở|cán bộ|cá nhân|nhân dân|người dân|hội đồng|thường trực|mạnh thường quân|"
    r"nhà hảo tâm|chủ tịch|phó chủ tịch|bí thư|giám đốc|tổng giám đốc|hiệu trưởng|doanh nhân|doanh nghiệp|"
    r"ngân hàng|tập đoàn|câu lạc bộ|clb|nhóm|"
    r"anh|chị|bộ|ubnd|ngân sách|quỹ|thư viện|với|có|nhằm|để|bằng|sau|trong|ngay|theo|về)(?!\w)",
    re.I,
)
#: Those of whom a clause tells what they did: ``Các thí sinh trải qua``.
_EVERYBODY = re.compile(r"(?:các|những) (?:thí sinh|giáo viên|học sinh|em|cháu|thầy cô|đội|vận động viên)(?!\w)", re.I)
_SUBJECT = re.compile(r"(?:(?:tổng )?số|tỷ lệ|tỉ lệ|học sinh|trẻ|giáo viên|phòng học|trường|đảng viên|nữ|hs|gv)(?!\w)")
_SHORT, _LONG = 4, 10


_NAME_FIRST = re.compile(rf"(?:[{CAPITAL}](?![{CAPITAL}])[^\W\d_]+ ){{1,4}}[{CAPITAL}](?![{CAPITAL}])[^\W\d_]+(?: |$)")


def deed(ahead: str) -> str:
    """What the words before a counted noun say of it: all of them, or of a subject that acts its last verb.

    ``Trong năm chi bộ kết nạp`` is ``kết nạp``; ``Trẻ 5 tuổi ra lớp`` stays.
    """
    count = len(ahead.split())
    if _EVERYBODY.match(ahead) and not _ACTION.search(ahead.lower()):
        return ""
    if not _AGENT.match(ahead) and not _NAME_FIRST.match(ahead) and (count <= _LONG or _SUBJECT.match(ahead.lower())):
        return " ".join(ahead.split()[: _LONG + 2])
    found = list(_ACTION.finditer(ahead.lower()))
    if not found:
        return ahead if count <= _SHORT else ""
    return " ".join(ahead[found[-1].start() :].split()[:6])


def acts(phrase: str) -> bool:
    """Whether a phrase begins with a verb that says what was done with what is counted: ``mua``, ``được tặng``."""
    return _ACTION.match(re.sub(r"^(?:đã|được|đang) ", "", phrase.lower())) is not None


#: What a heading must say beside its field to say what is counted under it.
_SAYING = re.compile(
    r"(?<!\w)(?:học lực|hạnh kiểm|phổ cập|bầu|học bổng|học nghề|tốt nghiệp|thi|hội thi|cuộc thi|giao lưu|kỳ thi|"
    r"kết nạp|bỏ học|dự giờ|tiết|khen thưởng|phiếu|đăng ký|tuyển sinh|huy động|sáng kiến|nợ|quỹ|ủng hộ|tặng)(?!\w)"
)
_FIELDS = re.compile(
    r"(?:(?:công tác|tình hình|kết quả|thực trạng|về|chất lượng|số|tổng số|các) )*(?:quy mô|mạng lưới|trường|"
    r"lớp|học sinh|trường lớp|"
    r"đội ngũ|cơ sở vật chất|csvc|tài chính|chuyên môn|thi đua|nhân sự|con người|chất lượng|sĩ số|giáo dục|đào tạo|"
    r"đặc điểm|thành tích|kinh phí|nguồn lực|tổ chức|bộ máy|thiết bị|cán bộ|giáo viên|nhân viên|chung|vật chất|"
    r"mầm non|tiểu học|thcs|thpt|cán bộ quản lý|kết quả|nội dung|hạn chế|tồn tại|ưu điểm|khó khăn|thuận lợi|khác|"
    r"phân kỳ|kết luận|hôm nay|[\w ]*tiêu biểu)(?: học sinh)?"
)


#: The head of a story or survey, which tells of all sorts of things: ``Quá trình thành lập và phát triển``.
_STORY = re.compile(
    r"(?:(?:về|một số|những|các) )*(?:quá trình|lịch sử|tóm tắt|sơ lược|khái quát|giới thiệu|tổng quan|(?:vài|đôi) nét|"
    r"nét chính|thông tin(?! tuyển sinh)|cơ cấu|bộ máy|tổ chức bộ máy|đặc điểm|bối cảnh|truyền thống|hoàn cảnh|xuất xứ|"
    r"(?:cụ thể|chi tiết|kết quả)?(?: là)? ?như sau|sau đây|dưới đây)(?!\w)"
)
_PERSON = re.compile(rf"(?:[Cc]ô|[Tt]hầy|[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Đđ]/c|[Đđ]ồng chí) [{CAPITAL}]")


def says(head: str, *, own: bool) -> bool:
    """Whether a heading says what is counted under it (``Bầu cụm trưởng``) and not only a field (``Đội ngũ``).

    ``own`` is the label of the number's own line, which may say any thing but a field.
    """
    lowered = head.lower()
    if _PERSON.match(head) or _STORY.match(lowered):
        return False
    if not own:
        return _SAYING.search(lowered) is not None
    return not all(_FIELDS.fullmatch(part.strip()) for part in re.split(r",| và | - |/", lowered))


_DOCUMENT = re.compile(
    r" ?(?<!\w)(?:theo|căn cứ|của|thực hiện) (?:thông tư|nghị định|nghị quyết|quyết định|công văn|kế hoạch|hướng dẫn|"
    r"chỉ thị|luật)(?!\w)[^,;:]*",
    re.I,
)


def without_documents(phrase: str) -> str:
    """A phrase without the document by which things are done: ``trẻ đạt chuẩn theo Thông tư 23/2010``."""
    return _DOCUMENT.sub("", phrase).strip(" ,")


def join(parts: list[str]) -> str:
    """The parts in one line, without what the others before hold already."""
    phrase = ""
    for part in parts:
        noun_first = _FIRST_NOUN.match(phrase)
        if noun_first and part.lower() in _WHOLES and part.lower().startswith(f"{noun_first.group(0).lower()} "):
            continue
        if noun_first and part.lower().startswith(f"{noun_first.group(0).lower()} "):
            part = _HOUSE.sub("", part[noun_first.end() + 1 :])
        if part and f" {part.lower()} " not in f" {phrase.lower()} ":
            phrase = f"{phrase}{part}" if part.startswith(",") else f"{phrase} {part}".strip()
    return phrase.lstrip(" ,")


#: Nouns made whole that say nothing beside a kind of them: ``trường mầm non`` is no ``trường mầm non học``.
_WHOLES = frozenset({"trường học", "lớp học"})
_FIRST_NOUN = re.compile(
    r"(?:học sinh|giáo viên|đảng viên|đoàn viên|trường|lớp|phòng học|trẻ|cán bộ quản lý|nhân viên|thí sinh|học viên|"
    r"viên chức|phiếu|điểm trường|sáng kiến kinh nghiệm|chỉ tiêu|suất quà|suất học bổng)(?= |$)",
    re.I,
)


def without_noun(said: str, unit: str) -> str:
    """What is said of a counted noun without the noun: of ``trường`` and ``tỷ lệ trường đạt chuẩn``, ``đạt chuẩn``.

    A rate is counted by what those do of whom it tells: ``tỷ lệ huy động trẻ ra lớp/tổng số trẻ`` of ``trẻ`` by
    ``ra lớp``.
    """
    rest = _RATE_OF.sub("", said)
    if rest != said and said[0] in "tT":
        rest = _WHOLE_OF_RATE.sub("", rest)
        said = rest = _BROUGHT.sub("", rest) if f" {unit.lower()} " in rest.lower() else rest
    if rest.lower().startswith(f"{unit.lower()} "):
        return _HOUSE.sub("", rest[len(unit) + 1 :])
    return rest if _NUMBER_WHO.match(said) and acts(rest) else said  # "Số đỗ đại học: 97 em"


#: The second half of ``trường học``, ``lớp học``, whose first is said already.
_HOUSE = re.compile(r"^học (?=(?:đạt|được|có|trên|trong|của|ở|tại|công|ngoài|tư|chưa|đã|bị|thuộc|do)(?!\w)|[A-ZĐÀ-Ỹ])")
_NUMBER_WHO = re.compile(r"(?:tổng )?số ", re.I)
_BROUGHT = re.compile(r"^(?:huy động|vận động|duy trì|thu hút|đưa) ", re.I)
_WHOLE_OF_RATE = re.compile(r" ?/ ?(?:tổng )?số .*$", re.I)
_RATE_OF = re.compile(r"^(?:t[ỷỉ] lệ|tổng số|số)(?: các)? ", re.I)


_COUNTED = re.compile(
    r"(?<!\w)(?:học sinh|trẻ|giáo viên|đảng viên|cán bộ|nhân viên|trường|lớp|phòng|người|nhà giáo|viên chức|"
    r"em|cháu)(?!\w)",
    re.I,
)


def names_counted(phrase: str) -> bool:
    """Whether a phrase names people, schools, classes or rooms that can be counted."""
    return _COUNTED.search(phrase) is not None
