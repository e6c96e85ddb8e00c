//! What coincides with what, in a sentence?

use parallax_plugin::prelude::*;

use super::{Hit, Scan, ids, share};
use crate::outcome::Subject;

impl Scan<'_> {
    /// One finding for each outcome that coincides with a feature.
    pub(crate) fn hits(&self) -> Vec<Finding> {
        self.coinciding().iter().map(|hit| self.hit(hit)).collect()
    }

    fn hit(&self, hit: &Hit<'_>) -> Finding {
        let reading = self.cases.reading;
        let saying = hit.outcome.first();
        let subject = saying.subject;
        let about = format!("hit/{}/{}", subject.slug(reading), hit.kind.slug(reading));
        let template = match (subject, hit.outcome.others(true).count()) {
            (Subject::Claim(_), 0) => "hit_claim",
            (Subject::Claim(_), _) => "hit_claims",
            (Subject::Code(..), _) => "hit_code",
        };
        let evidence = saying.evidence(reading);
        let begun = Finding::new(&about, template, evidence)
            .unwrap_or_else(|_| Finding::without_evidence(&about, template, "report_says_so"));
        let [before, what, was] = hit.kind.worded(hit.holds, reading);
        let others = |same| ids(hit.outcome.others(same).map(|saying| saying.subject), reading);
        let finding = begun
            .value("outcome", subject.named(reading))
            .value("also", others(true))
            .value("where", before)
            .value("what", what)
            .value("was", was)
            .value("named", self.cases.names(&saying.split))
            .value("against", Value::Names(saying.against(reading)))
            .measure("p", share(&saying.split))
            .measure("coinciding_cases", Number::count(saying.split.size()))
            .measure("cases", Number::count(self.cases.len()));
        let finding = match subject.whose() {
            Some(whose) => finding.value("whose", Value::Word(whose.to_owned())),
            None => finding,
        };
        let finding = finding.table(self.beside(hit));
        self.caveats(finding, false, std::slice::from_ref(hit))
    }

    /// Case by case: whether it is one of the outcome's, and who was analysed there.
    fn beside(&self, hit: &Hit<'_>) -> Table {
        let participants = &self.cases.reading.participants;
        let row = |place: usize| {
            let inside = hit.outcome.split().has(place);
            let people = self.cases.people[place].iter();
            let people = people.map(|&person| participants.ids.of(person).to_owned());
            vec![
                Value::Case(self.cases.id(place).to_owned()),
                Value::Word(if inside { "inside" } else { "outside" }.to_owned()),
                Value::Names(people.collect()),
            ]
        };
        Table {
            name: "beside".to_owned(),
            columns: super::words(&["case", "outcome", "analysed"]),
            rows: (0..self.cases.len()).map(row).collect(),
        }
    }
}
