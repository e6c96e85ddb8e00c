//! What helps somebody whose file cannot be found or read?

use crate::problem::Kind;

/// The page of a kind of problem about a file as a whole.
pub(super) fn page(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::MissingFile => MISSING_FILE,
        Kind::NotAFile => NOT_A_FILE,
        Kind::OutsideFolder => OUTSIDE_FOLDER,
        Kind::Unreadable => UNREADABLE,
        Kind::EmptyFile => EMPTY_FILE,
        Kind::NotText => NOT_TEXT,
        Kind::AssumedEncoding => ASSUMED_ENCODING,
        Kind::ByteOrderMark => BYTE_ORDER_MARK,
        Kind::HugeCell => HUGE_CELL,
        Kind::UnknownFile => UNKNOWN_FILE,
        Kind::ConflictCopy => CONFLICT_COPY,
        Kind::SameName => SAME_NAME,
        _ => return None,
    })
}

const MISSING_FILE: &str = r#"Four files make a study. Without its people, its codes or its statements nothing can be
counted, so nothing is analysed until all four are there.

    study.yaml           the roles, and how the study is to be read
    participants.csv     who was interviewed, or is counted otherwise
    codes.csv            the codebook
    statements.csv       who says what of whom

Most often the file is there under another name, such as `Codes.csv`, `codes.csv.txt` or
`codes.xlsx`: rename it, or save it from the spreadsheet as CSV. Or the command was started
in another folder: `parallax check FOLDER` says where to look. All other tables are
optional."#;

const NOT_A_FILE: &str = r#"The name of a table is taken by something else, nearly always a folder into which the table
was unpacked or exported. What lies in it is not read.

    codes.csv/codes.csv     a folder, and the table inside it
    codes.csv               the table itself, where it is looked for

Give the folder another name, and put the table into the study folder under its own name."#;

const OUTSIDE_FOLDER: &str = r#"A study is complete in its folder: whoever gets the folder gets what the findings rest on. A
link to a file elsewhere would break that, and the file could change without anybody
noticing.

    codes.csv -> ../codebook/codes.csv     a link that leads out of the folder
    codes.csv                              a copy of the file

Copy the file into the study folder in place of the link. A link to a file inside the folder
is read; shortcuts of a cloud drive can be links, too."#;

const UNREADABLE: &str = r#"The file is there, and the computer refused to hand it over. Nothing is said about what
stands in it.

    "it does not exist"               a link whose file was moved or removed
    "you are not allowed to read it"  the file belongs to somebody else
    "the computer could not read it"  the disk or the cloud drive gave an error

Close the file in other programs, let a cloud drive finish fetching it, or make a copy of it
and put the copy in its place."#;

const EMPTY_FILE: &str = r#"A table has at least the line with the names of its columns, even where it has no rows yet.
An empty file is more often one whose saving went wrong than one with nothing to say, so it
is not taken for a table without rows.

    id,parent,label     the first line of codes.csv, as far as your study needs its columns

Restore the file from a copy; or, where the table is optional, remove the file. Of
study.yaml this says that it has neither `title:` nor `roles:`."#;

const NOT_TEXT: &str = r#"The file holds characters (NUL) that no text has. It is a workbook, a PDF or a project file
with the ending `.csv`, or it was damaged on its way. None of it is read, since the rest
could be wrong too.

    renaming codes.xlsx to codes.csv          leaves a workbook: it cannot be read
    Save as › CSV UTF-8 (comma delimited)     writes a table that can be read

Open it in the program it comes from and save it as CSV; or fetch it again, if it was
damaged."#;

const ASSUMED_ENCODING: &str = r#"A file does not say how its letters are written down. This one is not in UTF-8, so it was
read as UTF-16 or as Windows-1252, whichever the message says. Analyses go on; ids without
accents are right in any case, but names and notes may not be.

    Zoë, café         as it should be
    ZoÃ«, cafÃ©       read in the wrong way

Look at a few words with accents in the report. If they are right, `parallax check --fix`
writes the file in UTF-8, and the warning is gone; in a spreadsheet it is `Save as › CSV
UTF-8`."#;

const BYTE_ORDER_MARK: &str = r#"Some spreadsheets put an invisible mark before the first letter of a CSV file. It is
skipped, and no finding depends on it: the warning is there because other programs take it
for a part of the first column's name.

    ï»¿id,case,title     as a program shows it that does not know the mark
    id,case,title        as it is read

Nothing is to be done. `parallax check --fix` takes the mark away; saving the file from the
same spreadsheet brings it back."#;

const HUGE_CELL: &str = r#"One cell is larger than 16 MiB, a hundred times a long interview. No such cell is meant: a
quotation mark was opened and the rest of the file became one cell, or a whole archive was
pasted.

    s1,N1,care.plan,"sees it as her own      the quotation mark is not closed
    s1,N1,care.plan,"sees it as her own"     it is

Look at the cell that the message names, and at the one before it. Passages belong into
excerpts.csv, one in each row; whole interviews stay outside the tables."#;

const UNKNOWN_FILE: &str = r#"Nobody reads this file. If it was meant for a table, what it says is missing from every
finding, and nothing else would show that. The same is said of study.yml and study.toml.

Wrong in case.csv:
    id,label
    north,the ward in the north

Right in cases.csv:
    id,label
    north,the ward in the north
    south,the ward in the south

Rename it, or, where it belongs to something else, move it into a folder of its own inside
the study. It is no mistake to have further files with other endings."#;

const CONFLICT_COPY: &str = r#"A folder that is kept the same on several computers gets a second file when two people save one
at the same time. Only the file with its own name is read; the copy may hold rows that it lacks.

    statements.csv                                 is read
    statements (conflicted copy 2026-11-02).csv    is not
    statements-DESKTOP-AB12.csv                    is not
    statements (1).csv                             is not

Compare the two, bring what is missing into the file that is read, and move the copy out of the
study. `parallax status` then shows what that changes."#;

const SAME_NAME: &str = r#"Linux tells capital letters in names apart, Windows and macOS do not: copied there, one of the two
takes the place of the other.

    statements.csv      is read
    Statements.csv      is another file here, and the same one there

Keep one of them under the name that parallax reads, and move the other out of the study."#;
