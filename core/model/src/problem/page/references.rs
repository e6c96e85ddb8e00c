//! What helps somebody whose study names something that is not there, or names two things alike?

use crate::problem::Kind;

/// The page of a kind of problem about a name that leads nowhere, twice or in a circle.
pub(super) fn page(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::UnknownRole => UNKNOWN_ROLE,
        Kind::UnknownCode => UNKNOWN_CODE,
        Kind::UnknownParticipant => UNKNOWN_PARTICIPANT,
        Kind::UnknownCase => UNKNOWN_CASE,
        Kind::UnknownSource => UNKNOWN_SOURCE,
        Kind::UnknownExcerpt => UNKNOWN_EXCERPT,
        Kind::UnknownMapping => UNKNOWN_MAPPING,
        Kind::UnknownAlternative => UNKNOWN_ALTERNATIVE,
        Kind::UnknownBearer => UNKNOWN_BEARER,
        Kind::DuplicateId => DUPLICATE_ID,
        Kind::CyclicCodes => CYCLIC_CODES,
        Kind::CyclicCases => CYCLIC_CASES,
        Kind::CyclicRoles => CYCLIC_ROLES,
        Kind::UnknownEvent => UNKNOWN_EVENT,
        Kind::UnknownAnalysis => UNKNOWN_ANALYSIS,
        Kind::BadParameters => BAD_PARAMETERS,
        Kind::UnknownQuestion => UNKNOWN_QUESTION,
        Kind::UnknownChoice => UNKNOWN_CHOICE,
        Kind::OtherAnalysis => OTHER_ANALYSIS,
        Kind::HiddenPlugin => HIDDEN_PLUGIN,
        _ => return None,
    })
}

const UNKNOWN_ROLE: &str = r#"A mapping, a `within`, an excerpt or a claim names a role that does not stand under `roles`
in study.yaml. Its people would be in no role, and every comparison of roles would miss
them.

Wrong in study.yaml:
    mappings:
      - { id: by-title, titles: { Charge nurse: nurse, Registrar: docter } }

Right in study.yaml:
    mappings:
      - { id: by-title, titles: { Charge nurse: nurse, Registrar: doctor } }

Correct the id, or add the role: `- { id: doctor, label: Registrar }`. A mapping takes ids
of roles and `exclude`, and `within` an id; in tables a label or an alias does as well. The
same slip in the column `bearer` is R209."#;

const UNKNOWN_CODE: &str = r#"A row is about a code that codes.csv does not have. Taken as a code of its own, it would
split one theme into two, each with too few people.

Wrong in statements.csv:
    id,speaker,code,modality,bearer
    s1,N1,care.plna,duty,self

Right in statements.csv:
    id,speaker,code,modality,bearer
    s1,N1,care.plan,duty,self

Correct the slip (`check --fix` does, where one code is clearly meant), or add a row to
codes.csv. A code that you gave up stays there with `removed` under `status`. It is looked
for by its id, capitals included, and never by its label."#;

const UNKNOWN_PARTICIPANT: &str = r#"Somebody is named who does not stand in participants.csv: nobody knows their role and case,
so what they say could be counted nowhere.

Wrong in statements.csv:
    id,speaker,code
    s1,N7,care.plan

Right in statements.csv:
    id,speaker,code
    s1,N1,care.plan

Correct the id, or add the person to participants.csv; whoever is not part of the analysis
stands there too, with `excluded` under `status`. Ids that differ in a digit are never
corrected for you: they are different people. Where nobody knows who spoke, use excerpts.csv
or constraints.csv."#;

const UNKNOWN_CASE: &str = r#"A case is a site, such as a school or a ward. Once there is a cases.csv, every case stands
in it; a slip would otherwise make a further site with one person, whose roles all seem to
be vacant.

Given cases.csv:
    id,label
    north,the ward in the north

Wrong in participants.csv:
    id,case,title
    N1,nroth,Charge nurse

Right in participants.csv:
    id,case,title
    N1,north,Charge nurse

Correct it, or add the case to cases.csv. Without a cases.csv, the cases are those that
participants.csv names, and a slip is not seen: write one."#;

const UNKNOWN_SOURCE: &str = r#"A source is an interview, a document or another text. Once there is a sources.csv, every
source stands in it; otherwise a statement would come from nowhere, and leaving a source out
would leave it in.

Given sources.csv:
    id,participants
    i1,N1

Wrong in statements.csv:
    id,speaker,code,source
    s1,N1,care.plan,i9

