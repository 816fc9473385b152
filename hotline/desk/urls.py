"""The addresses of the desk, below that of the admin."""

from django.urls import URLPattern, path

from .answers import AnswerView
from .call_views import CallView, FollowUpView, GiveBackView, HandOverView, OutcomeView, TakeView
from .held_views import HeldActionView, HeldView
from .rearranging import CancelView, MoveView, ReassignView
from .report import WeekReportView, WeekTableView
from .roster import RosterView
from .views import AskView, FindPageView, SendPageView, TodayView


def desk_urls() -> list[URLPattern]:
    """Return them, for the hook `register_admin_urls`."""
    call = "hotline/calls/<int:pk>/"
    return [
        path("hotline/", TodayView.as_view(), name="hotline_desk"),
        path("hotline/find/", FindPageView.as_view(), name="hotline_find"),
        path("hotline/send/", SendPageView.as_view(), name="hotline_send_page"),
        path("hotline/ask/", AskView.as_view(), name="hotline_ask"),
        path("hotline/reassign/", ReassignView.as_view(), name="hotline_reassign"),
        path("hotline/held/", HeldView.as_view(), name="hotline_held"),
        path("hotline/held/<int:pk>/", HeldActionView.as_view(), name="hotline_decide"),
        path("hotline/roster/", RosterView.as_view(), name="hotline_roster"),
        path("hotline/questions/<int:pk>/answer/", AnswerView.as_view(), name="hotline_answer"),
        path(call, CallView.as_view(), name="hotline_call"),
        path(f"{call}take/", TakeView.as_view(), name="hotline_take"),
        path(f"{call}give-back/", GiveBackView.as_view(), name="hotline_give_back"),
        path(f"{call}hand-over/", HandOverView.as_view(), name="hotline_hand_over"),
        path(f"{call}outcome/", OutcomeView.as_view(), name="hotline_outcome"),
        path(f"{call}follow-up/", FollowUpView.as_view(), name="hotline_follow_up"),
        path(f"{call}move/", MoveView.as_view(), name="hotline_move"),
        path(f"{call}cancel/", CancelView.as_view(), name="hotline_cancel"),
        path("reports/hotline/", WeekReportView.as_view(), name="hotline_report"),
        path("reports/hotline/table/", WeekTableView.as_view(), name="hotline_report_table"),
    ]
