"""Every rule that one file can be held to by itself."""

from __future__ import annotations

from trajplan.library.checks.bank import check_bank
from trajplan.library.checks.blueprint import check_blueprint
from trajplan.library.checks.journey import check_journey
from trajplan.library.checks.recommendation import check_recommendation
from trajplan.library.checks.texts import check_texts
from trajplan.library.checks.words import check_activity, check_prompt
from trajplan.library.checks.worksheet import check_worksheet
from trajplan.library.model import Activity, Content, Journey, Prompt, QuestionBank
from trajplan.library.recommendation_model import Recommendation
from trajplan.library.report import Report
from trajplan.library.worksheet_model import Worksheet


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
