"""Web pages: main text without the frame, whole syllables, lists and tables as a browser prints them."""

import base64
from pathlib import Path

import pytest

from pipelines.errors import ReadError
from pipelines.readers import read
from schemas import TextLayer, canonical_text


def read_page(tmp_path: Path, page: str | bytes, name: str = "a.txt") -> TextLayer:
    path = tmp_path / name
    path.write_bytes(page if isinstance(page, bytes) else page.encode())
    layer = read(path)
    assert layer.media_type == "text/html"
    assert layer.text == canonical_text(layer.text)
    return layer


def lines(layer: TextLayer) -> list[str]:
    return layer.text.split("\n")[:-1]


PAGE = """<!DOCTYPE html><html><head><title>Cổng thông tin</title><style>p {}</style></head><body>
<div id="header"><a href="/">Phòng GD&amp;ĐT</a></div>
<ul class="main-menu"><li><a href=1>Trang chủ</a></li><li><a href=2>Tin tức</a></li></ul>
<table><tr><td><a href=1>Văn bản</a> <a href=2>Lịch</a> <a href=3>Liên hệ</a></td></tr></table>
<div class="wrapper"><div class="content"><h1>HỘI NGHỊ TỔNG KẾT NĂM H<b>ỌC</b></h1>
<p>Ngày 25/12/2018, <span>S</span><span>Ở</span> GD&ĐT&nbsp;tổ chức &#150; hội
   nghị với sự tham dự của đại diện các trường trong toàn huyện.<br>Về dự có:</p>
<p style="display: none">ẩn</p><script>var x = "kịch bản"</script><!-- chú thích -->
<p>Tỷ lệ đạt 98,5%.</div>
<div class="sidebar"><h3>Tin liên quan</h3><a href=1>Tin một</a></div></div>
<div class="footer">Bản quyền 2020</div></body></html>"""


def test_main_text_without_frame_and_with_whole_syllables(tmp_path: Path) -> None:
    layer = read_page(tmp_path, PAGE)
    assert lines(layer) == [
        "HỘI NGHỊ TỔNG KẾT NĂM HỌC",
        "Ngày 25/12/2018, SỞ GD&ĐT tổ chức – hội nghị với sự tham dự của đại diện các trường trong toàn huyện.",
        "Về dự có:",
        "Tỷ lệ đạt 98,5%.",
    ]
    assert [(block.kind, block.level) for block in layer.blocks] == [
        *(("heading", 1), ("paragraph", None), ("paragraph", None)),
    ]


def test_truncated_page_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    whole = PAGE.encode()
    cut = whole[: whole.index("Tỷ lệ".encode()) + 2]  # in the middle of a letter
    assert lines(read_page(tmp_path, cut))[:1] == ["HỘI NGHỊ TỔNG KẾT NĂM HỌC"]
    assert lines(read_page(tmp_path, cut))[-1] == "T"


def test_landmark_wins_and_keeps_links_and_its_own_header(tmp_path: Path) -> None:
    page = (
        "<html><body><header>Cổng</header><h1>Tin</h1><main><header><h2>Văn bản</h2></header><ul>"
        "<li><a href=1>Nghị quyết 29-NQ/TW</a><li><a href=1>Chỉ thị 05-CT/TW</a><li><a href=1>Kế hoạch 12</a></ul>"
        "<p>Toàn huyện triển khai các văn bản trên.</p></main><footer>Liên hệ</footer></body></html>"
    )
    assert lines(read_page(tmp_path, page)) == [
        *("Tin", "Văn bản", "• Nghị quyết 29-NQ/TW", "• Chỉ thị 05-CT/TW", "• Kế hoạch 12"),
        "Toàn huyện triển khai các văn bản trên.",
    ]


def test_a_frame_by_name_that_holds_the_text_is_kept(tmp_path: Path) -> None:
    page = "<html><body class=menu><div class='header'><p>Toàn huyện có 24 trường.</p></div></body></html>"
    assert lines(read_page(tmp_path, page)) == ["Toàn huyện có 24 trường."]


def test_lists_are_numbered_as_printed(tmp_path: Path) -> None:
    page = (
        "<html><body><ol start=3><li>một</li><li>hai<ol type=a><li>ba</ol></li><li value=9>bốn</li></ol>"
        "<ol type=I><li>năm</ol><ul><li>sáu</li><li>- bảy</li></ul></body></html>"
    )
    layer = read_page(tmp_path, page)
    assert lines(layer) == ["3. một", "4. hai", "a. ba", "9. bốn", "I. năm", "• sáu", "- bảy"]
    assert [block.level for block in layer.blocks] == [1, 1, 2, 1, 1, 1, 1]


