//! What is wrong with a study, where, and what can a researcher do about it?

mod page;
mod spot;

use serde::{Deserialize, Serialize};

pub use spot::{Spot, StudyFile};

/// How bad a problem is: an error keeps the study from being analysed, a warning does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The study cannot be trusted until this is mended.
    Error,
    /// Worth knowing; analyses go on.
    Warning,
}

macro_rules! kinds {
    ($($(#[doc = $doc:literal])* $name:ident = $code:literal, $severity:ident;)*) => {
        /// Every kind of problem, with a code that never changes its meaning.
        ///
        /// Families: `F0xx` files and encodings, `S1xx` shape, `R2xx` references and rules,
        /// `C30x` personal data, `C31x` consent, `P40x` what stops a script, `P41x` what is seen in a
        /// script without running it, `V5xx` what was accepted.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind { $($(#[doc = $doc])* $name,)* }

        impl Kind {
            /// Every kind, in the order of their codes.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The code that messages show, such as `R201`.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// Whether the kind stops a study or only warns.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)* }
            }

            /// Whether a problem of this kind keeps the study from being read, wherever it stands
            /// but in `claims.csv`. Errors about analyses do not: they cost that analysis only. Nor
            /// do those about consent and privacy: what the data say does not depend on them.
            #[must_use]
            pub fn stops_study(self) -> bool {
                let about_analyses = self.leaves_out() || self.code().starts_with(['P', 'V']);
                let about_people = self.code().starts_with('C');
                self.severity() == Severity::Error && !about_analyses && !about_people
            }

            /// Whether nothing of the rows in which a problem of this kind stands may be shown:
            /// they say who somebody is.
            #[must_use]
            pub fn hides_rows(self) -> bool {
                self.code().starts_with("C30")
            }

            /// What the kind means, in one sentence or two.
            #[must_use]
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$name => concat!($($doc, "\n",)*),)* }
            }
        }
    };
}

