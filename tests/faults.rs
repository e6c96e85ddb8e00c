//! What does a researcher read when something is wrong with a study?
//!
//! Every folder of `tests/faults` is a small study with one fault, and its snapshot is the text
//! that a researcher reads. A new folder is a new test.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use parallax_engine::check::{Look, check_folder, full, github, json, mend, short};
use parallax_engine::consent::judge;

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests")
}

fn names(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).expect("the folder is there").flatten();
    entries.filter_map(|entry| entry.file_name().into_string().ok()).collect()
}

#[test]
fn every_fault_reads_as_its_snapshot() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(tests().join("snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let folders = names(&tests().join("faults"));
    for name in &folders {
        let folder = tests().join("faults").join(name);
        let mut checked = check_folder(&folder);
        // Some things are wrong on one day only; a folder says which day it is.
        if let Ok(today) = fs::read_to_string(folder.join("today")) {
            judge(&mut checked, today.trim().parse().expect("a day"));
        }
        let text = match checked.counts_of_day() {
            (0, 0) => "no problems".to_owned(),
            _ => full(&checked, Look::default()),
        };
        settings.bind(|| insta::assert_snapshot!(format!("fault__{name}"), text));
    }
    let snapshots = names(&tests().join("snapshots"));
    let known =
        snapshots.iter().filter_map(|file| file.strip_prefix("fault__")?.strip_suffix(".snap"));
    let gone: Vec<&str> = known.filter(|name| !folders.contains(*name)).collect();
    assert!(gone.is_empty(), "snapshots without a folder: {gone:?}");
    assert!(folders.len() >= 36, "only {} kinds of fault", folders.len());
}

/// A study without a fault, in a temporary folder, for faults that are made while the test runs.
fn sound_study() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let from = tests().join("faults/yaml-no-and-010-stay-text");
    for name in names(&from) {
        fs::copy(from.join(&name), folder.path().join(&name)).expect("copied");
    }
    folder
}

fn short_lines(folder: &Path) -> String {
    short(&check_folder(folder))
}

#[test]
fn a_sound_study_has_no_problem_and_a_hash_for_each_file() {
    let folder = sound_study();
    let checked = check_folder(folder.path());
    assert_eq!(short(&checked), "");
    assert!(checked.study.is_some());
    assert!(checked.sources.iter().all(|source| source.sha256.len() == 64));
}

