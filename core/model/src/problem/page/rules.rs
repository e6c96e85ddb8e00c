//! What helps somebody whose rows name what exists and cannot be meant together?

use crate::problem::Kind;

/// The page of a kind of problem about a rule between the cells of a study.
pub(super) fn page(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::UnmappedTitle => UNMAPPED_TITLE,
        Kind::MappedTwice => MAPPED_TWICE,
        Kind::AmbiguousAlias => AMBIGUOUS_ALIAS,
        Kind::PerspectiveWithoutOwner => PERSPECTIVE_WITHOUT_OWNER,
        Kind::MixedWithoutCondition => MIXED_WITHOUT_CONDITION,
        Kind::MinimumAboveMaximum => MINIMUM_ABOVE_MAXIMUM,
        Kind::NamesNobody => NAMES_NOBODY,
        Kind::Contradiction => CONTRADICTION,
        Kind::ExclusionWithoutReason => EXCLUSION_WITHOUT_REASON,
        Kind::AmbiguousSource => AMBIGUOUS_SOURCE,
        Kind::BearerMismatch => BEARER_MISMATCH,
        Kind::RemovedCode => REMOVED_CODE,
        Kind::NotADocument => NOT_A_DOCUMENT,
        Kind::EndsBeforeStart => ENDS_BEFORE_START,
        Kind::UnusedTitle => UNUSED_TITLE,
        Kind::CoverageTwice => COVERAGE_TWICE,
        Kind::UnsaidBearer => UNSAID_BEARER,
        Kind::EndsBeyondText => ENDS_BEYOND_TEXT,
        Kind::OwnerWithoutPerspective => OWNER_WITHOUT_PERSPECTIVE,
        _ => return None,
    })
}

const UNMAPPED_TITLE: &str = r#"A participant's title leads to no role, so that nobody knows with whom to compare this
person. Leaving them out silently would change every number of their role and case.

Given participants.csv:
    id,case,title
    N1,north,Charge nurse
    N2,south,Ward sister

Wrong in study.yaml:
    roles:
      - { id: nurse, label: Charge nurse }

Right in study.yaml:
    roles:
      - { id: nurse, label: Charge nurse, aliases: [Ward sister] }

Keep the title as it was reported, and say in study.yaml what it means: as an alias of a
role, or under `titles` of each mapping, with a role or `exclude`. Capitals make no
difference. Whoever has no title goes under `people` of the mapping."#;

const MAPPED_TWICE: &str = r#"One mapping gives a title two roles, and a person has one role in a reading. Capitals do not
tell titles apart.

Given participants.csv:
    id,case,title
    N1,north,Charge nurse

Wrong in study.yaml:
    mappings:
      - { id: by-title, titles: { Charge nurse: nurse, charge nurse: doctor } }

Right in study.yaml:
    mappings:
      - { id: by-title, titles: { Charge nurse: nurse } }

Keep one of the two lines. If both readings are possible, write two mappings; `parallax
robustness` shows which findings differ. A single person is given a role under `people`."#;

const AMBIGUOUS_ALIAS: &str = r#"Two roles have the same alias. Analyses go on, but the alias names neither of them: as a
title it leads to no role (R214), and as a bearer to nobody (R209).

Wrong in study.yaml:
    roles:
      - { id: nurse, label: Charge nurse, aliases: [staff] }
      - { id: doctor, label: Registrar, aliases: [staff] }

Right in study.yaml:
    roles:
      - { id: nurse, label: Charge nurse, aliases: [staff nurse] }
      - { id: doctor, label: Registrar, aliases: [staff doctor] }

Take it out of one role. If people use one word for both roles, make it a role of its own
and let both stand `within` it."#;

const PERSPECTIVE_WITHOUT_OWNER: &str = r#"A `perspective` of 1 or 2 says that the speaker tells what somebody else thinks. Without
whom, it cannot be compared with what that person does say, and would be lost for
co-orientation.

Wrong in statements.csv:
    id,speaker,code,modality,bearer,perspective,attributed_to
    s1,N1,care.plan,duty,nurse,1,

Right in statements.csv:
    id,speaker,code,modality,bearer,perspective,attributed_to
    s1,N1,care.plan,duty,nurse,1,doctor

Read: N1 thinks that doctors think that it is the nurse's duty. Fill in `attributed_to`, or
clear `perspective` where the speaker's own view is meant. Agreeing with somebody is a view
of one's own."#;

const MIXED_WITHOUT_CONDITION: &str = r#"`mixed` says that it depends. On what it depends is the finding; without it, a reader cannot
tell a condition from a speaker who is undecided.

