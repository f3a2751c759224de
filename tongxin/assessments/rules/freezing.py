"""In which state an assessment is frozen; the statements are those of published standards."""

DECIDED = (("assessments_assessment", "decided"),)
