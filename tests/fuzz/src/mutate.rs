//! What else could a script say that is made of the same pieces?

use fastrand::Rng;

use crate::pieces::{HEADER, Pieces, VALUES, pieces, statements};
use crate::shapes::{AROUND, OPERATORS, SIGNS, WITHIN};
use crate::tokens::{Kind, Node, Script, read};

/// A script that differs from this one in some places, no longer than `most` bytes.
#[must_use]
pub fn mutated(source: &str, most: usize, seed: u64) -> String {
    let mut change = Change { rng: Rng::with_seed(seed), pieces: pieces() };
    for _ in 0..8 {
        let text = change.script(source);
        if text.len() <= most {
            return text;
        }
    }
    // Everything was too long: a short one of the shelf.
    let short: Vec<&String> = change
        .pieces
        .seeds
        .iter()
        .map(|(_, text)| text)
        .filter(|text| text.len() <= most)
        .collect();
    change.rng.choice(short).cloned().unwrap_or_default()
}

/// A script with the header of one and statements of both, no longer than `most` bytes.
#[must_use]
pub fn crossed(one: &str, other: &str, most: usize, seed: u64) -> String {
    let mut rng = Rng::with_seed(seed);
    let (mut script, other) = (Script::read(one), Script::read(other));
    let (ours, theirs): (Vec<_>, Vec<_>) =
        (statements(&script.body).collect(), statements(&other.body).collect());
    let (cut, from) = (rng.usize(0..=ours.len()), rng.usize(0..=theirs.len()));
    let body = ours[..cut].iter().chain(&theirs[from..]).flat_map(|part| part.to_vec()).collect();
    script.body = body;
    let text = script.write();
    if text.len() <= most { text } else { mutated(one, most, seed) }
}

struct Change<'p> {
    rng: Rng,
    pieces: &'p Pieces,
}

