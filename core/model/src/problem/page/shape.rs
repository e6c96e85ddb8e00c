//! What helps somebody whose table or settings are not in the form in which they are read?

use crate::problem::Kind;

/// The page of a kind of problem about the form of a file, a row or a value.
pub(super) fn page(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::NotYaml => NOT_YAML,
        Kind::UnknownField => UNKNOWN_FIELD,
        Kind::NotAllowed => NOT_ALLOWED,
        Kind::WrongType => WRONG_TYPE,
        Kind::BadDate => BAD_DATE,
        Kind::MissingField => MISSING_FIELD,
        Kind::OutOfRange => OUT_OF_RANGE,
        Kind::YamlSurprise => YAML_SURPRISE,
        Kind::WrongDelimiter => WRONG_DELIMITER,
        Kind::SpreadsheetDate => SPREADSHEET_DATE,
        Kind::UnclosedQuote => UNCLOSED_QUOTE,
        Kind::RowLength => ROW_LENGTH,
        Kind::DuplicateColumn => DUPLICATE_COLUMN,
        Kind::TooDeep => TOO_DEEP,
        Kind::DecimalComma => DECIMAL_COMMA,
        Kind::BadId => BAD_ID,
        _ => return None,
    })
}

const NOT_YAML: &str = r#"study.yaml is read from top to bottom, and the place shown is the first that makes no sense;
the slip often stands in the line above. What the settings are is not known until it is
mended. The usual slips: a text that holds a colon, a tab where spaces belong, a bracket or
quotation mark without its partner, a setting that is there twice, entries of one list that
do not start at the same column.

Wrong in study.yaml:
    title: Who decides: the ward or the doctor?

Right in study.yaml:
    title: "Who decides: the ward or the doctor?"

A text between quotation marks can hold colons, brackets and commas. Lines that start with
`#` are notes of your own."#;

const UNKNOWN_FIELD: &str = r#"A column or a setting has a name that nobody reads. If it was a slip, what stands there
would count for nothing, or a default would take its place, without a sign in the findings:
so it is an error.

Wrong in statements.csv:
    id,speaker,code,modality,barer
    s1,N1,care.plan,view,

Right in statements.csv:
    id,speaker,code,modality,bearer
    s1,N1,care.plan,view,

`check --fix` corrects a name where one is clearly meant. Columns of your own are welcome in
participants.csv and cases.csv, where they become properties to compare by; elsewhere use
`note` or `ref`. In claims.csv it is said of a scope that asks for a column nobody has."#;

const NOT_ALLOWED: &str = r#"Some columns and settings take one of a few words. They say how a row is counted, so that a
word that is not among them cannot be guessed at.

Wrong in statements.csv:
    id,speaker,code,modality,bearer,stance
    s1,N1,care.plan,duty,self,denies

Right in statements.csv:
    id,speaker,code,modality,bearer,stance
    s1,N1,care.plan,duty,self,deny

The message lists the words; a blank cell takes the default, which for `stance` is `affirm`.
In your own words, write what the speaker says into `note`. In claims.csv the same is said
of a number, a range or a word for a quantity that cannot be read."#;

const WRONG_TYPE: &str = r#"A number, a list or a truth value belongs here, and something else stands there. It cannot
be counted or compared, and taking it for 0 or for nothing would change results.

Wrong in sources.csv:
    id,participants,wave
    i1,N1,first

Right in sources.csv:
    id,participants,wave
    i1,N1,1

In tables it is said of columns such as `wave`, `minutes`, `weight`, `start` and `max`:
write the number alone, without a unit, or leave the cell blank. In study.yaml, `[one, two]`
is a list."#;

const BAD_DATE: &str = r#"Dates are written year, month, day. 03-04-2025 is in March for some readers and in April for
others, and a wrong one would change the order of the interviews without anybody noticing.

Wrong in sources.csv:
    id,participants,date
    i1,N1,30-06-2025

Right in sources.csv:
    id,participants,date
    i1,N1,2025-06-30

`check --fix` rewrites a date that can mean only one day. In a spreadsheet, format the
column as text first, or it changes the dates back when it saves."#;

const MISSING_FIELD: &str = r#"Something is blank without which the row, the table or the setting says nothing: an id, who
speaks, about which code; or the column is not there, or the first row does not name the
columns.

Wrong in statements.csv:
    id,speaker,code
    s1,,care.plan

Right in statements.csv:
    id,speaker,code
    s1,N1,care.plan

Fill it in; where you do not know it, leave the row out rather than making something up. Of
coverage.csv it says that a row has neither a code nor an interview question that a code
has. Blank cells elsewhere are no mistake: they take a default or mean that nobody knows."#;

const OUT_OF_RANGE: &str = r#"It is outside what the column can mean, and counted as it stands it would distort every sum.
A slip of the keyboard is the usual reason; a percentage above 100 in a claim is another,
and a list without entries a third.

Wrong in statements.csv:
    id,speaker,code,perspective,attributed_to
    s1,N1,care.plan,3,doctor

Right in statements.csv:
    id,speaker,code,perspective,attributed_to
    s1,N1,care.plan,1,doctor

