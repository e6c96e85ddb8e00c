//! How does a person get the study that the measurements are made on?
//!
//! `cargo bench --bench write -- 10000000 FOLDER`, with the whole path of a folder

mod generate;

use std::path::Path;

fn main() -> Result<(), String> {
    // Cargo adds `--bench` to what is asked.
    let asked: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let [statements, folder] = &asked[..] else {
        return Err("say how many statements, and which folder".to_owned());
    };
    let statements = statements.parse().map_err(|_| "the first word is no number".to_owned())?;
    generate::write(Path::new(folder), generate::Size::of(statements))
        .map_err(|error| error.to_string())
}