Right in statements.csv:
    id,speaker,code,source
    s1,N1,care.plan,i1

Correct it, or add the source. Without a sources.csv, everybody has one interview, whose id
is the participant's own. `doc:` in the column `speaker` and `joint_with` name sources, too."#;

const UNKNOWN_EXCERPT: &str = r#"A statement says from which excerpt it was coded, and excerpts.csv has no such row. The
report could not show the passage on which the statement rests.

Given excerpts.csv:
    id,speaker,codes
    x1,N1,care.plan

Wrong in statements.csv:
    id,speaker,code,excerpt
    s1,N1,care.plan,x7

Right in statements.csv:
    id,speaker,code,excerpt
    s1,N1,care.plan,x1

Correct the id, add the excerpt, or leave the cell blank: the column is not needed for
counting."#;

const UNKNOWN_MAPPING: &str = r#"A mapping is one way to turn titles into roles. study.yaml asks for one that it does not
have, so that nobody could say under which reading the findings were made.

Wrong in study.yaml:
    mappings:
      - { id: by-title, titles: { Charge nurse: nurse, Registrar: doctor } }
    default_mapping: by-titel

Right in study.yaml:
    mappings:
      - { id: by-title, titles: { Charge nurse: nurse, Registrar: doctor } }
    default_mapping: by-title

Without `default_mapping` the first mapping is used. An option of the choice `mapping` under
`robustness` names one, too."#;

const UNKNOWN_ALTERNATIVE: &str = r#"A passage that can be coded in two ways has a group and options under `alternatives`, and
each statement says to which option it belongs. With a wrong one it would belong to no
reading at all.

Given study.yaml:
    alternatives:
      - { group: line-40, options: [plan, round] }

Wrong in statements.csv:
    id,speaker,code,alternative
    s1,N1,care.plan,line-40:paln

Right in statements.csv:
    id,speaker,code,alternative
    s1,N1,care.plan,line-40:plan

Write the group, a colon and the option, as study.yaml has them. A `default` has to be one
of the options, too. Statements that are sure leave the column blank."#;

const UNKNOWN_BEARER: &str = r#"The bearer is who has the duty or the right that a statement ascribes; this one is nobody
whom the study knows. An expectation of nobody can be met by nobody, and would be taken for
unmet.

Wrong in statements.csv:
    id,speaker,code,modality,bearer
    s1,N1,care.plan,duty,docter

Right in statements.csv:
    id,speaker,code,modality,bearer
    s1,N1,care.plan,duty,doctor

Write `self`, `we`, `others`, `all`, a participant, or a role by its id, label or alias.
Somebody who is spoken of and was not interviewed is a role with `kind: other`. The columns
`counterparty` and `attributed_to` are written alike. Members of a constraint and the people
of a claim are ids, `nurse*` for a role, `nurse@north` for a role at a case, `@north` for a
case, `*` for all."#;

const DUPLICATE_ID: &str = r#"An id stands for one row. With two, nobody can tell which of them a finding names as its
evidence, and a person or a statement may be counted twice.

Wrong in statements.csv:
    id,speaker,code
    s1,N1,care.plan
    s1,D1,care.plan

Right in statements.csv:
    id,speaker,code
    s1,N1,care.plan
    s2,D1,care.plan

If both rows are the same, remove one; otherwise give one of them another id, here and
wherever it is used. A person and a role cannot share an id either, since both can be
bearers. In study.yaml, an analysis or a choice that is there twice becomes one entry."#;

const CYCLIC_CODES: &str = r#"Under `parent`, codes stand below one another as in the tree of a codebook. Here, following
the parents leads back to where one began, so there is no top, and sums over a branch would
never end.

Wrong in codes.csv:
    id,parent
    care,care.plan
    care.plan,care

Right in codes.csv:
    id,parent
    care,
    care.plan,care

The message names the codes of the circle. Clear the parent of the one that is the widest.
Codes that merely go together need no parent, only a common one above them or none."#;

const CYCLIC_CASES: &str = r#"Under `parent`, a case can be part of a wider one, a ward of a hospital. Here, following the
parents leads back to where one began, so no case is the widest.

Wrong in cases.csv:
    id,parent
    north,house
    south,house
    house,south

Right in cases.csv:
    id,parent
    north,house
    south,house
    house,

The message names the cases of the circle. Clear the parent of the widest. Cases that only
resemble one another need a column of their own, not a parent."#;

const CYCLIC_ROLES: &str = r#"`within` says that a role is part of a wider one: what is said of nurses is said of charge
nurses. Here it leads back to the role itself, so that both would be the same role.

