//! Which small study is changed, and in which ways?

use std::fs;
use std::path::Path;

use proptest::prelude::*;

/// A small study as rows and settings; every change of a part of it is a study again.
#[derive(Clone, Debug)]
pub(crate) struct Small {
    people: Vec<[String; 4]>,
    codes: Vec<[String; 2]>,
    statements: Vec<[String; 8]>,
    coverage: Vec<[String; 3]>,
    claims: Option<Vec<[String; 6]>>,
    excerpts: usize,
    labels: [&'static str; 2],
    settings: [&'static str; 3],
    language: &'static str,
    seed: u8,
    comment: u8,
    linkage: &'static str,
    k: u8,
    /// What the study's own script says: a number, a comment, and what it shares with others.
    script: [u8; 3],
}

/// One change, in small numbers: what, where, and to what.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Edit {
    what: u8,
    at: u8,
    to: u8,
}

/// The last kind of change: what somebody says whom only another reading counts in. It comes more
/// often than the others, as nothing but the survey of readings sees it.
const LAST: u8 = 23;

pub(crate) fn edits() -> impl Strategy<Value = Edit> {
    let edit = |(what, at, to): (u8, u8, u8)| Edit { what: what.min(LAST), at, to };
    (0..LAST + 5, any::<u8>(), any::<u8>()).prop_map(edit)
}

impl Edit {
    /// Whether no analysis can see it.
    pub(crate) fn is_unseen(self) -> bool {
        matches!(self.what, 6 | 10)
    }
}

fn row<const N: usize>(cells: &str) -> [String; N] {
    let mut cells = cells.split(',').map(str::to_owned);
    std::array::from_fn(|_| cells.next().unwrap_or_default())
}

impl Small {
    pub(crate) fn new(claims: bool) -> Self {
        let people = ["C1,n,coach,old", "C2,s,coach,young", "T1,n,teacher,old", "T2,s,teacher,"];
        let statements = [
            "s1,C1,p.plan,duty,self,affirm,first words,ana",
            "s2,C2,p.plan,duty,self,deny,,bob",
            "s3,T1,p.plan,duty,coach,affirm,other words,ana",
            "s4,T2,p.log,right,self,affirm,,ana",
            "s5,C1,p.log,duty,teacher,affirm,,bob",
            "s6,O1,p.log,duty,self,affirm,,ana",
        ];
        let claims = claims.then(|| {
            ["K1,count,coach*,p.plan,affirm,2", "K2,count,*,p.log,affirm,1"].map(row).to_vec()
        });
        Self {
            people: people.into_iter().chain(["O1,n,other,old"]).map(row).collect(),
            codes: ["p,position", "p.plan,plan", "p.log,logbook"].map(row).to_vec(),
            statements: statements.map(row).to_vec(),
            coverage: ["*,p.plan,asked", "T1,p.log,asked"].map(row).to_vec(),
            claims,
            excerpts: 2,
            labels: ["Coach", "Teacher"],
            settings: ["unknown", "participant", "any"],
            language: "en",
            seed: 1,
            comment: 0,
            linkage: "average",
            k: 1,
            script: [1, 0, 0],
        }
    }

