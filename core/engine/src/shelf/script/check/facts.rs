//! What does a script call, read, write and name, wherever in it?

use std::collections::BTreeSet;

use rhai::{AST, ASTNode, Expr, FnCallExpr, Position, Stmt};

/// Line and column, both from 1.
pub(super) type At = (usize, usize);

/// What was seen in a parsed script.
#[derive(Default)]
pub(super) struct Facts {
    /// Every call of a function.
    pub(super) calls: Vec<Call>,
    /// Those of them that ask something of `reading`.
    pub(super) asked: Vec<Call>,
    /// Every property that is read.
    pub(super) read: Vec<(String, At)>,
    /// Those of them that are parameters.
    pub(super) parameters: Vec<(String, At)>,
    /// The names that the script itself gives to values of maps.
    pub(super) keys: BTreeSet<String>,
    /// Every text that stands in it.
    pub(super) texts: BTreeSet<String>,
    /// How texts begin and end of which the middle is not known before the script runs.
    pub(super) partly: BTreeSet<(String, String)>,
    /// Comparisons of a column or a property with a text.
    pub(super) compared: Vec<Compared>,
    /// The script's own functions, with the number of values that each takes.
    pub(super) functions: Vec<(String, usize)>,
    /// Where tests of columns are joined as if they were true or false: what is written there, and
    /// what joins tests.
    pub(super) joined: Vec<(&'static str, &'static str, At)>,
    /// Where the script asks for another file.
    pub(super) imports: Vec<(String, String)>,
}

/// A call of a function.
#[derive(Clone)]
pub(super) struct Call {
    pub(super) name: String,
    pub(super) at: At,
    /// Whether it stands behind a point, as in `x.count()`.
    pub(super) is_method: bool,
    /// The name of the shared file before `::`, as in `agreement::pairwise(…)`.
    pub(super) shared: Option<String>,
    /// The values between its brackets.
    pub(super) given: Vec<Given>,
}

/// A value that is given to a function.
#[derive(Clone)]
pub(super) struct Given {
    /// The text, where it is one.
    pub(super) text: Option<(String, At)>,
    /// The texts of a list, where it is one with texts in it.
    pub(super) listed: Vec<(String, At)>,
}

/// A comparison with a text.
pub(super) struct Compared {
    /// The column or the property.
    pub(super) name: String,
    /// Whether it is a column, as in `col("code")`.
    pub(super) is_column: bool,
    /// The text.
    pub(super) text: String,
    /// Where the text stands.
    pub(super) at: At,
}

impl Facts {
    /// Goes through a program and its functions once.
    pub(super) fn of(program: &AST) -> Self {
        let mut facts = Self::default();
        program.walk(&mut |path: &[ASTNode<'_>]| {
            match path.last() {
                Some(ASTNode::Stmt(statement)) => facts.statement(statement),
                Some(ASTNode::Expr(expression)) => facts.expression(expression),
                _ => {}
            }
            true
        });
        let own = program.iter_functions().filter(|function| !function.name.starts_with("anon$"));
        facts.functions = own.map(|own| (own.name.to_owned(), own.params.len())).collect();
        facts
    }

    /// Whether a text of the script is, or may become, this name.
    pub(super) fn may_say(&self, name: &str) -> bool {
        let begun = |(start, end): &(String, String)| {
            name.len() >= start.len() + end.len() && name.starts_with(start) && name.ends_with(end)
        };
        self.texts.contains(name) || self.keys.contains(name) || self.partly.iter().any(begun)
    }

    fn statement(&mut self, statement: &Stmt) {
        match statement {
            Stmt::FnCall(call, at) => self.call(call, *at, false),
            Stmt::Import(parts, _) => {
                if let Some((path, _)) = text(&parts.0) {
                    self.imports.push((parts.1.name.to_string(), path));
                }
            }
            Stmt::Assignment(parts) => {
                self.assigned(&parts.1.lhs);
                if parts.0.is_op_assignment()
                    && let Some((end, _)) = text(&parts.1.rhs)
                {
                    self.partly.insert((String::new(), end));
                }
            }
            _ => {}
        }
    }

    /// What stands on the left of `=`: its last name is one that the script gives.
    fn assigned(&mut self, left: &Expr) {
        match left {
            Expr::Dot(parts, ..) | Expr::Index(parts, ..) => self.assigned(&parts.rhs),
            Expr::Property(names, _) => drop(self.keys.insert(names.2.to_string())),
            Expr::StringConstant(key, _) => drop(self.keys.insert(key.to_string())),
            _ => {}
        }
    }

    fn expression(&mut self, expression: &Expr) {
        match expression {
            Expr::FnCall(call, at) => self.call(call, *at, false),
            Expr::MethodCall(call, at) => self.call(call, *at, true),
            Expr::Property(names, at) => self.read.push((names.2.to_string(), place(*at))),
            Expr::StringConstant(text, _) => drop(self.texts.insert(text.to_string())),
            Expr::DynamicConstant(value, _) => self.constant(value),
            Expr::Map(parts, _) => {
                self.keys.extend(parts.0.iter().map(|(key, _)| key.name.to_string()));
            }
            Expr::InterpolatedString(parts, _) => {
                let end = |part: Option<&Expr>| {
                    part.and_then(text).map(|(text, _)| text).unwrap_or_default()
                };
                self.in_part(end(parts.first()), end(parts.last()));
            }
            Expr::Dot(parts, ..) | Expr::Index(parts, ..) => self.chain(&parts.lhs, &parts.rhs),
            Expr::And(parts, at) if parts.iter().any(is_test) => {
                self.joined.push(("&&", "&", place(*at)));
            }
            Expr::Or(parts, at) if parts.iter().any(is_test) => {
                self.joined.push(("||", "|", place(*at)));
            }
            _ => {}
        }
    }

