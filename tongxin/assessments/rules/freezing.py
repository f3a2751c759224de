"""In which state an assessment is frozen; the statements are those of published standards."""

TABLE = "assessments_assessment"
DECIDED = ((TABLE, "decided"),)
COLUMNS = {
    TABLE: (
        "id",
        "version_id",
        "register",
        "name",
        "place_id",
        "round",
        "state",
        "told",
        "revision",
        "changed_at",
        "handed_in_by_id",
        "checked_by_id",
        "result",
        "total",
        "grade",
        "decided_on",
    )
}
"""All but `subject_id`: a subject that is merged into another takes its assessments along."""