TABLE = """<html><body><table><caption>Biểu 1</caption>
<thead><tr><th rowspan=2>TT</th><th rowspan=2>Trường</th><th colspan=2>Giỏi</th></tr><tr><th>SL<th>TL</tr></thead>
<tfoot><tr><td colspan=2>Cộng</td><td>12</td><td></td></tr></tfoot>
<tbody><tr><td>1<td>TH Nam <b>H</b>ồng<br>(khu A)<td>12<td>12,5%</tr></tbody></table></body></html>"""


def test_tables_have_cells_with_spans_and_headings(tmp_path: Path) -> None:
    layer = read_page(tmp_path, TABLE)
    (table,) = layer.tables
    cells = [(c.row, c.col, c.row_span, c.col_span, layer.text[c.start : c.end], c.header) for c in table.cells]
    assert cells == [
        (0, 0, 2, 1, "TT", True),
        (0, 1, 2, 1, "Trường", True),
        (0, 2, 1, 2, "Giỏi", True),
        (1, 2, 1, 1, "SL", True),
        (1, 3, 1, 1, "TL", True),
        (2, 0, 1, 1, "1", False),
        (2, 1, 1, 1, "TH Nam Hồng\n(khu A)", False),
        (2, 2, 1, 1, "12", False),
        (2, 3, 1, 1, "12,5%", False),
        (3, 0, 1, 2, "Cộng", False),
        (3, 2, 1, 1, "12", False),
        (3, 3, 1, 1, "", False),
    ]
    assert lines(layer)[0] == "Biểu 1"
    assert all(table.start <= cell.start <= cell.end <= table.end for cell in table.cells)


def test_headings_without_markup_are_the_first_rows_without_figures(tmp_path: Path) -> None:
    rows = [("Biểu 2",), ("TT", "Năm 2020", "2021"), ("(1)", "(2)", "(3)"), ("1", "TH An", "12"), ("2", "x", "-")]
    body = "".join(
        "<tr>" + "".join(f"<td{' colspan=3' if len(row) == 1 else ''}>{cell}</td>" for cell in row) + "</tr>"
        for row in rows
    )
    layer = read_page(tmp_path, f"<html><body><table>{body}</table></body></html>")
    assert [layer.text[c.start : c.end] for c in layer.tables[0].cells if c.header] == [
        *("Biểu 2", "TT", "Năm 2020", "2021", "(1)", "(2)", "(3)"),
    ]


def test_layout_tables_are_read_by_column_and_pages_in_a_table_as_written(tmp_path: Path) -> None:
    page = (
        "<html><body><table><tr><td><table><tr><td>UBND HUYỆN<br>PHÒNG GD</td><td>CỘNG HÒA</td></tr>"
        "<tr><td>Số: 12</td><td>ngày 3</td></tr></table></td></tr><tr><td><p>Nội dung báo cáo.</p></td></tr></table>"
        "</body></html>"
    )
    layer = read_page(tmp_path, page)
    assert lines(layer) == ["UBND HUYỆN", "PHÒNG GD", "Số: 12", "CỘNG HÒA", "ngày 3", "Nội dung báo cáo."]
    assert layer.tables == ()


def test_charset_of_the_page_is_honored_where_it_is_not_utf8(tmp_path: Path) -> None:
    page = "<html><head><meta charset='{}'></head><body><p>Trường Mầm non Hoa Sen</p></body></html>"
    for charset, encoding in (("utf-8", "utf-8"), ("utf-16", "utf-16"), ("iso-8859-1", "utf-8")):
        assert lines(read_page(tmp_path, page.format(charset).encode(encoding))) == ["Trường Mầm non Hoa Sen"]
    body = page.replace("Trường Mầm non Hoa Sen", "{}")
    for charset, text in (("x-viet-tcvn", "Tr­êng MÇm non"), ("x-viet-vni", "Tröôøng Maàm non")):
        assert lines(read_page(tmp_path, body.format(charset, text).encode("latin-1"))) == ["Trường Mầm non"]
    with pytest.raises(ReadError, match="UTF-8"):
        read_page(tmp_path, body.format("unknown", "Tr­êng MÇm non").encode("latin-1"))


def test_utf_16_without_a_mark_and_windows_1258_are_read(tmp_path: Path) -> None:
    page = "<html><head><meta charset='windows-1258'></head><body><p>Trường Mầm non Hoa Sen</p></body></html>"
    for encoding in ("utf-16-le", "utf-16-be"):
        assert lines(read_page(tmp_path, page.encode(encoding))) == ["Trường Mầm non Hoa Sen"]
    stored = page.replace("Trường Mầm", "Trươ\u0300ng Mâ\u0300m").encode("cp1258")
    assert lines(read_page(tmp_path, stored)) == ["Trường Mầm non Hoa Sen"]


