//! Does a script end with findings, and is there a line that can never run?

use rhai::{AST, ASTFlags, ASTNode, Expr, Stmt, StmtBlock};

use super::facts::{At, place};

/// What adds to a finding or a table and gives nothing back.
const ADDS: [&str; 8] =
    ["value", "measure", "table", "figure", "caveat", "evidence", "no_evidence", "row"];

/// What a script ends with, where that is certainly no finding: the place and what it is.
pub(super) fn ending(program: &AST) -> Option<(At, String)> {
    let Some(last) = program.statements().last() else {
        return Some(((0, 0), "the script is empty".to_owned()));
    };
    let what = match last {
        Stmt::Var(..) => "the script ends by naming a value, not with a finding".to_owned(),
        Stmt::Assignment(_) => "the script ends by changing a value, not with a finding".to_owned(),
        Stmt::For(..) => "the script ends with a loop, not with a finding".to_owned(),
        Stmt::Return(Some(value), kind, _) if !kind.contains(ASTFlags::BREAK) => no_finding(value)?,
        Stmt::Return(None, kind, _) if !kind.contains(ASTFlags::BREAK) => {
            "the script ends with nothing to return".to_owned()
        }
        Stmt::Expr(value) => no_finding(value)?,
        _ => return None,
    };
    Some((start(last), what))
}

fn no_finding(value: &Expr) -> Option<String> {
    let what = match value {
        Expr::IntegerConstant(..) | Expr::FloatConstant(..) => "a number".to_owned(),
        Expr::StringConstant(..) | Expr::InterpolatedString(..) => "a text".to_owned(),
        Expr::BoolConstant(..) | Expr::And(..) | Expr::Or(..) => "true or false".to_owned(),
        Expr::Map(..) => "a map".to_owned(),
        Expr::Unit(_) => "nothing".to_owned(),
        Expr::Dot(parts, ..) => return added(&parts.rhs),
        _ => return None,
    };
    Some(format!("the script ends with {what}, not with a finding"))
}

/// The sentence about a chain whose last link adds something and gives nothing back.
fn added(behind: &Expr) -> Option<String> {
    match behind {
        Expr::Dot(parts, ..) => added(&parts.rhs),
        Expr::MethodCall(call, _) if ADDS.contains(&call.name.as_str()) => {
            let name = &call.name;
            Some(format!("the script ends with what `{name}` gives, which is no finding"))
        }
        _ => None,
    }
}

/// The first statement of each list of statements that can never run.
pub(super) fn unreachable(program: &AST) -> Vec<At> {
    let mut found = after_end(program.statements()).into_iter().collect::<Vec<_>>();
    let own =
        program.shared_lib().iter_script_fn_info().map(|(.., name, values, _)| (name, values));
    for (name, values) in own {
        let wanted = |_, _, _: bool, other: &str, taken: usize| other == name && taken == values;
        let function = program.clone_functions_only_filtered(wanted);
        let mut ended = false;
        function.walk(&mut |path: &[ASTNode<'_>]| {
            if let [ASTNode::Stmt(statement)] = path {
                if ended {
                    found.push(start(statement));
                    return false;
                }
                ended = ends(statement);
            }
            true
        });
    }
    program.walk(&mut |path: &[ASTNode<'_>]| {
        let blocks: [Option<&StmtBlock>; 2] = match path.last() {
            Some(ASTNode::Stmt(Stmt::Block(block))) => [Some(block), None],
            Some(ASTNode::Expr(Expr::Stmt(block))) => [Some(block), None],
            Some(ASTNode::Stmt(
                Stmt::If(parts, _)
                | Stmt::While(parts, _)
                | Stmt::Do(parts, ..)
                | Stmt::TryCatch(parts, _),
            )) => [Some(&parts.body), Some(&parts.branch)],
            Some(ASTNode::Stmt(Stmt::For(parts, _))) => [Some(&parts.2.body), None],
            _ => [None, None],
        };
        found
            .extend(blocks.into_iter().flatten().filter_map(|block| after_end(block.statements())));
        true
    });
    found
}

fn after_end(statements: &[Stmt]) -> Option<At> {
    let end = statements.iter().position(ends)?;
    statements.get(end + 1).map(start)
}

/// Where a statement begins; the parser places a sum or a change at its sign.
pub(in crate::shelf::script) fn start(statement: &Stmt) -> At {
    fn of(value: &Expr) -> At {
        match value {
            Expr::FnCall(sum, _) if sum.is_operator_call() => {
                sum.args.first().map_or_else(|| place(value.position()), of)
            }
            Expr::Dot(parts, ..) | Expr::Index(parts, ..) => of(&parts.lhs),
            _ => place(value.start_position()),
        }
    }
    match statement {
        Stmt::Expr(value) => of(value),
        Stmt::FnCall(sum, _) if sum.is_operator_call() => {
            sum.args.first().map_or_else(|| place(statement.position()), of)
        }
        Stmt::Assignment(parts) => of(&parts.1.lhs),
        _ => place(statement.position()),
    }
}

/// Whether nothing behind a statement can run.
fn ends(statement: &Stmt) -> bool {
    matches!(statement, Stmt::Return(..) | Stmt::BreakLoop(..))
}
