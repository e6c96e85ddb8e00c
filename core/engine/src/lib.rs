//! How does a folder of text files become findings with evidence? The path of data, in order.

pub mod accept;
pub mod cache;
pub mod check;
pub mod claims;
pub mod conformance;
pub mod consent;
pub mod editor;
pub mod export;
pub mod folder;
pub mod kept;
pub mod lock;
pub mod log;
pub mod open;
pub mod report;
pub mod robustness;
pub mod run;
pub mod share;
pub mod shelf;
pub mod since;
pub mod template;
pub mod text;
pub mod trust;
pub mod withdraw;
pub mod worker;
pub mod write;

pub use parallax_model as model;
