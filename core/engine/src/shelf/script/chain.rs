//! Does a function in bars use what stands before the point it is handed to?
//!
//! In `counts.keys().map(|key| counts.count(key))` the language holds `counts` while the whole line
//! runs, and the function cannot look at it: the script would stop there every time. That can be
//! seen before anything runs, with its place; the language itself would tell no line.

use std::collections::BTreeSet;

use parallax_model::Kind;
use rhai::{AST, ASTFlags, ASTNode, Expr, Position, Stmt};

use super::problem::ScriptProblem;

/// The first such use in a program, if any.
pub(super) fn used_inside_itself(steps: &AST, file: &str) -> Option<ScriptProblem> {
    let mut constants = BTreeSet::from(["reading".to_owned(), "parameters".to_owned()]);
    let mut uses: Vec<(Position, String)> = Vec::new();
    steps.walk(&mut |path| {
        match path.last() {
            // What cannot change is copied for the function.
            Some(ASTNode::Stmt(Stmt::Var(parts, flags, _)))
                if flags.contains(ASTFlags::CONSTANT) =>
            {
                constants.insert(parts.0.name.to_string());
            }
            Some(ASTNode::Expr(Expr::Dot(parts, ..) | Expr::Index(parts, ..))) => {
                if let Some(root) = root(&parts.lhs) {
                    let at = handed(&parts.rhs, root);
                    uses.extend(at.map(|at| (at, root.to_owned())));
                }
            }
            _ => {}
        }
        true
    });
    uses.sort_unstable();
    let (at, name) = uses.into_iter().find(|(_, name)| !constants.contains(name))?;
    let message = format!("`{name}` stands before the point and is used inside `|…|` as well");
    let help =
        format!("give it another name first, as in `let all = {name};`, and use that inside");
    let problem = ScriptProblem::new(Kind::ScriptSyntax, file, message);
    let problem = problem.at(at.line().unwrap_or(0), at.position().unwrap_or(0));
    Some(problem.help(Some(help)))
}

/// The name with which a chain of points begins.
fn root(expression: &Expr) -> Option<&str> {
    match expression {
        Expr::Variable(variable, ..) => Some(variable.1.as_str()),
        Expr::Dot(parts, ..) | Expr::Index(parts, ..) => root(&parts.lhs),
        _ => None,
    }
}

/// Where a function that is handed on along a chain uses `name`.
fn handed(chain: &Expr, name: &str) -> Option<Position> {
    match chain {
        Expr::Dot(parts, ..) | Expr::Index(parts, ..) => {
            handed(&parts.lhs, name).or_else(|| handed(&parts.rhs, name))
        }
        Expr::MethodCall(call, _) => call.args.iter().find_map(|value| kept(value, name)),
        _ => None,
    }
}

/// Where a function in bars keeps `name` from outside.
fn kept(value: &Expr, name: &str) -> Option<Position> {
    let Expr::Stmt(block) = value else { return None };
    block.iter().find_map(|statement| match statement {
        Stmt::Share(names) => {
            let kept = names.iter().find(|(ident, ..)| ident.name == name);
            kept.map(|(ident, ..)| ident.pos)
        }
        _ => None,
    })
}
