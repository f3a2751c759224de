"""What assessments owe: reasons, days, who may do what when, and what keeps a grade."""
