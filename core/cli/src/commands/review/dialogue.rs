//! How is each difference shown, and what can be answered?

use std::collections::VecDeque;
use std::io::{self, BufRead};
use std::iter;

use parallax_engine::accept;
use parallax_engine::accept::Difference;
use parallax_engine::since::{Acceptance, Before, Item, reject};

use super::{accept_these, said};
use crate::say::counted;
use crate::standing::Standing;
use crate::{Status, terminal};

/// What somebody answers.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Answer {
    /// Accept it, for this reason.
    Accept(String),
    /// Accept it and those that follow and have the same cause, for this reason.
    AcceptAlike(String),
    /// Leave it as an open difference, for this reason.
    Reject(String),
    /// Decide later.
    Skip,
    /// Stop here.
    Stop,
}

/// What is shown beside a difference when it is asked for.
struct Shown<'s> {
    /// Which it is of how many.
    at: (usize, usize),
    item: &'s Item,
    cause: &'s str,
    evidence: &'s dyn Fn() -> String,
    lines: &'s dyn Fn() -> String,
}

/// What can be answered.
const ANSWERS: &str = "  a accept   keep the new finding (asks why)
  A accept   this one and all that follow because of the same (asks why)
  r reject   keep the old finding and leave it as an open difference (asks why)
  s skip     decide later                                            [Enter]
  e evidence show the statements     d text diff     q stop     ? help
";

/// Goes through the differences, and keeps each answer at once.
pub(super) fn review(standing: &Standing<'_>, acceptance: &Acceptance) -> Status {
    let causes = standing.causes();
    let of = standing.items.len();
    let (mut accepted, mut rejected, mut before) = (0, 0, standing.before.clone());
    let mut left: VecDeque<usize> = (0..of).collect();
    while let Some(at) = left.pop_front() {
        let (item, cause) = (&standing.items[at], &causes[at]);
        let (evidence, lines) = (|| evidence(standing, item), || lines(standing, item));
        let shown = Shown { at: (at + 1, of), item, cause, evidence: &evidence, lines: &lines };
        let answer = match ask(&shown, &mut io::stdin().lock(), &mut terminal::asked) {
            Ok(answer) => answer,
            Err(error) => {
                terminal::aside(&format!("error: no answer could be read: {error}"));
                return Status::Files;
            }
        };
        let because = |because| Acceptance { because, ..acceptance.clone() };
        let chosen: Vec<&Item> = match &answer {
            Answer::Stop => break,
            Answer::Skip => continue,
            Answer::Accept(_) | Answer::Reject(_) => vec![item],
            Answer::AcceptAlike(_) => {
                let (alike, others) = left.iter().partition(|&&at| causes[at] == *cause);
                left = others;
                let alike: VecDeque<usize> = alike;
                iter::once(item).chain(alike.iter().map(|&at| &standing.items[at])).collect()
            }
        };
        let done = match answer {
            Answer::Stop | Answer::Skip => Ok(()),
            Answer::Reject(why) => {
                rejected += 1;
                reject(&standing.folder, item, &because(why)).map_err(|refused| said(&refused))
            }
            Answer::Accept(why) | Answer::AcceptAlike(why) => {
                accepted += chosen.len();
                accept_these(standing, &before, &chosen, &because(why)).map(|_| ())
            }
        };
        if let Err(status) = done {
            return status;
        }
        before = Before::read(&standing.folder);
    }
    let open = of - accepted;
    let rejected = if rejected > 0 { format!(", {rejected} rejected") } else { String::new() };
    let text = format!("accepted {}{rejected}; {open} open\n", counted(accepted, "change"));
    terminal::result(&text, if open == 0 { Status::Fine } else { Status::Problems })
}

