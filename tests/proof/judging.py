"""What the oracle says of standards, assessments and panels of the generated world."""


class Judging:
    """Who writes standards, reads assessments, is asked to judge, and reads what others gave."""

    def sits(self, person, number):
        """How far somebody is who was asked to judge an assessment; None for everybody else."""
        return self.seats.get(number, {}).get(person.account.pk)

    def convenes(self, person, number):
        """Whether somebody calls panels together at the place of an assessment."""
        place = self.things[self.assessments[number]].place
        return self.oracle.over(person.viewer, "records.accept", place)

    def steers(self, person, number):
        """Whether somebody leads an assessment on; all that has a panel was handed in."""
        return (
            number in self.handed_in
            and self.convenes(person, number)
            and self.sees_assessment(person, number)
        )

    def sees_assessment(self, person, number):
        """Whether somebody reads the past of its subject, or is asked and has not stood aside."""
        past = self.acts(person, self.assessments[number])["history"]
        return past or self.sits(person, number) in {"asked", "cleared", "in"}

    def judges_with(self, person, other):
        """Whether two sit together, one calls the other or might, or reads of it in the journal."""
        posted = [place for place, role in self.oracle.roles(other.viewer) if role == "expert"]
        return any(
            (self.sits(other, n) and (self.sits(person, n) or self.convenes(person, n)))
            or (
                self.convenes(person, n)
                and any(self.oracle.answers(place, self.things[key].place) for place in posted)
            )
            or (
                self.sits(other, n) not in {None, "asked"}
                and self.oracle.over(person.viewer, "journal.read", self.things[key].place)
            )
            for n, key in self.assessments.items()
        )

    def judges(self, person, canary):
        """Whether somebody reads a draft, or what an assessment says; the journal tells of both."""
        if canary.kind == "draft":
            place = canary.key[0]
            may = self.oracle.over(person.viewer, "standards.keep", place)
        elif canary.kind == "given":
            number, giver = canary.key
            both_in = self.sits(person, number) == self.seats[number][giver] == "in"
            return giver == person.account.pk or both_in
        else:
            place = self.things[canary.key[:2]].place
            may = self.sees_assessment(person, canary.key[2])
        return may or self.oracle.over(person.viewer, "journal.read", place)
