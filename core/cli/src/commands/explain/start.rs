//! How does somebody who is new come from a folder to findings that others can trust?

/// What is asked for: `parallax explain start`.
pub(super) const WORD: &str = "start";

/// What the list says of it.
pub(super) const ABOUT: &str = "How do I get from a folder to findings that others can trust?";

/// The guide, on one screen.
pub(super) const PAGE: &str = "\
From a folder to findings that others can trust

1  Folder    parallax new my-study
             A study is a folder. study.yaml names the roles, participants.csv says who was heard,
             codes.csv is the codebook, and each row of statements.csv says that a speaker gives
             somebody a duty or a right, or sees something in some way. A spreadsheet opens the
             tables; what you coded in another program is copied into their columns.

2  Check     parallax check
             Looks for mistakes, names the cell, and changes nothing. `parallax explain R201` says
             what a message means, with an example. `parallax check --fix` corrects slips where only
             one thing can be meant. Go on when there are no errors.

3  Run       parallax run
             Answers every question that the data allow, and says of the others why not. Nothing
             leaves your machine.

4  Report    out/report.html
             Open it in your browser. Each finding says whom it is about, and how many other ways to
             read the study leave it as it is. It shows notes on what people said: keep it to
             yourself. `parallax explain duty-map` says how an analysis counts.

5  Trace     parallax trace duty-map/all
             Shows the statements for and against one finding, by the id that the report shows. Look
             them up in your material before you believe the finding.

6  Accept    parallax review
             Goes through the findings one by one. Accept those you stand by, and say why. Once you
             have read the report, `parallax review --accept --because \"first reading\"` takes all.

7  Later     parallax status
             After each change to the tables: which findings are no longer the accepted ones, and
             because of what. `parallax review` accepts them anew; `parallax verify` shows anybody
             else that the same folder gives the same findings.

Commands look for study.yaml in the folder you are in and above it; `-C FOLDER` names another.
`parallax explain` lists all analyses and messages, `parallax --help` all commands.
";

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::args::Arguments;

    #[test]
    fn the_guide_fits_a_screen_and_names_commands_that_there_are() {
        assert!(PAGE.lines().all(|line| line.chars().count() <= 100));
        assert!(PAGE.lines().count() <= 44);
        let help = Arguments::command().render_help().to_string();
        let verbs = PAGE.split("parallax ").skip(1).filter_map(|rest| {
            rest.split([' ', '`', '\n']).next().filter(|verb| !verb.starts_with('-'))
        });
        let mut known = 0;
        for verb in verbs {
            assert!(help.contains(&format!("\n  {verb} ")), "no command `{verb}`");
            known += 1;
        }
        assert!(known >= 10, "only {known} commands");
    }
}