Wrong in study.yaml:
    roles:
      - { id: nurse, label: Charge nurse, within: doctor }
      - { id: doctor, label: Registrar, within: nurse }

Right in study.yaml:
    roles:
      - { id: nurse, label: Charge nurse }
      - { id: doctor, label: Registrar }

Take out the `within` of the wider role, or both where neither is part of the other. Two
names for one role are an alias: `aliases: [charge]`."#;

const UNKNOWN_EVENT: &str = r#"An event of events.csv answers another one that is not there. Which turn answers which is
the thread of an episode; with the thread broken, it reads as if nobody had answered.

Wrong in events.csv:
    id,actor,act,responds_to
    e1,N1,claim,
    e2,D1,refuse,e9

Right in events.csv:
    id,actor,act,responds_to
    e1,N1,claim,
    e2,D1,refuse,e1

Correct the id in the column `responds_to`, or leave it blank where the event answers none."#;

const UNKNOWN_ANALYSIS: &str = r#"study.yaml asks for an analysis that does not come with the program and is no script of the
study. The others run; this one is missing from the report.

Wrong in study.yaml:
    analyses:
      - use: code-matrx

Right in study.yaml:
    analyses:
      - use: code-matrix

`parallax explain` lists every analysis. One of your own is a file in the study's folder
`scripts`, and its id is the file's name without `.rhai`. A plugin of somebody else is there
once you trust it: `parallax plugin trust <library>`. Without `analyses`, all of them run
that the data allow."#;

const BAD_PARAMETERS: &str = r#"An analysis is asked for with a parameter that it does not have, or with a value that it
does not take. It is left out rather than run in another way than you asked for; the others
run.

Wrong in study.yaml:
    analyses:
      - { use: position-clusters, parameters: { linkage: closest } }

Right in study.yaml:
    analyses:
      - { use: position-clusters, parameters: { linkage: single } }

`parallax explain position-clusters` lists its parameters, with their defaults and what each
changes. What you leave out takes its default."#;

const UNKNOWN_QUESTION: &str = r#"A code says which research question it serves, and study.yaml has no such question. The
report says of each finding which research question it helps to answer, and would name one
that nobody asked.

Given study.yaml:
    questions: { RQ1: Who is expected to do what? }

Wrong in codes.csv:
    id,rq
    care.plan,RQ4

Right in codes.csv:
    id,rq
    care.plan,RQ1

Correct the column `rq`, or add the question under `questions`. Several are separated by `/`
or spaces. Without `questions` in study.yaml, nothing is compared."#;

const UNKNOWN_CHOICE: &str = r#"Under `robustness` stands which choices are made in another way, to see what the findings
depend on. This one does not exist, or cannot be made so: its range would be missing, and
the result look firmer than it is.

Wrong in study.yaml:
    robustness:
      choices:
        - { choice: leave-out-person, options: [N1] }

Right in study.yaml:
    robustness:
      choices:
        - { choice: leave-out-participant, options: [N1] }

There are `mapping`, `inclusion`, `evidence`, `leave-out-participant`, `leave-out-case`,
`leave-out-source` and `leave-out-coder`, each group of `alternatives` and each constraint
by its id. An option of a constraint is a set of its members that its own numbers allow.
What `crossed` combines has to be varied as well. No choice of this list changes the
findings themselves."#;

const OTHER_ANALYSIS: &str = r#"study.yaml asks for a version of an analysis, or for the SHA-256 of a plugin's library, and
what is there is another one. It could find something else than the study means, so it is
left out; the others run.

Wrong in study.yaml:
    analyses:
      - { use: code-matrix, version: 0.0.1 }

Right in study.yaml:
    analyses:
      - use: code-matrix

`parallax plugin list` shows which version of each plugin there is, and its SHA-256. Install
what the study asks for (for a plugin, `parallax plugin trust <library>`), or ask for the
one that is there. A script and an analysis that comes with the program have no SHA-256 to
ask for. A library that changed after you trusted it is never run: trust it again."#;

const HIDDEN_PLUGIN: &str = r#"One id names one analysis. You trust a plugin, and the study has a script of the same id, or
a newer program came with such an analysis. The script or the program's own analysis runs,
so that a study gives the same findings whoever runs it.

For a script `scripts/word-count.rhai`, and a plugin `word-count` that you trust, in study.yaml:
    analyses:
      - use: word-count

To have the plugin instead, give the script another name, or build the plugin under another
id and trust it again. To have only the script, `parallax plugin forget word-count`."#;
