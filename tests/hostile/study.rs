//! Which study tries everything to have its library loaded?

use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use crate::compiled::library;

/// The id under which the library is a plugin.
pub(crate) const ID: &str = "count-in-c";

/// The tables of a small study that has every file there can be.
pub(crate) const TABLES: [(&str, &str); 11] = [
    (
        "participants.csv",
        "id,case,title,pseudonym,consent,consent_until,notes\n\
         C1,n,coach,Ada,public,,a\n\
         C2,s,coach,Bea,public,,b\n\
         T1,n,teacher,Cas,public,,c\n\
         T2,s,teacher,Dik,public,,d\n",
    ),
    (
        "codes.csv",
        "id,label,parent,definition,rq\n\
         plan,Planning,,What is planned,RQ1\n\
         log,Log,,,RQ1\n",
    ),
    (
        "statements.csv",
        "id,speaker,code,modality,bearer,counterparty,condition,source,excerpt,note\n\
         s1,C1,plan,duty,self,,when asked,i1,e1,a\n\
         s2,T1,plan,duty,coach,,,i2,,b\n",
    ),
    (
        "cases.csv",
        "id,label,parent,notes\n\
         n,North,,a\n\
         s,South,,b\n",
    ),
    (
        "sources.csv",
        "id,type,participants,label,interviewer\n\
         i1,interview,C1,One,I\n\
         i2,interview,T1,Two,I\n",
    ),
    (
        "excerpts.csv",
        "id,source,text,codes\n\
         e1,i1,We plan it,plan\n",
    ),
    (
        "coverage.csv",
        "participant,code,status,note\n\
         C1,log,asked,a\n",
    ),
    (
        "constraints.csv",
        "id,code,members,min,max,note\n\
         k1,log,C1,0,1,a\n",
    ),
    (
        "claims.csv",
        "id,section,text,kind,code,expected,script\n\
         q1,a,One plans,count,plan,1,\n",
    ),
    (
        "events.csv",
        "id,source,act,actor,storyline\n\
         v1,i1,claim,C1,What\n",
    ),
    (
        "notes.csv",
        "id,text\n\
         x,y\n",
    ),
];

/// A computer with a user who trusts nothing, and a hostile study on it.
pub(crate) struct Hostile {
    folder: TempDir,
    /// The library in the study.
    pub(crate) library: PathBuf,
    /// How often anything of it opened the pipe.
    opened: Arc<AtomicUsize>,
}

/// Makes a pipe and counts how often somebody opens it to read.
fn watched(pipe: &Path) -> Arc<AtomicUsize> {
    rustix::fs::mkfifoat(rustix::fs::CWD, pipe, rustix::fs::Mode::RWXU).expect("made");
    let opened = Arc::<AtomicUsize>::default();
    let (pipe, counted) = (pipe.to_owned(), Arc::clone(&opened));
    // Opening it to write waits for a reader. Who waits when the test is over goes with it.
    thread::spawn(move || {
        while fs::OpenOptions::new().write(true).open(&pipe).is_ok() {
            counted.fetch_add(1, Ordering::SeqCst);
        }
    });
    opened
}

