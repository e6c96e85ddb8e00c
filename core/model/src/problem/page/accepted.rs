//! What helps somebody whose accepted findings are not as they were written?

use crate::problem::Kind;

/// The page of a kind of problem about what was accepted.
pub(super) fn page(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::LockUnreadable => LOCK_UNREADABLE,
        Kind::AcceptedUnreadable => ACCEPTED_UNREADABLE,
        Kind::AcceptedEdited => ACCEPTED_EDITED,
        Kind::AcceptedMissing => ACCEPTED_MISSING,
        Kind::AcceptedStray => ACCEPTED_STRAY,
        Kind::KeptEdited => KEPT_EDITED,
        _ => return None,
    })
}

const LOCK_UNREADABLE: &str = r#"study.lock says from which tables, settings and version of the program the accepted findings
were made. Without it nobody can say because of what a finding differs, and nothing is
accepted over it.

    study.lock                 from what, when and by whom
    findings/accepted/         the findings, one file for each analysis
    findings/log.csv           why each change was accepted

It is written by `parallax review` and never by hand. Two people who accept at the same time
in a shared folder, or a merge that left its marks in the file, are the usual reasons. Take
the file back from your backup or version control; or move it away and accept the findings
anew. One that a newer parallax wrote is right as it is: use that parallax. The tables of the
study are not touched by it."#;

const ACCEPTED_UNREADABLE: &str = r#"A file of findings/accepted is damaged, so that what was accepted of this analysis is not
known. Nothing is written over it: it may be the only copy.

    findings/accepted/duty-map.json     what was accepted of the analysis `duty-map`

Take the file back from your backup or version control. If there is none, move it away, look
at the findings with `parallax review`, and accept them anew. It says nothing about the
findings of today."#;

const ACCEPTED_EDITED: &str = r#"A file of accepted findings is not the one that was written when they were accepted. If a
number in it was changed by hand, `parallax status` would compare with what nobody accepted.

    parallax review     shows where today's findings differ from what the file says now

Take the file back from version control if you do not know the change. If an acceptance was
interrupted, accepting again puts file and study.lock in order. To change what is accepted,
change the tables and review the findings."#;

const ACCEPTED_MISSING: &str = r#"study.lock knows of accepted findings whose file is gone, so that they cannot be compared:
all of them would look new.

    findings/accepted/duty-map.json     named by study.lock, and not in the folder

Take it back from your backup or version control: often the folder was left out when the
study was copied. If it was removed on purpose, `parallax review` accepts the findings of
today in its place."#;

const ACCEPTED_STRAY: &str = r#"A file lies among the accepted findings that study.lock does not know. It is compared with
nothing. Nearly always it is a second copy that a synchronised drive made when two people
wrote at once.

    findings/accepted/duty-map.json                     known
    findings/accepted/duty-map (conflicted copy).json   not known

Compare the two, and remove the one that is not wanted. Nothing else belongs into this
folder."#;

const KEPT_EDITED: &str = r#"Beside the accepted findings the study keeps its tables as they were then, without anybody's
words. They are not those that study.lock knows any more. Findings are compared all the
same, but `parallax status` can only say which file made a difference, no longer which row.

    changed    statements.csv changed                           by file
    changed    statements.csv, row s14: bearer self → others    by row

Take the folder that the message names back from version control, or leave it: the next
acceptance writes it anew."#;