kinds! {
    /// A file that every study needs is not in the folder.
    MissingFile = "F001", Error;
    /// There is something else where a file of the study should be, such as a folder.
    NotAFile = "F002", Error;
    /// A file or its target lies outside the study folder, through a symbolic link.
    OutsideFolder = "F003", Error;
    /// The file could not be read.
    Unreadable = "F004", Error;
    /// The file is empty.
    EmptyFile = "F005", Error;
    /// The file holds NUL characters: it is damaged, or no text file at all.
    NotText = "F006", Error;
    /// The file was not UTF-8; what was assumed instead is in the message.
    AssumedEncoding = "F007", Warning;
    /// The file starts with a byte order mark, which is skipped.
    ByteOrderMark = "F008", Warning;
    /// One cell is larger than any cell of a study can be.
    HugeCell = "F009", Error;
    /// A `.csv` file of a study folder has a name that no table has.
    UnknownFile = "F010", Warning;
    /// Beside a file of the study lies a copy of it, as synchronised folders and file managers make
    /// them. Only the file itself is read; the copy may hold what somebody else entered.
    ConflictCopy = "F011", Warning;
    /// Two names differ in capital letters only. On Windows and macOS they are one file, so that
    /// one of the two is lost when the study is copied there.
    SameName = "F012", Warning;

    /// The file is not YAML, or not in the way parallax reads it.
    NotYaml = "S101", Error;
    /// A key of `study.yaml`, or a column of a table, is not one that parallax knows.
    UnknownField = "S102", Error;
    /// A value is not one of the values allowed here.
    NotAllowed = "S103", Error;
    /// A value has the wrong type: text where a number belongs, for example.
    WrongType = "S104", Error;
    /// A date is not written as YYYY-MM-DD.
    BadDate = "S105", Error;
    /// A field that must be there is absent or blank.
    MissingField = "S106", Error;
    /// A number is too small or too large.
    OutOfRange = "S107", Error;
    /// YAML read a word or a number as something else than it looks like; quote it.
    YamlSurprise = "S108", Error;
    /// The file separates its columns with another character than its header does.
    WrongDelimiter = "S109", Error;
    /// A spreadsheet changed an id into a date or a number.
    SpreadsheetDate = "S110", Error;
    /// A quotation mark opens a cell and is never closed.
    UnclosedQuote = "S111", Error;
    /// A row has more or fewer cells than the header.
    RowLength = "S112", Error;
    /// Two columns of a table have the same name.
    DuplicateColumn = "S113", Error;
    /// The file would grow beyond all bounds when read (aliases that multiply, deep nesting).
    TooDeep = "S114", Error;
    /// A decimal comma was read as a decimal point.
    DecimalComma = "S115", Warning;
    /// An id has a shape that ids cannot have.
    BadId = "S116", Error;

    /// A role that `study.yaml` does not define.
    UnknownRole = "R201", Error;
    /// A code that `codes.csv` does not define.
    UnknownCode = "R202", Error;
    /// A participant that `participants.csv` does not name.
    UnknownParticipant = "R203", Error;
    /// A case that `cases.csv` does not name.
    UnknownCase = "R204", Error;
    /// A source that `sources.csv` does not name.
    UnknownSource = "R205", Error;
    /// An excerpt that `excerpts.csv` does not name.
    UnknownExcerpt = "R206", Error;
    /// A mapping that `study.yaml` does not define.
    UnknownMapping = "R207", Error;
    /// A group or an option of alternatives that `study.yaml` does not define.
    UnknownAlternative = "R208", Error;
    /// A bearer, a counterparty or a member that names nobody the study knows.
    UnknownBearer = "R209", Error;
    /// Two rows or entries have the same id.
    DuplicateId = "R210", Error;
    /// A code stands below itself, through its parents.
    CyclicCodes = "R211", Error;
    /// A case stands below itself, through its parents.
    CyclicCases = "R212", Error;
    /// A role stands within itself.
    CyclicRoles = "R213", Error;
    /// A title of a participant that a mapping turns into no role.
    UnmappedTitle = "R214", Error;
    /// A title that one mapping turns into two roles.
    MappedTwice = "R215", Error;
    /// One alias names two roles.
    AmbiguousAlias = "R216", Warning;
    /// A perspective above 0 without the person whose view it is.
    PerspectiveWithoutOwner = "R217", Error;
    /// A `mixed` stance without the condition that splits it.
    MixedWithoutCondition = "R218", Error;
    /// A constraint whose minimum is above its maximum.
    MinimumAboveMaximum = "R219", Error;
    /// A constraint, a tick or a scope for people of whom there are none.
    NamesNobody = "R220", Warning;
    /// Constraints and statements that cannot be true together.
    Contradiction = "R221", Error;
    /// A participant left out without a reason.
    ExclusionWithoutReason = "R222", Error;
    /// A statement of a speaker with several sources that does not say which one.
    AmbiguousSource = "R223", Error;
    /// A modality that ascribes something needs a bearer, and a view has none.
    BearerMismatch = "R224", Error;
    /// A statement under a code that was removed from the codebook.
    RemovedCode = "R225", Warning;
    /// A document that speaks, but is no source of that type.
    NotADocument = "R226", Error;
    /// An excerpt or a statement that ends before it starts, or where it starts: it holds no text.
    EndsBeforeStart = "R227", Error;
    /// An answer to an event, or an event's own id, that does not exist.
    UnknownEvent = "R228", Error;
    /// An analysis that no plugin and no script offers.
    UnknownAnalysis = "R229", Error;
    /// Parameters of an analysis that its schema does not allow.
    BadParameters = "R230", Error;
    /// A title of a mapping that no participant has.
    UnusedTitle = "R231", Warning;
    /// Two coverage rows say different things about the same participant and code.
    CoverageTwice = "R232", Error;
    /// A research question that `study.yaml` does not name.
    UnknownQuestion = "R233", Error;
    /// A constraint that does not say whose part it counts, on a code under which people speak both
    /// of themselves and of others: it is taken for each.
    UnsaidBearer = "R234", Warning;
    /// An excerpt or a statement that ends behind the last character of its source.
    EndsBeyondText = "R235", Error;
    /// A statement names whose view it is and has no perspective: it would count as the speaker's own.
    OwnerWithoutPerspective = "R236", Error;
    /// A choice of `robustness`, or a way to make it, that the study does not offer.
    UnknownChoice = "R240", Error;
    /// An analysis is asked for in another version, or as another library, than there is.
    OtherAnalysis = "R241", Error;
    /// A plugin that you trust is not used, because an analysis that comes with the program or a
    /// script of the study has its id.
    HiddenPlugin = "R242", Warning;

    /// The name of a column says that it holds names, addresses or numbers of people.
    PersonalColumn = "C301", Error;
    /// A value looks like a name, an e-mail address, a phone number, a BSN or an IBAN.
    PersonalValue = "C302", Error;
    /// A text speaks of somebody by a salutation and a name.
    NameInText = "C303", Warning;
    /// The consent of a participant has ended.
    ConsentExpired = "C310", Error;
    /// The consent of a participant ends within 90 days.
    ConsentEnds = "C311", Warning;
    /// A participant withdrew, and rows of theirs are left in a table.
    WithdrawnWithRows = "C312", Error;

    /// The header of a script, which says what the script is, is not as it should be.
    ScriptHeader = "P401", Error;
    /// A script is not written in the language of scripts: a bracket is missing, a name is unknown.
    ScriptSyntax = "P402", Error;
    /// A script stopped while it ran: a function that does not exist, a value of the wrong type.
    ScriptStopped = "P403", Error;
    /// A script went beyond a limit that keeps the machine safe, and was stopped.
    ScriptLimit = "P404", Error;
    /// A script asked for something that scripts cannot do, such as reading a file or the clock.
    ScriptForbidden = "P405", Error;
    /// A script imports a file that is not there, that is itself wrong, or that imports it in turn.
    ScriptImport = "P406", Error;

    /// A script calls a function that does not exist, or with another number of values than it takes.
    ScriptCall = "P411", Error;
    /// A script reads a property that nothing has, and that looks like a slip of one that exists.
    ScriptProperty = "P412", Warning;
    /// A script names a template, a caveat, a word or a parameter that its header does not declare.
    ScriptUndeclared = "P413", Error;
    /// A script names a column, a value or an id that does not exist.
    ScriptName = "P414", Error;
    /// A template shows a `{name}` that the script never fills.
    ScriptUnfilled = "P415", Error;
    /// A script ends with something that is no finding.
    ScriptEnding = "P416", Error;
    /// The header of a script declares something that the script never uses, or the script gives a
    /// finding a value that no template shows.
    ScriptUnused = "P417", Warning;
    /// A text of a script's header lacks a language that its other texts have.
    ScriptLanguage = "P418", Warning;
    /// A line of a script can never run, because the one above it ends the script, the function or
    /// the loop.
    ScriptUnreachable = "P419", Warning;

    /// `study.lock` cannot be read, so nobody knows from which files the accepted findings were made.
    LockUnreadable = "V501", Error;
    /// A file of accepted findings cannot be read.
    AcceptedUnreadable = "V502", Error;
    /// Accepted findings are not those that `study.lock` knows: they were edited, or an acceptance was
    /// interrupted.
    AcceptedEdited = "V503", Warning;
    /// `study.lock` knows of accepted findings whose file is not there.
    AcceptedMissing = "V504", Error;
    /// A file among the accepted findings that `study.lock` does not know.
    AcceptedStray = "V505", Warning;
    /// What was kept of the tables is not what `study.lock` knows, so that causes are told by file.
    KeptEdited = "V506", Warning;
}

