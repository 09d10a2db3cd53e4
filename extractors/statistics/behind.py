"""What is said behind a counted noun, without what figures of their own tell."""

from __future__ import annotations

import re


def of_itself(behind: str) -> str:
    """The words behind a noun that say something of those counted.

    Without ``gồm``, ``còn lại``, the money that each gets and for how many others it is.
    """
    behind = _THE_REST.sub("", _HOW_MANY.sub("", _LEADS_ON.sub("", behind)))
    if (sum_behind := _SUM_BEHIND.search(behind)) is not None:
        behind = behind[: sum_behind.start()]
    return _PER.sub(r"\1 mỗi \2", behind) if "/" in behind else behind


#: What leads from a noun to what it consists of: ``2 nội dung thi gồm: …``.
_LEADS_ON = re.compile(r"(?:^| )(?:bao gồm|gồm(?: có)?|đó là|là|như|cụ thể(?: là)?)$")
#: That those counted are the rest, where more is said of them.
_THE_REST = re.compile(r"^(?:còn lại|khác) (?=\w)")
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