impl Hostile {
    /// The study, with its library wherever somebody could look for one.
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let study = folder.path().join("study");
        let marker = folder.path().join("marker");
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let counting = here.join("../engine/tests/in_c/count_in_c.c");
        let flags = [
            format!("-DMARKER=\"{}\"", marker.display()),
            format!("-DCOUNTING=\"{}\"", counting.display()),
        ];
        let source = here.join("../../tests/hostile/marking.c");
        let flags: Vec<&str> = flags.iter().map(String::as_str).collect();
        fs::create_dir_all(study.join("plugins")).expect("made");
        let made = library(&study.join("plugins"), &source, ID, &flags);
        let opened = watched(&marker);
        let hostile = Self { folder, library: made, opened };
        for (name, text) in TABLES {
            fs::write(study.join(name), text).expect("written");
        }
        hostile.write_settings(&hostile.settings());
        hostile.scatter();
        hostile.pretend();
        hostile
    }

    pub(crate) fn study(&self) -> PathBuf {
        self.folder.path().join("study")
    }

    /// Whether anything of the library ran; asked once, it is forgotten.
    pub(crate) fn has_run(&self) -> bool {
        if self.opened.load(Ordering::SeqCst) == 0 {
            return false;
        }
        // Whoever waits at the pipe may not have been told of the last time yet.
        thread::sleep(Duration::from_millis(300));
        self.opened.swap(0, Ordering::SeqCst) > 0
    }

    /// The same where it has to be: it may take a moment until it is seen.
    pub(crate) fn runs(&self) -> bool {
        (0..500).any(|_| {
            thread::sleep(Duration::from_millis(20));
            self.has_run()
        })
    }

    /// Every way to say where the library is.
    pub(crate) fn paths(&self) -> Vec<String> {
        let name = file_name(ID);
        let absolute = self.library.display().to_string();
        vec![
            absolute.clone(),
            format!("./plugins/{name}"),
            format!("../study/plugins/{name}"),
            format!("plugins/../plugins/{name}"),
            format!("file://{absolute}"),
            name,
            "link.so".to_owned(),
            "../escape.so".to_owned(),
        ]
    }

    /// What study.yaml says: it asks for the library by name and by every path.
    pub(crate) fn settings(&self) -> Json {
        let mut analyses = vec![
            json!({ "use": ID }),
            json!({ "use": "expectation-mismatch", "parameters": {} }),
            json!({ "use": "expectation_mismatch" }),
            json!({ "use": "role-consensus" }),
        ];
        analyses.extend(self.paths().iter().map(|path| json!({ "use": path })));
        json!({
            "title": "T",
            "id": "hostile",
            "language": "en",
            "citation": "C",
            "description": "D",
            "license": "CC-BY-4.0",
            "authors": [{ "given": "Ada", "family": "Lovelace", "affiliation": "A" }],
            "questions": { "RQ1": "Who?" },
            "roles": [{ "id": "coach", "label": "coach", "aliases": ["c"] }, { "id": "teacher" }],
            "mappings": [{ "id": "m", "why": "w", "titles": { "coach": "coach" } }],
            "alternatives": [],
            "hidden": ["nobody"],
            "quantifiers": { "several": "2.." },
            "analyses": analyses,
        })
    }

    pub(crate) fn write_settings(&self, settings: &Json) {
        fs::write(self.study().join("study.yaml"), settings.to_string()).expect("written");
    }

    /// Copies and links, named after what the study asks for.
    fn scatter(&self) {
        let study = self.study();
        let folders =
            ["", "scripts", "scripts/shared", ".parallax", "out", "out/cache", "findings"];
        for folder in folders {
            fs::create_dir_all(study.join(folder)).expect("made");
            for id in [ID, "expectation-mismatch", "role-consensus"] {
                fs::copy(&self.library, study.join(folder).join(file_name(id))).expect("copied");
            }
        }
        // What the loader itself would look for, beside a system library's name.
        for name in ["libc.so.6", "libm.so.6", "libgcc_s.so.1", "libm.dylib"] {
            fs::create_dir_all(study.join("lib")).expect("made");
            fs::copy(&self.library, study.join("lib").join(name)).expect("copied");
        }
        symlink(&self.library, study.join("link.so")).expect("linked");
        symlink(&self.library, self.folder.path().join("escape.so")).expect("linked");
        fs::write(
            study.join("settings.toml"),
            format!("[plugins]\nload = \"{}\"\n", self.library.display()),
        )
        .expect("written");
    }

    /// The library as a script of the study.
    pub(crate) fn link_script(&self) {
        symlink(&self.library, self.study().join("scripts/linked.rhai")).expect("linked");
    }

    /// What looks like trust, kept results and accepted findings.
    fn pretend(&self) {
        let study = self.study();
        let bytes = fs::read(&self.library).expect("read");
        let sha256: String =
            Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        let manifest = json!({ "id": ID, "version": "1.0.0", "title": "T", "question": "Q?",
            "method": "M", "templates": {} });
        let sidecar = json!({ "schema_version": 1, "id": ID, "version": "1.0.0", "sha256": sha256,
            "size": bytes.len(), "abi": [1, 1], "model_version": 1,
            "platform": format!("{}_{}", std::env::consts::OS, std::env::consts::ARCH),
            "origin": self.library, "trusted": "2026-11-27", "serial": 1, "program": "0.1.0",
            "manifest": manifest });
        for store in
            ["plugins", "parallax/plugins", ".local/share/parallax/plugins", ".parallax/plugins"]
        {
            let folder = study.join(store).join(&sha256);
            fs::create_dir_all(&folder).expect("made");
            fs::copy(&self.library, folder.join(file_name(ID))).expect("copied");
            fs::write(folder.join("plugin.json"), sidecar.to_string()).expect("written");
        }
        let lock = format!(
            "lock-version = 1\n[engine]\nname = \"parallax\"\nversion = \"0.1.0\"\nnumeric = 1\n\
             [study]\nsettings = \"\"\nseed = 0\n[[analysis]]\nname = \"{ID}\"\nversion = \"1.0.0\"\n\
             source = \"plugin\"\nsha256 = \"{sha256}\"\n[[analysis]]\nname = \"x\"\n\
             version = \"{path}\"\nsource = \"{path}\"\n[[input]]\npath = \"{path}\"\n\
             text-sha256 = \"{sha256}\"\n",
            path = self.library.display()
        );
        fs::write(study.join("study.lock"), lock).expect("written");
        let accepted = study.join("findings/accepted");
        fs::create_dir_all(&accepted).expect("made");
        let path = self.library.display();
        fs::write(accepted.join(format!("{ID}.json")), format!("{{\"analysis\":\"{path}\"}}"))
            .expect("written");
        fs::write(study.join("out/cache/outcomes"), format!("{path}\n{sha256}\n"))
            .expect("written");
    }

    /// The program of a user who trusts nothing, in the study. `LD_PRELOAD` is left alone: who sets
    /// it for the program decides what the system loads into it, and that is the user.
    pub(crate) fn parallax(&self, words: &[&str]) -> Command {
        let (home, study) = (self.folder.path().join("home"), self.study());
        let searched = [study.clone(), study.join("lib"), study.join("plugins")];
        let mut command = Command::new(env!("CARGO_BIN_EXE_parallax"));
        command
            .current_dir(&study)
            .env("HOME", &home)
            .env_remove("XDG_DATA_HOME")
            .env_remove("XDG_CONFIG_HOME")
            .args(["--today", "2026-11-27"])
            .args(words)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        // A search path that holds a library of the system's name would be the user's own doing.
        let own = [&searched[0], &searched[2]];
        command.env("LD_LIBRARY_PATH", std::env::join_paths(own).expect("paths"));
        command.env("DYLD_FALLBACK_LIBRARY_PATH", std::env::join_paths(own).expect("paths"));
        command
    }
}

/// The file of a library with this id.
fn file_name(id: &str) -> String {
    format!("{DLL_PREFIX}{}{DLL_SUFFIX}", id.replace('-', "_"))
}
