"""What editors do with posts: each use case is atomic and locks the post's row first."""

from blog.publishing.discussion import moderate_comments, open_comments
from blog.publishing.drafts import (
    StaleRevisionError,
    copy,
    discard,
    keep_recovery_copy,
    restore,
    save_draft,
)
from blog.publishing.ending import archive, set_expiry, unpublish
from blog.publishing.going_live import (
    PlanStandsError,
    apply_planned_changes,
    publish,
    schedule,
    withdraw_plan,
)
from blog.publishing.obstacles import (
    NotReadyError,
    TakenBeforeError,
    hindrances,
    missing,
    obstacles,
)
from blog.publishing.permissions import may_change
from blog.publishing.review_clock import confirm_review
from blog.publishing.reviews import offer, return_to_writer, withdraw_offer
from blog.publishing.waivers import waive, withdraw_waiver
from blog.publishing.wastebasket import empty_wastebasket, remove, take_back, throw_away

__all__ = [
    "NotReadyError",
    "PlanStandsError",
    "StaleRevisionError",
    "TakenBeforeError",
    "apply_planned_changes",
    "archive",
    "confirm_review",
    "copy",
    "discard",
    "empty_wastebasket",
    "hindrances",
    "keep_recovery_copy",
    "may_change",
    "missing",
    "moderate_comments",
    "obstacles",
    "offer",
    "open_comments",
    "publish",
    "remove",
    "restore",
    "return_to_writer",
    "save_draft",
    "schedule",
    "set_expiry",
    "take_back",
    "throw_away",
    "unpublish",
    "waive",
    "withdraw_offer",
    "withdraw_plan",
    "withdraw_waiver",
]
