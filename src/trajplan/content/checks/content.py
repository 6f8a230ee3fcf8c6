"""Every rule that one file can be held to by itself."""

from __future__ import annotations

from trajplan.content.checks.bank import check_bank
from trajplan.content.checks.blueprint import check_blueprint
from trajplan.content.checks.journey import check_journey
from trajplan.content.checks.recommendation import check_recommendation
from trajplan.content.checks.texts import check_texts
from trajplan.content.checks.words import check_activity, check_prompt
from trajplan.content.checks.worksheet import check_worksheet
from trajplan.content.model import Activity, Content, Journey, Prompt, QuestionBank
from trajplan.content.recommendation_model import Recommendation
from trajplan.content.report import Report
from trajplan.content.worksheet_model import Worksheet


def check_content(content: Content | Worksheet | Recommendation, report: Report) -> None:
    """Report every fault that can be seen without other files."""
    check_texts(content, report)
    if isinstance(content, QuestionBank):
        check_bank(content, report)
    elif isinstance(content, Journey):
        check_journey(content, report)
    elif isinstance(content, Activity):
        check_activity(content, report)
    elif isinstance(content, Prompt):
        check_prompt(content, report)
    elif isinstance(content, Worksheet):
        check_worksheet(content, report)
    elif isinstance(content, Recommendation):
        check_recommendation(content, report)
    else:
        check_blueprint(content, report)
