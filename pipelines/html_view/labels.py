"""Vietnamese names of record types, fields and values, as pages show them."""

from __future__ import annotations

from collections.abc import Mapping

_DATES = frozenset({"date", "as_of"})

RECORD_TYPES: Mapping[str, str] = {
    "report": "Văn bản",
    "official": "Người và chức vụ",
    "school": "Trường",
    "award": "Giải thưởng, danh hiệu",
    "statistic": "Số liệu",
    "citation": "Văn bản viện dẫn",
}

FIELDS: Mapping[str, str] = {
    "activity": "Vai trò trong sự kiện",
    "as_of": "Thời điểm",
    "aspect": "Tính chất",
    "confidence": "Độ tin cậy",
    "contest": "Cuộc thi",
    "count": "Số lượng",
    "date": "Ngày",
    "doc_type": "Loại văn bản",
    "file": "Tệp",
    "indicator": "Chỉ tiêu",
    "indicator_id": "Mã chỉ tiêu",
    "issuer": "Cơ quan ban hành",
    "kind": "Loại",
    "level": "Cấp",
    "name": "Tên",
    "number": "Số, ký hiệu",
    "of": "Trên tổng số",
    "ordinal": "Số thứ tự",
    "organization": "Cơ quan",
    "own_name": "Tên riêng",
    "participants": "Số dự thi, xét",
    "period": "Kỳ",
    "person": "Họ tên",
    "place": "Địa điểm",
    "post": "Chức vụ",
    "prize": "Hạng",
    "recipient": "Người, đơn vị đạt",
    "recipient_kind": "Đối tượng",
    "recipients": "Nơi nhận",
    "role": "Chức danh",
    "school": "Trường",
    "signers": "Người ký",
    "subject": "Trích yếu",
    "title": "Danh hiệu",
    "unit": "Đơn vị tính",
    "value": "Giá trị",
    "value_to": "Đến",
    "variants": "Cách viết",
}

#: Names of fields that mean something else in one type of record.
_OWN_FIELDS: Mapping[tuple[str, str], str] = {
    ("report", "title"): "Tiêu đề",
    ("report", "place"): "Nơi ban hành",
    ("report", "period"): "Kỳ báo cáo",
    ("school", "place"): "Xã",
}

#: Values by field; a value that is not listed is shown as it is.
VALUES: Mapping[str, Mapping[str, str]] = {
    "activity": {
        "signed": "ký",
        "chaired": "chủ trì",
        "presented": "trình bày",
        "spoke": "phát biểu",
        "attended": "tham dự",
        "mentioned": "được nhắc đến",
    },
    "aspect": {"value": "giá trị", "change": "tăng, giảm", "target": "mục tiêu"},
    "kind": {
        "bao_cao": "Báo cáo",
        "tin_hoi_nghi": "Tin hội nghị",
        "chuong_trinh": "Chương trình",
        "ke_hoach": "Kế hoạch",
        "quyet_dinh": "Quyết định",
        "cong_van": "Công văn",
        "thong_bao": "Thông báo",
        "nghi_quyet": "Nghị quyết",
        "khac": "Khác",
        "prize": "giải",
        "medal": "huy chương",
        "title": "danh hiệu",
        "rank": "xếp thứ",
    },
    "level": {
        "truong": "cấp trường",
        "cum": "cấp cụm",
        "xa": "cấp xã",
        "huyen": "cấp huyện",
        "tinh": "cấp tỉnh",
        "khu_vuc": "khu vực",
        "quoc_gia": "quốc gia",
        "quoc_te": "quốc tế",
        "MN": "mầm non",
        "TH": "tiểu học",
        "khac": "khác",
    },
    "prize": {
        "nhat": "Nhất",
        "nhi": "Nhì",
        "ba": "Ba",
        "khuyen_khich": "Khuyến khích",
        "giai": "không rõ hạng",
        "vang": "Vàng",
        "bac": "Bạc",
        "dong": "Đồng",
    },
    "recipient_kind": {
        "student": "học sinh",
        "teacher": "giáo viên",
        "school": "trường",
        "team": "đoàn, đội",
        "unit": "đơn vị",
    },
}


def label(record_type: str, field: str) -> str:
    """The name of a field of a type of record."""
    return _OWN_FIELDS.get((record_type, field)) or FIELDS.get(field, field)


def show(field: str, value: object) -> str:
    """A value of a field as a page shows it; empty for None and empty lists."""
    if value is None:
        return ""
    if isinstance(value, tuple | list):
        return "; ".join(map(str, value))
    if field == "confidence":
        assert isinstance(value, float | int)
        return f"{value:.0%}"
    if isinstance(value, float | int):
        return show_number(value)
    if field in _DATES:
        return show_date(str(value))
    return VALUES.get(field, {}).get(str(value), str(value))


def show_date(date: str) -> str:
    """An ISO date, truncated or not, as Vietnamese print it: ``31/12/2019``, ``12/2019``."""
    return "/".join(reversed(date.split("-")))


def show_number(value: float) -> str:
    """A number as Vietnamese print it: ``1.250`` and ``27,68``."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return f"{value:,}".translate(str.maketrans(",.", ".,"))