def test_letters_of_old_fonts_are_mapped_by_face_style_and_class(tmp_path: Path) -> None:
    page = (
        '<html><head><style><!-- p.MsoNormal, li.x {margin:0; font-family:".VnTime";} --></style></head><body>'
        "<p><font face='VNI-Times'>Tröôøng tie<b>åu</b> hoïc</font> Định An</p>"
        "<p class=MsoNormal>n&#168;m häc <span style='font-family:\"Times New Roman\"'>2003</span> cña tr­êng</p>"
        "<table><tr><td style='font-family:.VnArial'>sè</td><td>b</td><td>c</td></tr><tr><td>1<td>2<td>3</tr></table>"
        "</body></html>"
    )
    assert lines(read_page(tmp_path, page))[:3] == ["Trường tiểu học Định An", "năm học 2003 của trường", "số"]


def test_entities_that_were_escaped_twice_are_printed_once(tmp_path: Path) -> None:
    text = "S&amp;#7889;&amp;nbsp;12&amp;amp;A &amp;ldquo;x&amp;rdquo; H&amp;agrave; &amp;bogus; R&amp;D"
    page = f"<html><body><p>{text}</p>"
    assert lines(read_page(tmp_path, page)) == ["Số 12&A “x” Hà &bogus; R&D"]


def test_paste_from_word_leaves_no_traces(tmp_path: Path) -> None:
    page = (
        "<html xmlns:o='urn:schemas-microsoft-com:office:office'><head><xml><o:Author>ẩn</o:Author></xml></head><body>"
        "<!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]--><xml><o:a>ẩn</o:a></xml>"
        "<p class=MsoNormal><![if !supportLists]><span style='mso-list:Ignore'>1.<span>&nbsp; </span></span><![endif]>"
        "Tr<o:p></o:p><st1:place w:st='on'>ường</st1:place> <span style='mso-hide:all'>ẩn</span>A<o:p>&nbsp;</o:p></p>"
    )
    assert [" ".join(line.split()) for line in lines(read_page(tmp_path, page))] == ["1. Trường A"]


def test_a_page_saved_as_one_file_is_read(tmp_path: Path) -> None:
    page = "<html><body><p>Trường Mầm non <b>H</b>oa Sen</p></body></html>".encode()
    parts = (
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\nContent-Type: image/png\r\n'
        b'Content-Transfer-Encoding: base64\r\n\r\niVBO\r\n--x\r\nContent-Type: text/html; charset="utf-8"\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(page) + b"\r\n--x--\r\n"
    )
    assert lines(read_page(tmp_path, parts, "a.doc")) == ["Trường Mầm non Hoa Sen"]


def test_a_fragment_is_a_page_only_with_such_a_name(tmp_path: Path) -> None:
    assert lines(read_page(tmp_path, "<p>Báo cáo</p>", "a.html")) == ["Báo cáo"]
    (tmp_path / "a.txt").write_text("<p>Báo cáo</p>", encoding="utf-8")
    assert read(tmp_path / "a.txt").media_type == "text/plain"


def test_hostile_nesting_is_refused_and_tables_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ReadError, match="nested too deeply"):
        read_page(tmp_path, "<html><body>" + "<div>" * 5000 + "x")
    wide = "<html><body><table>" + "<tr>" + "<td colspan=999999 rowspan=999999>1</td>" * 3 + "</tr>" * 3 + "</table>"
    layer = read_page(tmp_path, wide)
    assert layer.tables[0].shape[1] <= 600
    monkeypatch.setattr("pipelines.readers.html.MAX_CELLS", 100)
    with pytest.raises(ReadError, match="more than 100 table cells"):
        read_page(tmp_path, "<html><body><table>" + ("<tr>" + "<td>1" * 21) * 5)


def test_page_without_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="empty"):
        read_page(tmp_path, "<html><body><script>x()</script></body></html>")


@pytest.mark.parametrize("before", ["", "<p>Phòng Giáo dục</p>"])
def test_control_characters_behind_what_is_taken_out_are_no_fault(tmp_path: Path, before: str) -> None:
    path = tmp_path / "a.html"
    path.write_text(f"<body>{before}<nav>menu</nav>Báo&#1; cáo\x02 kết quả</body>", encoding="utf-8")
    text = read(path).text
    assert "cáo" in text
    assert "menu" not in text


def test_what_was_deleted_under_tracking_is_gone_and_a_letterhead_is_read_by_column(tmp_path: Path) -> None:
    page = (
        "<html><body><table><tr><td>UBND HUYỆN AN PHONG</td><td></td><td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</td></tr>"
        "<tr><td>PHÒNG GIÁO DỤC</td><td></td><td>Độc lập - Tự do - Hạnh phúc</td></tr><tr><td>Số: 12/BC</td><td></td>"
        "<td>An Phong, ngày 3 tháng 6 năm 2021</td></tr></table><p>Có <del>23</del><ins>24</ins> trường.</p>"
    )
    layer = read_page(tmp_path, page)
    lines = layer.text.split("\n")[:-1]
    assert lines[:3] == ["UBND HUYỆN AN PHONG", "PHÒNG GIÁO DỤC", "Số: 12/BC"]
    assert lines[-1] == "Có 24 trường."
    assert layer.tables == ()
