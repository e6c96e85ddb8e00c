//! What does a researcher read of why analyses ran, and is it right whatever was asked for?

#[path = "harm/study.rs"]
#[expect(dead_code, reason = "nothing is harmed here")]
mod study;

use std::fs;
use std::path::Path;

use study::{ran, say, study, written};

/// What a command says on standard output of why it did what, and where its files are.
fn told(folder: &Path, words: &[&str]) -> String {
    let output = ran(folder, words);
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{errors}");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let about = ["ran", "unchanged", "analyses", "report"];
    let lines = text.lines().filter(|line| {
        let mut words = line.split_whitespace();
        let first = words.next().unwrap_or_default();
        ["analyses", "report"].contains(&first) && line.starts_with(first)
            || words.next().is_some_and(|second| about[..2].contains(&second))
    });
    let lines: String = lines.map(|line| format!("{line}\n")).collect();
    let lines = lines.replace(&folder.display().to_string(), "[study]");
    format!("$ parallax {}\n{lines}\n", words.join(" "))
}

#[test]
fn a_run_says_why_each_analysis_ran() {
    let folder = study();
    let folder = folder.path();
    let change = |name: &str, from: &str, to: &str| {
        let text = fs::read_to_string(folder.join(name)).expect("read");
        assert!(text.contains(from));
        fs::write(folder.join(name), text.replace(from, to)).expect("written");
    };
    let mut page = told(folder, &["run", "--why"]);
    page.push_str(&told(folder, &["run"]));
    page.push_str(&told(folder, &["run", "--why"]));
    change("scripts/own.rhai", "1.0.0", "1.1.0");
    page.push_str(&told(folder, &["run"]));
    change("study.yaml", "use: duty-claims", "use: duty-claims, parameters: { modality: right }");
    page.push_str(&told(folder, &["run", "--why"]));
    say(folder, 1);
    page.push_str(&told(folder, &["run", "--why", "--only", "own"]));
    page.push_str(&told(folder, &["run", "--why"]));
    page.push_str(&told(folder, &["run", "--one-reading", "--why"]));
    page.push_str(&told(folder, &["run", "--fresh", "--why"]));
    page.push_str(&told(folder, &["run", "--fresh"]));
    insta::assert_snapshot!(page);
    let json = ran(folder, &["run", "--why", "--format", "json"]).stdout;
    insta::assert_snapshot!(String::from_utf8_lossy(&json));
}

#[test]
fn other_commands_are_right_with_what_a_run_keeps() {
    let folder = study();
    let folder = folder.path();
    let mappings = "mappings:\n- { id: a, titles: { coach: coach, teacher: teacher } }\n\
                    - { id: b, titles: { coach: teacher, teacher: coach } }\n";
    let text = fs::read_to_string(folder.join("study.yaml")).expect("read");
    fs::write(folder.join("study.yaml"), format!("{text}{mappings}")).expect("written");
    let commands: [&[&str]; 4] =
        [&["run"], &["run", "--mapping", "b"], &["robustness"], &["run", "--mapping", "a"]];
    let each = |fresh: bool| {
        let mut files = Vec::new();
        for command in commands {
            if fresh {
                fs::remove_dir_all(folder.join("out")).expect("removed");
            }
            let output = ran(folder, command);
            assert!(output.status.success(), "{command:?}");
            let mut now = written(folder);
            now.retain(|name, _| !name.starts_with("out/cache/"));
            files.push(now);
        }
        files
    };
    // The second time nothing has changed, and the third time something has.
    each(false);
    each(false);
    say(folder, 1);
    let changed = each(false);
    let fresh = each(true);
    for ((command, mut changed), fresh) in commands.iter().zip(changed).zip(fresh) {
        changed.retain(|name, _| fresh.contains_key(name));
        assert!(changed == fresh, "{command:?}");
    }
}