impl Kind {
    /// Whether a problem of this kind is about an entry of `analyses`, and leaves that one out.
    #[must_use]
    pub fn leaves_out(self) -> bool {
        matches!(self, Self::UnknownAnalysis | Self::BadParameters | Self::OtherAnalysis)
    }

    /// Whether a problem of this kind can stand in `claims.csv`. There it costs the claims that it is
    /// about, and the study is analysed all the same.
    #[must_use]
    pub fn may_be_about_claims(self) -> bool {
        let of_other_files = matches!(
            self,
            Self::MissingFile
                | Self::UnknownFile
                | Self::NotYaml
                | Self::BadDate
                | Self::YamlSurprise
                | Self::TooDeep
        );
        let named = matches!(
            self,
            Self::UnknownRole | Self::UnknownCode | Self::UnknownBearer | Self::DuplicateId
        );
        match self.code().as_bytes() {
            [b'F' | b'S', ..] => !of_other_files,
            [b'P', ..] => true,
            _ => named || self == Self::NamesNobody,
        }
    }
}

/// A change that cannot do harm and mends the problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What takes the place of the value at every spot of the problem.
    pub replacement: String,
}

/// One thing that is wrong with a study, written for a researcher.
///
/// A problem never holds a cell of a text column (notes, conditions, quotations): ids, names of
/// columns and allowed values only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Which kind of problem; gives the code and the severity.
    pub kind: Kind,
    /// The whole sentence, without its place and without a full stop.
    pub message: String,
    /// Where it stands. The same problem in forty cells is one problem with forty spots.
    pub spots: Vec<Spot>,
    /// A few words to stand under the first spot.
    pub label: String,
    /// Another place that explains this one, such as where a role is defined.
    pub related: Option<(Spot, String)>,
    /// What to do about it.
    pub help: Option<String>,
    /// A safe correction, where exactly one is likely.
    pub fix: Option<Fix>,
}

impl Problem {
    /// A problem of `kind` at one spot; the rest is added with the other methods.
    #[must_use]
    pub fn new(kind: Kind, spot: Spot, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            spots: vec![spot],
            label: String::new(),
            related: None,
            help: None,
            fix: None,
        }
    }

    /// A few words to stand under the first spot.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// What to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Another place that explains this one.
    #[must_use]
    pub fn related(mut self, spot: Spot, label: impl Into<String>) -> Self {
        self.related = Some((spot, label.into()));
        self
    }

    /// A safe correction and the help that proposes it.
    #[must_use]
    pub fn suggest(mut self, replacement: Option<String>) -> Self {
        if let Some(replacement) = replacement {
            self.help = Some(format!("did you mean `{replacement}`?"));
            self.fix = Some(Fix { replacement });
        }
        self
    }

    /// How bad it is.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.kind.severity()
    }

    /// Whether it keeps the study from being read: what is wrong with a claim costs that claim.
    #[must_use]
    pub fn stops_study(&self) -> bool {
        let about_claims = |spot: &Spot| spot.file() == StudyFile::Claims;
        let only_claims = !self.spots.is_empty() && self.spots.iter().all(about_claims);
        self.kind.stops_study() && !only_claims
    }
}
