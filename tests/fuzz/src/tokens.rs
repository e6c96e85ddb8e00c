//! Of which pieces is a script made, so that it can be taken apart and put together otherwise?

/// How deep brackets are followed; what nests deeper is kept as single signs.
const DEEPEST: usize = 200;

/// A script in its two halves.
#[derive(Clone, Debug, Default)]
pub struct Script {
    /// The lines of the header, each with its `//!`.
    pub header: Vec<String>,
    /// What runs.
    pub body: Vec<Node>,
}

/// One piece of a script.
#[derive(Clone, Debug)]
pub enum Node {
    /// A name, a number, a text, a sign or a comment.
    Leaf(Kind, String),
    /// What stands between two brackets, with the brackets.
    Group(String, Vec<Node>, String),
}

/// What a single piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A name or a word of the language.
    Name,
    /// A number.
    Number,
    /// A text between quotation marks of any kind.
    Text,
    /// A sign, such as `+=`.
    Sign,
    /// A comment, with the end of its line.
    Comment,
}

/// The longest come first.
const SIGNS: &[&str] = &[
    "<<=", ">>=", "**=", "..=", "===", "!==", "&&", "||", "==", "!=", "<=", ">=", "+=", "-=", "*=",
    "/=", "%=", "|=", "&=", "^=", "<<", ">>", "**", "..", "::", "=>", "->", "??", "?.", "#{",
];

impl Script {
    /// Takes a text apart.
    #[must_use]
    pub fn read(source: &str) -> Self {
        let header: Vec<String> =
            source.lines().take_while(|line| line.starts_with("//!")).map(str::to_owned).collect();
        let above: usize = source.split_inclusive('\n').take(header.len()).map(str::len).sum();
        Self { header, body: read(&source[above..]) }
    }

    /// Puts it together again.
    #[must_use]
    pub fn write(&self) -> String {
        let mut text = String::new();
        for line in &self.header {
            text.push_str(line);
            text.push('\n');
        }
        write(&self.body, &mut text);
        text
    }
}

/// The pieces of a text.
#[must_use]
pub fn read(text: &str) -> Vec<Node> {
    let mut open: Vec<(String, Vec<Node>)> = vec![(String::new(), Vec::new())];
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if first.is_whitespace() {
            rest = &rest[first.len_utf8()..];
            continue;
        }
        let (kind, length) = next(rest, first);
        let (token, after) = rest.split_at(length.max(first.len_utf8()).min(rest.len()));
        rest = after;
        match token {
            "(" | "[" | "{" | "#{" if open.len() < DEEPEST => {
                open.push((token.to_owned(), Vec::new()));
            }
            ")" | "]" | "}" if open.len() > 1 => {
                let (start, inner) = open.pop().unwrap_or_default();
                push(&mut open, Node::Group(start, inner, token.to_owned()));
            }
            _ => push(&mut open, Node::Leaf(kind, token.to_owned())),
        }
    }
    // What is never closed stays so.
    while open.len() > 1 {
        let (start, inner) = open.pop().unwrap_or_default();
        push(&mut open, Node::Group(start, inner, String::new()));
    }
    open.pop().map(|(_, nodes)| nodes).unwrap_or_default()
}

fn push(open: &mut [(String, Vec<Node>)], node: Node) {
    if let Some((_, nodes)) = open.last_mut() {
        nodes.push(node);
    }
}

/// What comes next, and how many bytes it has.
fn next(rest: &str, first: char) -> (Kind, usize) {
    let line = rest.find('\n').map_or(rest.len(), |at| at + 1);
    if rest.starts_with("//") {
        return (Kind::Comment, line);
    }
    if rest.starts_with("/*") {
        return (Kind::Comment, rest.find("*/").map_or(rest.len(), |at| at + 2));
    }
    if matches!(first, '"' | '`' | '\'') {
        return (Kind::Text, quoted(rest, first));
    }
    if first.is_alphabetic() || first == '_' {
        let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_'));
        return (Kind::Name, end.unwrap_or(rest.len()));
    }
    if first.is_ascii_digit() {
        return (Kind::Number, number(rest));
    }
    let sign = SIGNS.iter().find(|sign| rest.starts_with(**sign));
    (Kind::Sign, sign.map_or(first.len_utf8(), |sign| sign.len()))
}

fn number(rest: &str) -> usize {
    let digit = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let whole = rest.find(|c: char| !digit(c)).unwrap_or(rest.len());
    let after =
        rest[whole..].strip_prefix('.').filter(|t| t.starts_with(|c: char| c.is_ascii_digit()));
    after.map_or(whole, |after| whole + 1 + after.find(|c: char| !digit(c)).unwrap_or(after.len()))
}

/// A text with what is worked out within it: `a ${b} c`.
fn quoted(rest: &str, mark: char) -> usize {
    let (mut escaped, mut within) = (false, 0_usize);
    let mut before = ' ';
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' if mark != '`' => escaped = true,
            '{' if mark == '`' && (before == '$' || within > 0) => within += 1,
            '}' if within > 0 => within -= 1,
            c if c == mark && within == 0 => return at + c.len_utf8(),
            '\n' if mark == '\'' => return at,
            _ => {}
        }
        before = c;
    }
    rest.len()
}

/// Writes pieces with blanks between them, and a line for each statement.
pub fn write(nodes: &[Node], text: &mut String) {
    for node in nodes {
        match node {
            Node::Leaf(_, token) => token_on(token, text),
            Node::Group(open, inner, close) => {
                token_on(open, text);
                if open == "{" && !inner.is_empty() {
                    text.push('\n');
                }
                write(inner, text);
                text.push_str(close);
                if close == "}" && open == "{" {
                    text.push('\n');
                }
            }
        }
    }
}

fn token_on(token: &str, text: &mut String) {
    let tight = text.ends_with(|c: char| c.is_whitespace() || "([{.!:".contains(c));
    let joins = matches!(token, "." | "," | ";" | "(" | "[" | "?." | "::" | ":");
    let joins = joins && !text.ends_with(['=', '|', '&']);
    if !(text.is_empty() || tight || joins) {
        text.push(' ');
    }
    text.push_str(token);
    if token == ";" {
        text.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_is_put_together_as_it_was_apart_from_blanks() {
        let source = "//! A?\n//! ---\nlet a = [1, 2.5, 0..3].map(|x| `n ${x + \"}\"} é`);\nif a { b } else { c }\n";
        let once = Script::read(source).write();
        assert_eq!(Script::read(&once).write(), once);
        let plain = |text: &str| text.split_whitespace().collect::<String>();
        assert_eq!(plain(&once), plain(source));
    }

    #[test]
    fn what_is_not_closed_is_read_to_its_end() {
        for text in ["(", "\"a", "`a ${", "'", "}", "/*", "#{ a: [", "é日\u{0}"] {
            let mut written = String::new();
            write(&read(text), &mut written);
            assert_eq!(written.split_whitespace().collect::<String>(), text.replace(' ', ""));
        }
    }
}