The message says which numbers are possible. `perspective` is 0 for one's own view, 1 for
what one thinks that another thinks, 2 for what one thinks that another thinks of one's own
view."#;

const YAML_SURPRISE: &str = r#"Where a text belongs, YAML takes 1.10 without quotation marks for the number 1.1: two names
that differ for you, 1.1 and 1.10, would be the same.

Wrong in study.yaml:
    citation: 1.10

Right in study.yaml:
    citation: "1.10"

Put quotation marks around it; `check --fix` does so. It is said of `true` and `false` as
well, which are no texts either. `no`, `yes` and whole numbers such as `010` stay the text
that you wrote."#;

const WRONG_DELIMITER: &str = r#"The first line separates its columns with one character, the rows with another. Read as it
stands, each row would be one long cell, or its cells would slide under the wrong columns.

Wrong in codes.csv:
    id,parent,label
    care;;care at the bedside
    care.plan;care;draws up the care plan
    care.round;care;leads the round

Right in codes.csv:
    id,parent,label
    care,,care at the bedside
    care.plan,care,draws up the care plan
    care.round,care,leads the round

It happens when the first line is typed or pasted in another program. Commas, semicolons and
tabs are all fine, each file with one of them: open it in a spreadsheet and save it again as
CSV."#;

const SPREADSHEET_DATE: &str = r#"A spreadsheet takes ids such as 3-2 for dates and saves `3-Feb` or a number of days. The old
id is gone, and two ids can become the same date, so that people or codes are counted
together.

Wrong in codes.csv:
    id,label
    care.plan,draws up the care plan
    3-Feb,leads the round

Right in codes.csv:
    id,label
    care.plan,draws up the care plan
    care.3-2,leads the round

Nothing can be restored by itself: look the id up in your material. Format id columns as
text before typing, or choose ids that begin with a letter and hold a point, which no
spreadsheet changes."#;

const UNCLOSED_QUOTE: &str = r#"A cell that begins with a quotation mark ends with the next one, however many lines later.
Without it, all that follows is one cell, and the rows below are lost.

Wrong in statements.csv:
    id,speaker,code,note
    s1,N1,care.plan,"sees it as her own work
    s2,D1,care.plan,expects it of the ward

Right in statements.csv:
    id,speaker,code,note
    s1,N1,care.plan,"sees it as her own work"
    s2,D1,care.plan,expects it of the ward

A quotation mark inside such a text is written twice: "she said ""never"" to me". A
spreadsheet does all of this by itself when it saves as CSV."#;

const ROW_LENGTH: &str = r#"Each row has as many cells as there are names in the first line. One more or one fewer, and
the values stand under the wrong columns from there on; so none of the row is used.

Wrong in statements.csv:
    id,speaker,code,note
    s1,N1,care.plan,sees it as her own work, not the doctor's

Right in statements.csv:
    id,speaker,code,note
    s1,N1,care.plan,"sees it as her own work, not the doctor's"

Too many: a text holds the character that separates columns, and needs quotation marks
around it. Too few: blank cells at the end need their separators too. Lines without anything
are skipped."#;

const DUPLICATE_COLUMN: &str = r#"Two columns have one name, and nothing says which of them is meant. Reading one of them by
chance would give other findings than reading the other.

Wrong in participants.csv:
    id,case,title,case
    N1,north,Charge nurse,south

Right in participants.csv:
    id,case,title,site_of_interview
    N1,north,Charge nurse,south

It often comes from joining two sheets. Keep one, or give the other a name of its own:
further columns of participants.csv can be called anything."#;

const TOO_DEEP: &str = r#"YAML can write a value once (`&name`) and refer to it (`*name`). Values that refer to values
that refer to values grow beyond what any computer can hold, and so do brackets in brackets
without end; such files are made to stop programs. study.yaml needs none of it.

    titles: *all                             refers to something written elsewhere
    titles: { Charge nurse: nurse }          says it here

Write the values out. If you did not write this file, ask where it comes from."#;

const DECIMAL_COMMA: &str = r#"In a table separated by semicolons, `0,8` was read as 0.8, as many spreadsheets write it.
Analyses go on with that number. It is a warning because 1,200 could have meant one thousand
two hundred.

Wrong in participants.csv:
    id;case;title;weight
    N1;north;Charge nurse;0,8

Right in participants.csv:
    id;case;title;weight
    N1;north;Charge nurse;0.8

If decimals were meant, nothing is to be done. If thousands were meant, take the comma out.
In a table separated by commas, 0,8 is two cells (S112) or, between quotation marks, an
error (S104)."#;

const BAD_ID: &str = r#"Ids are written between others in one cell (`N1 D1`), in findings (`care.plan/nurse`) and in
names of folders, so they hold no spaces, none of `*@:/\>,;"'` or a backtick, and do not
begin with a point. `self`, `we`, `others` and `all` name a bearer, so that nobody can be
called so, and no role can be called `exclude`, which leaves people out.

Wrong in participants.csv:
    id,case,title
    N1,north,Charge nurse
    N 3,north,Charge nurse

Right in participants.csv:
    id,case,title
    N1,north,Charge nurse
    N3,north,Charge nurse

Change it wherever it is used. What readers see is the label, which can be any text."#;
