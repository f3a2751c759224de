"""One briefing for the tests of the writers: every kind of block, and the marks people type."""

import datetime as dt

from tongxin.briefings.document import Document, Paragraph, Row, Run, Section, Source, Table

SITES = Table(
    key="demonstration_sites",
    title="各群体示范点",
    columns=("群体", "示范点(市县两级)"),
    rows=(
        Row(
            ("中介组织从业人员", "高仁律师事务所、如皋“同心•律师服务团”"),
            Source(records=(("sites", 4), ("sites", 5))),
        ),
        Row(
            ("社会组织从业人员", "开发区“栾馨仁”服务站、海门市“同心·社会组织联盟”"),
            Source(records=(("sites", 7),)),
        ),
    ),
    widths=(2, 4),
)
BASES = Table(
    key="incubation_bases",
    title="各级孵化基地",
    columns=("各级孵化基地", "数量"),
    rows=(
        Row(
            ("市级社会组织孵化基地", "1个(南通中华慈善博物馆)"),
            Source(figure="incubation.bases?level=city"),
        ),
        Row(("县级社会组织孵化基地", "13个"), Source(figure="incubation.bases?level=county")),
        Row(("镇(街道)级社会组织孵化基地", "12个"), Source(figure="incubation.bases?level=town")),
    ),
    note="共举办各级各类培训60余期,培训人数3400余人。",
    note_source=Source(figure="trainings.sessions"),
)
MONEY = Run("2000万元", Source(figure="funds.annual?year=2017"))
ORGANISATIONS = Run("437个", Source(figure="campaigns.organisations"))

BRIEFING = Document(
    key="pilot",
    title="南通市新的社会阶层人士统战工作试点情况汇总",
    masthead="同心简报",
    issuer="南通市试点工作办公室",
    facts_on=dt.date(2017, 11, 30),
    sections=(
        Section("", (Paragraph((Run("试点工作于三月启动。"),)),)),
        Section(
            "一“群体”一“特色”",
            (Paragraph((Run("每年安排专项资金"), MONEY, Run("。"))), SITES),
        ),
        Section(
            "一“标准”一“亮点”",
            (Paragraph((ORGANISATIONS, Run("组织参加，经费"), MONEY, Run("。"))), BASES),
        ),
    ),
)

HOSTILE = Document(
    key="hostile",
    title="标题\x0b<script>alert(1)</script>",
    masthead="简报\x00",
    issuer="办公室\ud800",
    facts_on=dt.date(2017, 1, 2),
    sections=(
        Section(
            "<b>一</b>\x1f",
            (
                Paragraph((Run('=HYPERLINK("x")\x07'), Run("# 3 * 4", Source(figure='a"><i>')))),
                Table(
                    key="t",
                    title="a|b",
                    columns=("一|二", "$x_y$"),
                    rows=(Row(("\ufffe<script>\r\n第二行", "`c` \\ | d")),),
                    note="1. [链接](javascript:x)",
                ),
            ),
        ),
    ),
)
