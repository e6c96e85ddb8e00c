//! Which text files does the repository hold, and which words stand in them?

use std::fs;
use std::path::Path;

/// A text file of the repository.
pub(crate) struct Page {
    /// The path from the root, with `/`.
    pub(crate) path: String,
    /// All it says.
    pub(crate) text: String,
}

/// The repository's root.
pub(crate) fn repository() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here)
}

/// Every text file that belongs to the repository, in the order of their paths.
pub(crate) fn pages() -> Vec<Page> {
    let mut pages = Vec::new();
    read(repository(), "", &mut pages);
    pages.sort_by(|a, b| a.path.cmp(&b.path));
    pages
}

/// The page at `path`, which must be there.
pub(crate) fn page<'a>(pages: &'a [Page], path: &str) -> &'a Page {
    pages.iter().find(|page| page.path == path).unwrap_or_else(|| panic!("{path} is missing"))
}

impl Page {
    /// The parts of the path.
    pub(crate) fn rooms(&self) -> Vec<&str> {
        self.path.split('/').collect()
    }

    /// The text before its tests.
    pub(crate) fn product(&self) -> &str {
        self.text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default()
    }

    /// Whether somebody wrote it in Rust or Rhai.
    pub(crate) fn is_code(&self) -> bool {
        self.path.ends_with(".rs") || self.path.ends_with(".rhai")
    }
}

/// Rust with every comment and every text taken out.
pub(crate) fn without_comments_and_strings(code: &str) -> String {
    let mut kept = String::new();
    let mut rest = code;
    while let Some(first) = rest.chars().next() {
        let hashes = rest[first.len_utf8()..].chars().take_while(|c| *c == '#').count();
        let raw = first == 'r' && rest[1 + hashes..].starts_with('"');
        let skip = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if raw && !kept.ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            let end = format!("\"{}", "#".repeat(hashes));
            let start = hashes + 2;
            rest[start..].find(&end).map_or(rest.len(), |at| start + at + end.len())
        } else if first == '"' {
            quoted(rest)
        } else if rest.starts_with("'\"'") {
            3
        } else {
            kept.push(first);
            rest = &rest[first.len_utf8()..];
            continue;
        };
        kept.push(' ');
        rest = &rest[skip..];
    }
    kept
}

/// The words of code: letters, digits and `_` together.
pub(crate) fn words(code: &str) -> impl Iterator<Item = &str> {
    code.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

/// The words a name is made of, in small letters: `load_dataset` and `LoadDataset` have two.
pub(crate) fn parts(name: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    for c in name.chars() {
        let starts = !c.is_alphanumeric() || c.is_uppercase();
        if starts && parts.last().is_some_and(|part| !part.is_empty()) {
            parts.push(String::new());
        }
        if let (true, Some(part)) = (c.is_alphanumeric(), parts.last_mut()) {
            part.extend(c.to_lowercase());
        }
    }
    parts
}

/// The length of the text literal that `code` starts with.
fn quoted(code: &str) -> usize {
    let mut escaped = false;
    for (at, c) in code.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    code.len()
}

fn read(folder: &Path, path: &str, pages: &mut Vec<Page>) {
    // Built, or faulty on purpose.
    let left_out = ["target", ".git", "out", "tests/faults", "Cargo.lock"];
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if path.is_empty() { name.clone() } else { format!("{path}/{name}") };
        if left_out.iter().any(|left| *left == name || *left == path) {
            continue;
        }
        if entry.path().is_dir() {
            read(&entry.path(), &path, pages);
        } else if let Ok(text) = fs::read_to_string(entry.path()) {
            pages.push(Page { path, text });
        }
    }
}
