"""Builds the Word template of the announcement form (templates/projects/papers/announcement.docx).

Run it after changing the form: python -m scripts.build_announcement_paper. An office may also open the file and change it
by hand; the names in double braces have to stay.
"""

from docx.shared import Pt

from scripts.build_activity_papers import TARGET, Paper, set_font


def announcement():
    paper = Paper("社区社会组织活动报备表")
    paper.wide("活动名称", "{{ title }}")
    paper.pair("组　　织", "{{ organization }}", "活动类型", "{{ kind }}")
    paper.pair("时　　间", "{{ begin }}", "时　　长", "{{ minutes }} 分钟")
    paper.pair("地　　点", "{{ place }}", "预计人数", "{{ participants }} 人")
    paper.wide("特别事项", "{{ concerns or '无' }}")
    paper.wide("目的意义", "{{ purpose }}", 1.6)
    paper.wide("活动流程", "{{ course }}", 1.8)
    paper.wide("预算与来源", "{{ budget }}", 1.2)
    paper.wide("宣传方案", "{{ publicity }}", 1.2)
    paper.wide("预计问题", "{{ problems }}", 1.2)
    paper.wide("安全预案", "{{ safety_plan }}{% if has_safety_file %}（另附文件）{% endif %}", 1.6)
    paper.wide(
        "社区意见",
        "{{ state }}{% if answer %}：{{ answer }}{% endif %}"
        "{% if answered_by %}（{{ answered_by }}，{{ answered_on }}）{% else %}（回复期限：{{ due_on }}）{% endif %}",
        1.6,
    )
    paper.signatures("报备人（签字）：", "社区经办人（签字、盖章）：")
    foot = paper.document.add_paragraph()
    foot.paragraph_format.space_before = Pt(4)
    set_font(foot.add_run("报备人：{{ filed_by }}　　报备日期：{{ filed_on }}"), "宋体", 10)
    paper.document.core_properties.author = ""
    paper.document.core_properties.title = "announcement"
    return paper.document


if __name__ == "__main__":
    announcement().save(TARGET / "announcement.docx")
