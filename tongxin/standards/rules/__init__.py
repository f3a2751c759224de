"""Scored standards as values: what one is, whether it is in order, what it gives for some facts.

- `tree`: a standard, its clauses, its rules of scoring, its grades
- `reading`, `writing`: from plain values (a file, a column) into a tree, and back
- `checking`: what is amiss with a tree, with the clause named and the remedy
- `kinds`: what each kind of rule makes of a value
- `scoring`: a whole standard
"""