    /// The same after a change.
    pub(crate) fn changed(&self, Edit { what, at, to }: Edit) -> Self {
        let mut own = self.clone();
        let one = |of: &[&'static str]| of[usize::from(to) % of.len()];
        let place = |length: usize| usize::from(at) % length.max(1);
        let speaker = own.people[usize::from(to) % own.people.len()][0].clone();
        match what {
            0 => {
                let id = format!("n{at}x{to}");
                let code = own.codes[place(own.codes.len())][0].clone();
                let row = [id, speaker, code, one(&["duty", "right"]).into(), "self".into()];
                let [id, speaker, code, modality, bearer] = row;
                let rest = [one(&["affirm", "deny"]).into(), String::new(), "ana".into()];
                let [stance, note, coder] = rest;
                own.statements.retain(|row| row[0] != id);
                own.statements.push([id, speaker, code, modality, bearer, stance, note, coder]);
            }
            1 => {
                let place = place(own.statements.len());
                if let Some(row) = own.statements.get_mut(place) {
                    row[5] = one(&["affirm", "deny"]).into();
                }
            }
            2 if own.statements.len() > 1 => {
                drop(own.statements.remove(place(own.statements.len())));
            }
            3 => own.people[place(self.people.len())][1] = one(&["n", "s"]).into(),
            4 => {
                own.people[place(self.people.len())][2] =
                    one(&["coach", "teacher", "other"]).into();
            }
            5 => own.codes[place(self.codes.len())][1] = format!("label {to}"),
            6 => own.statements[place(self.statements.len())][6] = format!("words {at} {to}"),
            7 => own.linkage = one(&["average", "complete"]),
            8 => own.script[0] = to % 4,
            9 => own.script[1] = to,
            10 => own.comment = to,
            11 => own.coverage[place(self.coverage.len())][2] = one(&["asked", "not_asked"]).into(),
            12 => own.settings[0] = one(&["unknown", "asked"]),
            13 => own.settings[1] = one(&["participant", "role_at_case"]),
            14 => own.settings[2] = one(&["any", "all", "majority"]),
            15 => own.statements.reverse(),
            16 => {
                if let Some(claims) = &mut own.claims {
                    let place = place(claims.len());
                    claims[place][5] = (to % 4).to_string();
                }
            }
            17 => own.script[2] = to % 3,
            18 => own.people[place(self.people.len())][3] = one(&["old", "young", ""]).into(),
            19 => own.language = one(&["en", "nl"]),
            20 => own.k = to % 5,
            21 => own.labels[place(2)] = one(&["Coach", "Teacher", "Tutor"]),
            22 => own.seed = to,
            _ => {
                for row in own.statements.iter_mut().filter(|row| row[1] == "O1") {
                    row[2] = one(&["p.plan", "p.log"]).into();
                }
            }
        }
        own
    }

    /// Writes it into a folder.
    pub(crate) fn write(&self, folder: &Path) {
        let write = |name: &str, text: &str| {
            let path = folder.join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            fs::write(path, text).expect("written");
        };
        write("study.yaml", &self.settings());
        write("participants.csv", &table("id,case,title,age", &self.people));
        write("codes.csv", &table("id,label", &self.codes));
        let head = "id,speaker,code,modality,bearer,stance,note,coder";
        write("statements.csv", &table(head, &self.statements));
        write("coverage.csv", &table("participant,code,status", &self.coverage));
        let excerpts: Vec<[String; 3]> =
            (0..self.excerpts).map(|at| row(&format!("x{at},C1,p.plan"))).collect();
        write("excerpts.csv", &table("id,speaker,codes", &excerpts));
        if let Some(claims) = &self.claims {
            write("claims.csv", &table("id,kind,scope,code,state,expected", claims));
        }
        let [number, comment, shared] = self.script;
        write("scripts/own.rhai", &own_script(number, comment));
        let shared = format!("//! How many more?\nfn more(n) {{ n + {shared} }}\n");
        write("scripts/shared/counting.rhai", &shared);
    }

    fn settings(&self) -> String {
        let Self { settings: [coverage, unit, aggregation], labels, language, .. } = self;
        let Self { seed, comment, linkage, k, .. } = self;
        format!(
            "# comment {comment}\ntitle: T\nlanguage: {language}\nseed: {seed}\nroles:\n\
             - {{ id: coach, label: {} }}\n- {{ id: teacher, label: {} }}\n\
             coverage_default: {coverage}\nunit: {unit}\naggregation: {aggregation}\n\
             mappings:\n- {{ id: m, titles: {{ coach: coach, teacher: teacher, other: exclude }} }}\n\
             - {{ id: wide, titles: {{ coach: coach, teacher: teacher, other: coach }} }}\n\
             robustness: {{ defaults: false, choices: [{{ choice: mapping }}, \
             {{ choice: leave-out-participant, options: [C1, O1] }}] }}\n\
             analyses:\n- {{ use: own, parameters: {{ k: {k} }} }}\n\
             - {{ use: position-clusters, parameters: {{ linkage: {linkage} }} }}\n\
             - {{ use: expectation-mismatch }}\n- {{ use: duty-claims }}\n- {{ use: code-states }}\n",
            labels[0], labels[1]
        )
    }
}

/// Sees much of a reading: labels, columns of the study's own, claims, excerpts, and a shared file.
fn own_script(number: u8, comment: u8) -> String {
    format!(
        "//! How many? Numbers.\n//! ---\n//! version: 1.0.0\n//! title: T\n\
         //! parameters:\n//!   k: {{ type: integer, default: 1, help: A number. }}\n\
         //! templates:\n//!   all: {{ title: T, sentence: \"{{role}} of {{k}}: {{n}} and {{old}}.\" }}\n\
         //! words: {{ n: how many, old: the old ones, claims: claims }}\n\
         // comment {comment}\nimport \"shared/counting\" as counting;\nlet all = [];\n\
         for role in reading.roles() {{\n\
         let f = finding(role.id, \"all\");\nf.value(\"role\", text(role.label));\n\
         f.value(\"k\", parameters.k);\n\
         f.measure(\"n\", counting::more(reading.statements().count() + {number}));\n\
         f.measure(\"old\", reading.participants().filter(col(\"age\") == \"old\").count());\n\
         f.measure(\"claims\", reading.claims().count() + reading.excerpts().count());\n\
         f.no_evidence(\"counts\");\nall.push(f);\n}}\nall\n"
    )
}

fn table<const N: usize>(head: &str, rows: &[[String; N]]) -> String {
    let rows = rows.iter().map(|row| row.join(",") + "\n");
    format!("{head}\n{}", rows.collect::<String>())
}
