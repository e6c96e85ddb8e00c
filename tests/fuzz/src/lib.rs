//! Which scripts would nobody write, and does the engine do with each what it promises?

pub mod mutate;
pub mod oracle;
pub mod pieces;
pub mod shapes;
pub mod tokens;