Wrong in statements.csv:
    id,speaker,code,modality,bearer,stance,condition
    s1,N1,care.plan,duty,self,mixed,

Right in statements.csv:
    id,speaker,code,modality,bearer,stance,condition
    s1,N1,care.plan,duty,self,mixed,only in the first week

Fill in the column `condition`. Where two people differ, each has a statement with a stance
of their own: that is not mixed. Where one person says both in different places, two
statements say it as well."#;

const MINIMUM_ABOVE_MAXIMUM: &str = r#"A constraint keeps what is known of a group and of nobody in particular: at least so many
said it, at most so many. More at least than at most is a slip.

Wrong in constraints.csv:
    id,code,bearer,members,min,max
    k1,care.plan,self,N1 N2,2,1

Right in constraints.csv:
    id,code,bearer,members,min,max
    k1,care.plan,self,N1 N2,1,2

For exactly one, write 1 in both columns; where only one bound is known, leave the other
blank."#;

const NAMES_NOBODY: &str = r#"A constraint or a claim is about people of whom there are none in the default reading: the
role has no participants, has none at that case, or all are left out. Analyses go on; that
part of the row counts nobody.

Wrong in constraints.csv:
    id,code,bearer,members,min
    k1,care.plan,self,family*,1

Right in constraints.csv:
    id,code,bearer,members,min
    k1,care.plan,self,nurse*,1

Compare the column `members` or `scope` with participants.csv and with the default mapping.
If the report really speaks of people who are not in the sample, keep the row: that is a
finding. It is no mistake in the name itself, which would be R209."#;

const CONTRADICTION: &str = r#"However the unknown cells are filled in, this constraint cannot hold beside the statements
and the other constraints. Counts narrowed by it would be of a study that cannot exist.

Given statements.csv:
    id,speaker,code,modality,bearer
    s1,N1,care.plan,duty,self

Wrong in constraints.csv:
    id,code,bearer,members,min,max
    k1,care.plan,self,nurse*,,0

Right in constraints.csv:
    id,code,bearer,members,min,max
    k1,care.plan,self,nurse*,,1

N1 says it, so it cannot be said by none of the nurses. Either a statement or the number is
wrong: look both up in the material. More people than the role has are a contradiction, too.
What two people say against each other is none: it is what the analyses are about."#;

const EXCLUSION_WITHOUT_REASON: &str = r#"Whoever is left out changes every number. Readers and reviewers will ask why, so the study
says it.

Wrong in participants.csv:
    id,case,title,status,reason
    N1,north,Charge nurse,excluded,

Right in participants.csv:
    id,case,title,status,reason
    N1,north,Charge nurse,excluded,took part in the pilot only

Fill in the column `reason`, for `withdrawn` too, without anything by which the person could
be recognised. A title that does not matter here is left out by `exclude` in a mapping
instead."#;

const AMBIGUOUS_SOURCE: &str = r#"The speaker was heard in several sources, and the statement does not say in which. Leaving
out one of them, and the order of the interviews, could not be worked out.

Given sources.csv:
    id,participants
    i1,N1
    i2,N1

Wrong in statements.csv:
    id,speaker,code,source
    s1,N1,care.plan,

Right in statements.csv:
    id,speaker,code,source
    s1,N1,care.plan,i2

Fill in the column `source`. Whoever has one source in sources.csv needs nothing there."#;

const BEARER_MISMATCH: &str = r#"A duty, a right, a permission, a prohibition and an act (`enact`) are somebody's: without
the bearer, nobody knows of whom it is expected. A view is nobody's duty, and so has none.

Wrong in statements.csv:
    id,speaker,code,modality,bearer
    s1,N1,care.plan,duty,
    s2,D1,care.round,view,nurse

Right in statements.csv:
    id,speaker,code,modality,bearer
    s1,N1,care.plan,duty,self
    s2,D1,care.round,duty,nurse

Fill in `bearer`: `self`, `we`, `others`, `all`, a participant or a role. If the speaker
only sees something in a certain way, leave `modality` and `bearer` blank: a view. To whom
it is owed is the `counterparty`."#;

const REMOVED_CODE: &str = r#"codes.csv says that a code was removed, and statements still use it. Analyses go on; some
leave removed codes out and others count what stands under them, so that two findings can
speak of different statements.

Given codes.csv:
    id,status,reason
    care.plan,active,
    care.round,removed,merged with care.plan

Wrong in statements.csv:
    id,speaker,code
    s1,N1,care.round