#[test]
fn a_cell_of_200_megabytes_is_refused_where_it_starts() {
    let folder = sound_study();
    let mut table = b"id,speaker,text\nx1,N1,\"".to_vec();
    table.resize(200 << 20, b'a');
    table.extend(b"\"\n");
    fs::write(folder.path().join("excerpts.csv"), table).expect("written");
    insta::assert_snapshot!(short_lines(folder.path()), @"excerpts.csv:2:7 (cell C2): error[F009]: a cell of excerpts.csv is larger than 16 MiB; a cell holds one value or one passage; look for a quotation mark that should not be there, and keep whole documents outside the tables");
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_folder_is_not_followed() {
    let (folder, elsewhere) = (sound_study(), tempfile::tempdir().expect("a temporary folder"));
    fs::write(elsewhere.path().join("codes.csv"), "id\ncare\n").expect("written");
    fs::remove_file(folder.path().join("codes.csv")).expect("removed");
    std::os::unix::fs::symlink(elsewhere.path().join("codes.csv"), folder.path().join("codes.csv"))
        .expect("linked");
    insta::assert_snapshot!(short_lines(folder.path()), @"codes.csv: error[F003]: codes.csv is a link to a file outside the study folder; copy the file into the study folder: a study is complete in its folder");
}

#[test]
fn problems_have_four_forms() {
    let checked = check_folder(&tests().join("faults/several-problems"));
    let json = serde_json::to_string_pretty(&json(&checked)).expect("JSON");
    let ascii = full(&checked, Look { ascii: true, ..Look::default() });
    let text = [short(&checked), github(&checked), json, ascii].join("\n\n");
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(tests().join("snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("forms-of-problems", text));
}

#[test]
fn safe_fixes_mend_what_they_are_about_and_nothing_else() {
    let folder = sound_study();
    let write = |name: &str, bytes: &[u8]| {
        fs::write(folder.path().join(name), bytes).expect("written");
    };
    write(
        "participants.csv",
        b"\xef\xbb\xbfid,Case,title\r\nN1,north,Charge nurse\r\nN2,north,\"Registrar\"\r\n",
    );
    write("codes.csv", b"id,parent\ncare.plan,\ncare.round,\n");
    write("statements.csv", b"id,speaker,code,modality,bearer\ns1,N1,\"care.paln\",Duty,self\ns2,N2,care.round,duty,nruse\n");
    write("constraints.csv", b"id,code,members,min\nk1,care.plan,N1 N2,1\n");
    let before = check_folder(folder.path());
    let mended = mend(&before);
    let text: String = mended
        .iter()
        .map(|file| format!("{}: {:#?}\n{}\n", file.file, file.changes, file.contents))
        .collect();
    insta::assert_snapshot!(text, @r#"
    participants.csv: [
        "written in UTF-8 without a byte order mark",
        "cell B1: `case`",
    ]
    id,case,title
    N1,north,Charge nurse
    N2,north,"Registrar"

    statements.csv: [
        "cell C2: `care.plan`",
        "cell D2: `duty`",
        "cell E3: `nurse`",
    ]
    id,speaker,code,modality,bearer
    s1,N1,care.plan,duty,self
    s2,N2,care.round,duty,nurse
    "#);
    for file in &mended {
        write(&file.file, file.contents.as_bytes());
    }
    insta::assert_snapshot!(short_lines(folder.path()), @"");
}

/// Everything that is traced in this process.
#[derive(Clone, Default)]
struct Traced(Arc<Mutex<Vec<u8>>>);

impl Write for Traced {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("no writer panicked").extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Tables in which `~` stands for somebody's words, and everything else is of the wrong form.
const BROKEN_IN_FORM: &[(&str, &str)] = &[
    (
        "participants.csv",
        "id,case,title,status,reason,story\n\
         N1,north,Nobody,excluded,,a long story about a ~ and more\n\
         N2,north,Registrar,included,~,~ ~ ~ ~\n\
         ,north,Registrar,out,~,he said ~ to her\n",
    ),
    (
        "codes.csv",
        "id,parent,definition,status,reason\ncare.plan,care,~,active,~\ncare.plan,,~,gone,~\n",
    ),
    (
        "statements.csv",
        "id,speaker,code,modality,bearer,stance,condition,note,start,remark\n\
         s1,N1,care.plna,dutty,self,affirm,~,~,,~\n\
         s2,N9,care.plan,duty,,mixed,,\"a,~\n~\",x,~\n\
         s 3,N1,care.plan,duty,self,affirm,~,~,,and, then ~\n\
         s4,N1,care.plan\n",
    ),
    ("excerpts.csv", "id,speaker,text,start,end\nx1,N7,~,9,4\nx2,N1,~,1,2,~\nx2,N1,\"~\",-1,2\n"),
    ("claims.csv", "id,text,kind,tolerance\nc1,~,counted,much\n"),
    ("coverage.csv", "participant,code,status,note\nN3,care,askd,~\n"),
    ("constraints.csv", "id;code;members;min;note\nk1,care,N1,1,~\n"),
    ("events.csv", "id,actor,act,storyline\ne1,N1,claims,\"never closed ~\n"),
];

/// Tables of the right form whose rows break the rules of a study.
const BROKEN_IN_RULES: &[(&str, &str)] = &[
    (
        "participants.csv",
        "id,case,title,status,reason\nN1,north,Nobody,included,~\nN2,north,Registrar,excluded,\n\
         N2,north,Registrar,excluded,~\n",
    ),
    ("codes.csv", "id,parent,definition,status,reason\ncare,care,~,removed,~\ncare,cure,~,,~\n"),
    (
        "statements.csv",
        "id,speaker,code,modality,bearer,stance,perspective,condition,note\n\
         s1,N1,care,duty,self,mixed,,,~\ns1,N9,care,duty,,affirm,1,~,~\n\
         s2,doc:d1,caer,view,nobody,affirm,,~,~\n",
    ),
    ("excerpts.csv", "id,speaker,codes,text,start,end\nx1,N7,caer,~,9,4\nx1,N1,care,~,1,2\n"),
    ("claims.csv", "id,text,kind,code\nc1,~,count,caer\n"),
    ("coverage.csv", "participant,code,status,note\nN1,care,asked,~\nN1,care,not_asked,~\n"),
    ("constraints.csv", "id,code,members,min,max,note\nk1,care,N1 N8,2,1,~\n"),
];

#[test]
fn nobodys_words_come_out() {
    const WORD: &str = "Xylofoon";
    let traced = Traced::default();
    let writer = traced.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish();
    tracing::subscriber::set_global_default(subscriber)
        .expect("no other subscriber in this process");
    for (study, least) in [(BROKEN_IN_FORM, 14), (BROKEN_IN_RULES, 10)] {
        let folder = sound_study();
        for (name, text) in study {
            fs::write(folder.path().join(name), text.replace('~', WORD)).expect("written");
        }
        let checked = check_folder(folder.path());
        assert!(checked.problems.len() >= least, "{}", short(&checked));
        let looks = [Look::default(), Look { colour: true, ascii: true, width: 300 }];
        let mut said: Vec<String> = looks.iter().map(|&look| full(&checked, look)).collect();
        said.extend([short(&checked), github(&checked), json(&checked).to_string()]);
        said.extend(mend(&checked).into_iter().flat_map(|mended| mended.changes));
        for text in said {
            assert!(!text.contains(WORD), "{text}");
        }
    }
    let traced =
        String::from_utf8_lossy(&traced.0.lock().expect("no writer panicked")).into_owned();
    assert!(traced.contains("study checked") && !traced.contains(WORD), "{traced}");
}

#[test]
fn nobodys_name_address_or_number_comes_out() {
    // What the fixtures hold of people; the names of two instruments stand for names.
    let personal =
        ["xylofoon", "tambourijn", "ward.example", "12345678", "1234567", "1112", "0417"];
    for name in ["personal-values", "personal-id", "name-in-a-text"] {
        let folder = tests().join("faults").join(name);
        let tables = ["participants.csv", "sources.csv", "statements.csv"];
        let texts = tables.map(|table| fs::read_to_string(folder.join(table)).unwrap_or_default());
        let text = texts.concat().to_lowercase();
        assert!(personal.iter().any(|word| text.contains(word)), "{name} holds nothing personal");
        let checked = check_folder(&folder);
        let looks = [Look::default(), Look { colour: true, ascii: true, width: 300 }];
        let mut said: Vec<String> = looks.iter().map(|&look| full(&checked, look)).collect();
        said.extend([short(&checked), github(&checked), json(&checked).to_string()]);
        for text in said {
            let shown = personal.iter().find(|word| text.to_lowercase().contains(*word));
            assert!(text.contains("C30") && shown.is_none(), "{name} shows {shown:?}: {text}");
        }
    }
}

#[test]
fn values_that_say_who_somebody_is_are_masked_in_every_other_message() {
    let folder = sound_study();
    let write = |name: &str, text: &str| {
        fs::write(folder.path().join(name), text).expect("written");
    };
    write(
        "participants.csv",
        "id,case,title,team\nN1,north,mevr. Xylofoon,+31 6 12345678\nN1,north,Registrar,x\n",
    );
    write("codes.csv", "id,parent\ncare.plan,\n");
    write(
        "statements.csv",
        "id,speaker,code,modality,bearer\n\
         s1,x@ward.example,care.plan,duty,self\ns2,N1,x@ward.example,duty,Mrs Xylofoon\n",
    );
    write("constraints.csv", "id,code,members,min\nk1,care.plan,x@ward.example,1\n");
    let checked = check_folder(folder.path());
    let said = [full(&checked, Look::default()), short(&checked), json(&checked).to_string()];
    for text in said {
        for word in ["Xylofoon", "x@ward", "12345678"] {
            assert!(!text.contains(word), "{word} is shown: {text}");
        }
        assert!(text.contains("unknown participant `…`"), "{text}");
    }
}