/// Shows one difference and asks until there is an answer.
fn ask(
    shown: &Shown<'_>,
    answers: &mut impl BufRead,
    say: &mut impl FnMut(&str) -> io::Result<()>,
) -> io::Result<Answer> {
    let Shown { at: (at, of), item, cause, evidence, lines } = shown;
    say(&format!("\nReviewing {at}/{of}   {}\nbecause {cause}\n\n", item.headline()))?;
    for detail in item.difference.details() {
        say(&format!("    {detail}\n"))?;
    }
    say(&format!("\n{ANSWERS}"))?;
    loop {
        say("? ")?;
        let Some(key) = line(answers)? else { return Ok(Answer::Stop) };
        let key = if key == "A" { key } else { key.to_lowercase() };
        match key.as_str() {
            "" | "s" | "skip" => return Ok(Answer::Skip),
            "q" | "stop" | "quit" => return Ok(Answer::Stop),
            "e" | "evidence" => say(&evidence())?,
            "d" | "diff" => say(&lines())?,
            "A" => match why("why did they change? ", answers, say)? {
                Some(because) => return Ok(Answer::AcceptAlike(because)),
                None => say("not accepted: they need a reason\n")?,
            },
            "a" | "accept" => match why("why did it change? ", answers, say)? {
                Some(because) => return Ok(Answer::Accept(because)),
                None => say("not accepted: it needs a reason\n")?,
            },
            "r" | "reject" => match why("why is it not accepted? ", answers, say)? {
                Some(because) => return Ok(Answer::Reject(because)),
                None => say("not rejected: it needs a reason\n")?,
            },
            _ => say(ANSWERS)?,
        }
    }
}

fn why(
    question: &str,
    answers: &mut impl BufRead,
    say: &mut impl FnMut(&str) -> io::Result<()>,
) -> io::Result<Option<String>> {
    say(question)?;
    Ok(line(answers)?.filter(|because| !because.is_empty()))
}

/// A line without the spaces around it; nothing at the end.
fn line(answers: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut text = String::new();
    let read = answers.read_line(&mut text)?;
    Ok((read > 0).then(|| text.trim().to_owned()))
}

/// The statements behind a finding of now.
fn evidence(standing: &Standing<'_>, item: &Item) -> String {
    let id = match &item.difference {
        Difference::New { id, .. } | Difference::Changed { id, .. } => id,
        _ => return "there is no finding of now to show evidence of\n".to_owned(),
    };
    let document = &standing.answered.document;
    if let Some(finding) = document.findings.iter().find(|finding| finding.id == *id) {
        return standing.answered.trace(finding);
    }
    let claim = document.claims.iter().find(|claim| id.ends_with(&format!("/{}", claim.id)));
    claim.map(|claim| standing.answered.trace_claim(id, claim)).unwrap_or_default()
}

/// The lines of the accepted file that differ.
fn lines(standing: &Standing<'_>, item: &Item) -> String {
    let was = standing.before.accepted.get(&item.analysis);
    match (was, standing.now.found.get(&item.analysis)) {
        (Some(was), Some(is)) => accept::text_of(was, is, item.finding()),
        (None, Some(is)) => is.to_json(),
        (Some(was), None) => was.to_json(),
        (None, None) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(answers: &str) -> (Answer, String) {
        let difference =
            Difference::New { id: "a/1".to_owned(), sentence: "There is one.".to_owned() };
        let item = Item { analysis: "a".to_owned(), difference };
        let (evidence, lines) = (|| "s1 says so\n".to_owned(), || "+ a line\n".to_owned());
        let shown = Shown {
            at: (2, 4),
            item: &item,
            cause: "statements.csv, row s1 is new",
            evidence: &evidence,
            lines: &lines,
        };
        let mut said = String::new();
        let mut say = |text: &str| {
            said.push_str(text);
            Ok(())
        };
        let answer = ask(&shown, &mut answers.as_bytes(), &mut say).expect("answers");
        (answer, said)
    }

    #[test]
    fn enter_skips_and_the_end_stops() {
        assert_eq!(asked("\n").0, Answer::Skip);
        assert_eq!(asked("").0, Answer::Stop);
        assert_eq!(asked("x\nq\n").0, Answer::Stop);
    }

    #[test]
    fn an_acceptance_needs_a_reason() {
        let (answer, said) = asked("a\n\na\n two interviews were added \n");
        assert_eq!(answer, Answer::Accept("two interviews were added".to_owned()));
        assert!(said.contains("not accepted: it needs a reason"));
        assert_eq!(asked("A\nthe same\n").0, Answer::AcceptAlike("the same".to_owned()));
        assert_eq!(asked("r\nan error of mine\n").0, Answer::Reject("an error of mine".to_owned()));
    }

    #[test]
    fn what_is_shown() {
        insta::assert_snapshot!(asked("e\nd\ns\n").1);
    }
}