impl Change<'_> {
    fn script(&mut self, source: &str) -> String {
        if self.rng.u8(..) == 0 {
            return self.signs(source);
        }
        let mut script = Script::read(source);
        if script.header.is_empty() && self.rng.u8(..) < 200 {
            script.header = HEADER.lines().map(str::to_owned).collect();
        }
        let changes = 1 + self.rng.usize(0..4) * self.rng.usize(0..3);
        for _ in 0..changes {
            match self.rng.usize(0..20) {
                0 => self.header(&mut script.header),
                1 => self.insert_statement(&mut script.body),
                _ => self.somewhere(&mut script.body),
            }
        }
        script.write()
    }

    /// Puts in, takes out or doubles single signs, wherever they stand.
    fn signs(&mut self, source: &str) -> String {
        let mut signs: Vec<char> = source.chars().collect();
        for _ in 0..=self.rng.usize(0..4) {
            let at = self.rng.usize(0..=signs.len());
            match self.rng.usize(0..3) {
                0 => signs.insert(at, SIGNS[self.rng.usize(0..SIGNS.len())]),
                1 if at < signs.len() => _ = signs.remove(at),
                _ => signs.truncate(at.max(signs.len() / 2)),
            }
        }
        signs.into_iter().collect()
    }

    fn header(&mut self, lines: &mut Vec<String>) {
        let at = self.rng.usize(0..=lines.len());
        let other = self.pieces.header[self.rng.usize(0..self.pieces.header.len())].clone();
        match self.rng.usize(0..6) {
            0 => lines.insert(at, other),
            1 if at < lines.len() => _ = lines.remove(at),
            2 if at < lines.len() => lines.insert(at, lines[at].clone()),
            3 if at < lines.len() => lines[at] = other,
            4 if at < lines.len() => {
                let with = self.rng.usize(0..lines.len());
                lines.swap(at, with);
            }
            _ if at < lines.len() => lines[at] = self.header_line(&lines[at].clone()),
            _ => {}
        }
    }

    /// A line of a header with another word in it.
    fn header_line(&mut self, line: &str) -> String {
        let mut words: Vec<String> = line.split(' ').map(str::to_owned).collect();
        let at = self.rng.usize(1..=words.len());
        let value = VALUES[self.rng.usize(0..VALUES.len())].to_owned();
        match words.get_mut(at) {
            Some(word) if self.rng.bool() => *word = value,
            Some(word) => *word = self.signs(&word.clone()).replace('\n', " "),
            None => words.push(value),
        }
        words.join(" ")
    }

    /// Goes into one bracket after the other, and changes something there.
    fn somewhere(&mut self, nodes: &mut Vec<Node>) {
        let groups: Vec<usize> =
            (0..nodes.len()).filter(|&at| matches!(nodes[at], Node::Group(..))).collect();
        let deeper = !groups.is_empty() && self.rng.usize(0..4) > 0;
        match groups.get(self.rng.usize(0..groups.len().max(1))) {
            Some(&at) if deeper => {
                if let Node::Group(open, inner, _) = &mut nodes[at] {
                    match open == "{" && self.rng.usize(0..6) == 0 {
                        true => self.insert_statement(inner),
                        false => self.somewhere(inner),
                    }
                }
            }
            _ => self.here(nodes),
        }
    }

    fn here(&mut self, nodes: &mut Vec<Node>) {
        if nodes.is_empty() {
            *nodes = self.expression();
            return;
        }
        let at = self.rng.usize(0..nodes.len());
        let end = self.end_of(nodes, at);
        match self.rng.usize(0..15) {
            0 => _ = nodes.drain(at..end),
            1 => {
                let twice: Vec<Node> = nodes[at..end].to_vec();
                nodes.splice(end..end, twice);
            }
            2 => {
                let with = self.rng.usize(0..nodes.len());
                nodes.swap(at, with);
            }
            3 | 4 => {
                let new = self.expression();
                nodes.splice(at..end, new);
            }
            5 | 6 => {
                let new = self.filled(WITHIN, &nodes[at..end]);
                nodes.splice(at..end, new);
            }
            7 => self.around_statement(nodes, at),
            8 => self.statement_twice(nodes, at),
            9 => self.call(nodes, end),
            10 => nodes.insert(at, Node::Leaf(Kind::Sign, self.operator())),
            _ => self.leaf(nodes, at),
        }
    }

    /// Where an expression that begins at a place may end.
    fn end_of(&mut self, nodes: &[Node], at: usize) -> usize {
        let stops =
            |node: &Node| matches!(node, Node::Leaf(_, t) if matches!(&**t, ";" | "," | "="));
        let most = nodes[at..].iter().position(stops).unwrap_or(nodes.len() - at).max(1);
        if self.rng.bool() { at + most } else { at + 1 + self.rng.usize(0..most) }
    }

    /// Another name for a name, another value for a value, another sign for a sign.
    fn leaf(&mut self, nodes: &mut Vec<Node>, at: usize) {
        let Node::Leaf(kind, _) = nodes[at] else { return self.around_statement(nodes, at) };
        let new = match kind {
            Kind::Name => {
                let own: Vec<&String> = nodes.iter().filter_map(name).collect();
                let names = &self.pieces.names;
                let mut rng = self.rng.clone();
                let other = match rng.bool() {
                    true => own[rng.usize(0..own.len())].clone(),
                    false => names[rng.usize(0..names.len())].clone(),
                };
                self.rng = rng;
                vec![Node::Leaf(Kind::Name, other)]
            }
            Kind::Sign => vec![Node::Leaf(Kind::Sign, self.operator())],
            Kind::Number | Kind::Text | Kind::Comment => {
                read(VALUES[self.rng.usize(0..VALUES.len())])
            }
        };
        nodes.splice(at..=at, new);
    }

    fn operator(&mut self) -> String {
        OPERATORS[self.rng.usize(0..OPERATORS.len())].to_owned()
    }

    /// `.function(values)` behind what ends at a place.
    fn call(&mut self, nodes: &mut Vec<Node>, end: usize) {
        let function = self.pieces.names[self.rng.usize(0..self.pieces.names.len())].clone();
        let mut values = Vec::new();
        for number in 0..self.rng.usize(0..4) {
            if number > 0 {
                values.push(Node::Leaf(Kind::Sign, ",".to_owned()));
            }
            values.extend(self.expression());
        }
        let new = [
            Node::Leaf(Kind::Sign, ".".to_owned()),
            Node::Leaf(Kind::Name, function),
            Node::Group("(".to_owned(), values, ")".to_owned()),
        ];
        nodes.splice(end..end, new);
    }

    fn expression(&mut self) -> Vec<Node> {
        let all = &self.pieces.expressions;
        // Half of them are the values that hurt, which come first.
        let most = if self.rng.bool() { VALUES.len() } else { all.len() };
        all[self.rng.usize(0..most)].clone()
    }

    fn insert_statement(&mut self, nodes: &mut Vec<Node>) {
        let ends: Vec<usize> = ends(nodes);
        let at = if ends.is_empty() { 0 } else { ends[self.rng.usize(0..ends.len())] };
        let all = &self.pieces.statements;
        let new = all[self.rng.usize(0..all.len())].clone();
        let new = if self.rng.usize(0..3) == 0 { self.filled(AROUND, &new) } else { new };
        nodes.splice(at..at, new);
    }

    fn statement(nodes: &[Node], at: usize) -> std::ops::Range<usize> {
        let ends = ends(nodes);
        let next = ends.iter().position(|&end| end > at).unwrap_or(ends.len());
        let start = if next == 0 { 0 } else { ends[next - 1] };
        start..ends.get(next).copied().unwrap_or(nodes.len())
    }

    fn around_statement(&mut self, nodes: &mut Vec<Node>, at: usize) {
        let place = Self::statement(nodes, at);
        let new = self.filled(AROUND, &nodes[place.clone()]);
        nodes.splice(place, new);
    }

    fn statement_twice(&mut self, nodes: &mut Vec<Node>, at: usize) {
        let place = Self::statement(nodes, at);
        let twice = nodes[place.clone()].to_vec();
        let mut places = ends(nodes);
        places.push(0);
        let to = places[self.rng.usize(0..places.len())];
        nodes.splice(to..to, twice);
    }

    /// One of these shapes: the first `@` is what was there, the others are it again or anything.
    fn filled(&mut self, shapes: &[&str], with: &[Node]) -> Vec<Node> {
        let shape = read(shapes[self.rng.usize(0..shapes.len())]);
        let mut first = true;
        self.fill(shape, with, &mut first)
    }

    fn fill(&mut self, shape: Vec<Node>, with: &[Node], first: &mut bool) -> Vec<Node> {
        let mut filled = Vec::new();
        for node in shape {
            match node {
                Node::Leaf(_, token) if token == "@" => {
                    let same = std::mem::take(first) || self.rng.bool();
                    filled.extend(if same { with.to_vec() } else { self.expression() });
                }
                Node::Leaf(kind @ (Kind::Text | Kind::Comment), token) if token.contains('@') => {
                    let mut text = String::new();
                    crate::tokens::write(with, &mut text);
                    filled.push(Node::Leaf(kind, token.replace('@', &text)));
                }
                Node::Group(open, inner, close) => {
                    filled.push(Node::Group(open, self.fill(inner, with, first), close));
                }
                leaf => filled.push(leaf),
            }
        }
        filled
    }
}

fn name(node: &Node) -> Option<&String> {
    match node {
        Node::Leaf(Kind::Name, name) => Some(name),
        _ => None,
    }
}

/// Where statements end.
fn ends(nodes: &[Node]) -> Vec<usize> {
    let mut end = 0;
    statements(nodes)
        .map(|statement| {
            end += statement.len();
            end
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pieces::parts;

    #[test]
    fn the_same_seed_gives_the_same_script_within_its_length() {
        let (_, source) = &pieces().seeds[0];
        let mut different = 0;
        for seed in 0..500 {
            let text = mutated(source, 8_000, seed);
            assert!(text.len() <= 8_000);
            assert_eq!(text, mutated(source, 8_000, seed));
            different += usize::from(text != *source);
            let crossed = crossed(source, &text, 8_000, seed);
            assert!(crossed.len() <= 8_000);
        }
        assert!(different > 480, "{different}");
        assert!(parts(&read("a, b")).count() == 2);
    }
}