Right in statements.csv:
    id,speaker,code
    s1,N1,care.plan

Code the statements anew, or set `status` back to `active`. Keep the row of the removed
code: it shows how the codebook came about."#;

const NOT_A_DOCUMENT: &str = r#"`doc:` in the column `speaker` lets a document speak for itself, such as a protocol or a
law. This source is of another type, and in an interview it is a person who speaks.

Given statements.csv:
    id,speaker,code,modality,bearer
    s1,doc:protocol,care.plan,duty,nurse

Wrong in sources.csv:
    id,type
    protocol,interview

Right in sources.csv:
    id,type
    protocol,document

Set the source's `type` to `document` (a blank one is an interview); or, if a person speaks,
write the participant as speaker and the source in the column `source`."#;

const ENDS_BEFORE_START: &str = r#"`start` and `end` count the characters of the source up to the passage, from 0. A passage
that ends before it starts, or where it starts, holds no text, and no coder can agree with
it.

Wrong in statements.csv:
    id,speaker,code,start,end
    s1,N1,care.plan,140,95

Right in statements.csv:
    id,speaker,code,start,end
    s1,N1,care.plan,95,140

Often the two are swapped, or `end` holds the length of the passage: then it is `start` plus
length. Where the place is not known, leave both blank."#;

const UNUSED_TITLE: &str = r#"A mapping gives a role to a title that no participant has. Analyses go on and nothing is
counted wrongly; it is a warning since it can be a slip, or the sign that a person is
missing.

Wrong in study.yaml:
    mappings:
      - id: by-title
        titles: { Charge nurse: nurse, Registrar: doctor, Consultant: doctor }

Right in study.yaml:
    mappings:
      - id: by-title
        titles: { Charge nurse: nurse, Registrar: doctor }

Compare it with the column `title` of participants.csv. If somebody with that title was left
out of the table, add them, with `excluded` and a reason; otherwise take the line out."#;

const COVERAGE_TWICE: &str = r#"coverage.csv says who was asked about what. Two rows say different things of one person and
one code, and whether a missing statement is silence or was never asked for depends on which
is taken.

Wrong in coverage.csv:
    participant,code,status
    N1,care.plan,asked
    N1,care.plan,not_asked

Right in coverage.csv:
    participant,code,status
    N1,care.plan,asked

Keep the one that is true. If only one's own part was asked about, say so in the column
`bearer`: `self` and `others` are two rows. A row for `*`, everybody, may differ from a
person's own: the person's counts."#;

const UNSAID_BEARER: &str = r#"Under this code people speak both of their own part and of that of others, and the
constraint does not say which it counts. Analyses go on and take it for each of the two,
which may be too much.

Given statements.csv:
    id,speaker,code,modality,bearer
    s1,N1,care.plan,duty,self
    s2,D1,care.plan,duty,nurse

Wrong in constraints.csv:
    id,code,bearer,members,min
    k1,care.plan,,nurse*,1

Right in constraints.csv:
    id,code,bearer,members,min
    k1,care.plan,self,nurse*,1

Write `self` in the column `bearer` if so many claim it for themselves, `others` if so many
expect it of somebody else. If both are known, write two constraints."#;

const ENDS_BEYOND_TEXT: &str = r#"sources.csv says how many characters a text has, and a passage ends beyond them. It was
marked in another version of the text, or the two are counted differently; then all passages
of that source are doubtful.

Given sources.csv:
    id,participants,characters
    i1,N1,8200

Wrong in statements.csv:
    id,speaker,code,start,end
    s1,N1,care.plan,8150,8420

Right in statements.csv:
    id,speaker,code,start,end
    s1,N1,care.plan,8150,8190

Look which number is right: `end` of the passage, or `characters` of the source. Count both
in the same file, with the same line breaks."#;

const OWNER_WITHOUT_PERSPECTIVE: &str = r#"`attributed_to` names whose view it is, but `perspective` is blank or 0, which says that it
is the speaker's own. It would count for the wrong person.

Wrong in statements.csv:
    id,speaker,code,modality,bearer,perspective,attributed_to
    s1,N1,care.plan,duty,nurse,,doctor

Right in statements.csv:
    id,speaker,code,modality,bearer,perspective,attributed_to
    s1,N1,care.plan,duty,nurse,1,doctor

Write 1 for what the speaker thinks that they think, 2 for what the speaker thinks that they
think of the speaker's own view; or clear `attributed_to`. Of whom a duty is expected is the
`bearer`, not this column."#;
