"""What is said behind a counted noun, without what figures of their own tell."""

from __future__ import annotations

import re

from extractors._shared.view import CAPITAL


def of_itself(behind: str) -> str:
    """The words behind a noun that say something of those counted.

    Without ``gồm``, ``còn lại``, the money that each gets and for how many others it is.
    """
    if (again := _AGAIN.search(behind)) is not None:
        behind = behind[: again.start()]
    behind = _IN_PLACE.sub("", behind)
    behind = _THE_REST.sub("", _HOW_MANY.sub("", _LEADS_ON.sub("", behind)))
    if (sum_behind := _SUM_BEHIND.search(behind)) is not None:
        behind = behind[: sum_behind.start()]
    return _PER.sub(r"\1 mỗi \2", behind) if "/" in behind else behind


#: What leads from a noun to what it consists of: ``2 nội dung thi gồm: …``.
_LEADS_ON = re.compile(r"(?:^| )(?:bao gồm|gồm(?: có)?|đó là|là|như|cụ thể(?: là)?)$")
#: That those counted are the rest, where more is said of them.
_THE_REST = re.compile(r"^(?:còn lại|khác) (?=\w)")
#: Where those are of whom more is said: ``10/10 xã trên địa bàn huyện duy trì kết quả phổ cập``.
_IN_PLACE = re.compile(
    rf"^trên địa bàn(?: (?:huyện|tỉnh|thành phố|thị xã|quận|xã|phường|thị trấn))?(?: [{CAPITAL}][^\W\d_]*){{0,4}} "
    r"(?=(?:(?:đã|đều|được|tiếp tục) )*(?:duy trì|đạt|công nhận|hoàn thành|giữ|tổ chức|"
    r"tham gia|thực hiện|đăng ký)(?!\w))"
)
#: The same told again in per cent: ``371 em bằng 93,2%``, ``611 đ/c tức 51,1%``.
_AGAIN = re.compile(
    r"(?:^| )(?:bằng|tức(?: là)?|tương đương(?: với)?|hay|ứng với) (?:khoảng |gần |hơn |trên )?\d[\d.,]* ?%"
)
#: What those counted get in money, which a figure of its own tells: ``88 người được hưởng mức lương 4,2 triệu đồng``.
_SUM_BEHIND = re.compile(
    r"(?:^| )(?:được hưởng|được hỗ trợ|hưởng|với (?=mức|số tiền|kinh phí)|mức|trị giá|số tiền)(?!\w)"
    r"[^,;]{0,40}\d[\d.,]* ?(?:triệu|tỷ|nghìn|đồng|đ)(?!\w)"
)
#: For how many it is, who are counted by a figure of their own: ``186 lớp chuyên đề cho 7.954 lượt người``.
_HOW_MANY = re.compile(r"(?<=cho )(?:(?:hơn|trên|gần|khoảng|tổng số|cả) )*\d[\d.]* (?=[^\W\d_])")
#: How often or for whom: ``15 kg gạo/tháng``; ``2 buổi/ngày`` stays.
_PER = re.compile(
    r"(?<!\d )(?<!\w)([^\W\d_]{2,}) ?/ ?((?:tháng|ngày|tuần|năm|người|em|trẻ|cháu|học sinh|lớp|suất|buổi|bữa)(?!\w))"
)