    fn constant(&mut self, value: &rhai::Dynamic) {
        if let Some(list) = value.read_lock::<rhai::Array>() {
            list.iter().for_each(|value| self.constant(value));
        } else if let Some(map) = value.read_lock::<rhai::Map>() {
            self.keys.extend(map.keys().map(ToString::to_string));
            map.values().for_each(|value| self.constant(value));
        } else if let Ok(text) = value.clone().into_string() {
            self.texts.insert(text);
        }
    }

    /// A text of which a start or an end is known says little when it is only a mark.
    fn in_part(&mut self, start: String, end: String) {
        if start.chars().chain(end.chars()).any(char::is_alphanumeric) {
            self.partly.insert((start, end));
        }
    }

    fn call(&mut self, call: &FnCallExpr, at: Position, is_method: bool) {
        match (&*call.name, &call.args[..]) {
            ("==" | "!=", [one, other]) => {
                self.compare(one, other);
                self.compare(other, one);
            }
            ("+", [one, other]) => match (text(one), text(other)) {
                (Some((start, _)), None) => self.in_part(start, String::new()),
                (None, Some((end, _))) => self.in_part(String::new(), end),
                _ => {}
            },
            _ => {}
        }
        self.calls.push(read(call, at, is_method));
    }

    /// What stands before and behind a point, or before and between brackets.
    fn chain(&mut self, before: &Expr, behind: &Expr) {
        let first = match behind {
            Expr::Dot(parts, ..) | Expr::Index(parts, ..) => &parts.lhs,
            only => only,
        };
        match (before, first) {
            (Expr::Variable(variable, ..), Expr::Property(names, at))
                if variable.1 == "parameters" =>
            {
                self.parameters.push((names.2.to_string(), place(*at)));
            }
            (Expr::Variable(variable, ..), Expr::StringConstant(name, at))
                if variable.1 == "parameters" =>
            {
                self.parameters.push((name.to_string(), place(*at)));
            }
            (Expr::Variable(variable, ..), Expr::MethodCall(call, at))
                if variable.1 == "reading" =>
            {
                self.asked.push(read(call, *at, true));
            }
            (Expr::FnCall(column, _), Expr::MethodCall(call, _)) if call.name == "one_of" => {
                let Some((name, _)) = column_of(column) else { return };
                for (text, at) in call.args.iter().flat_map(texts) {
                    self.compared.push(Compared { name: name.clone(), is_column: true, text, at });
                }
            }
            _ => {}
        }
    }

    fn compare(&mut self, subject: &Expr, with: &Expr) {
        let Some((text, at)) = text(with) else { return };
        let (name, is_column) = match subject {
            Expr::FnCall(column, _) => (column_of(column).map(|(name, _)| name), true),
            Expr::Dot(..) => (last_property(subject, None), false),
            _ => (None, false),
        };
        self.compared.extend(name.map(|name| Compared { name, is_column, text, at }));
    }
}

/// The last property of `a.b.c`; the one before it where the last is `id`.
fn last_property(chain: &Expr, before: Option<&str>) -> Option<String> {
    match chain {
        Expr::Dot(parts, ..) => {
            let first = match &parts.lhs {
                Expr::Property(names, _) => Some(names.2.as_str()),
                _ => None,
            };
            last_property(&parts.rhs, first)
        }
        Expr::Property(names, _) if names.2 == "id" => before.map(str::to_owned),
        Expr::Property(names, _) => Some(names.2.to_string()),
        _ => None,
    }
}

/// Whether something is certainly a test of a column.
fn is_test(expression: &Expr) -> bool {
    let column = |value: &Expr| matches!(value, Expr::FnCall(call, _) if call.name == "col");
    match expression {
        Expr::FnCall(call, _) if call.name == "!" => call.args.iter().any(is_test),
        Expr::FnCall(call, _) => call.is_operator_call() && call.args.iter().any(column),
        Expr::Dot(parts, ..) => column(&parts.lhs),
        _ => false,
    }
}

/// The column of `col("…")`.
fn column_of(call: &FnCallExpr) -> Option<(String, At)> {
    (call.name == "col").then(|| call.args.first().and_then(text)).flatten()
}

fn read(call: &FnCallExpr, at: Position, is_method: bool) -> Call {
    let given = call.args.iter().map(|value| Given { text: text(value), listed: texts(value) });
    let shared = (!call.namespace.is_empty()).then(|| call.namespace.root().to_owned());
    Call { name: call.name.to_string(), shared, at: place(at), is_method, given: given.collect() }
}

fn text(expression: &Expr) -> Option<(String, At)> {
    match expression {
        Expr::StringConstant(text, at) => Some((text.to_string(), place(*at))),
        _ => None,
    }
}

/// The texts of a list, also of one that is joined with others.
fn texts(expression: &Expr) -> Vec<(String, At)> {
    match expression {
        Expr::Array(values, _) => values.iter().filter_map(text).collect(),
        Expr::FnCall(join, _) if join.name == "+" => join.args.iter().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

/// A place of the parser as line and column; 0 where it has none.
pub(super) fn place(at: Position) -> At {
    (at.line().unwrap_or(0), at.position().unwrap_or(0))
}
