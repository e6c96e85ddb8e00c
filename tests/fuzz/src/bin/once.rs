//! What comes of one script, and does the engine keep its promises on it? Prints what is told.

use std::{env, fs};

use parallax_fuzz::oracle::{Readings, look};
use parallax_fuzz::pieces::repository;

fn main() -> std::io::Result<()> {
    let readings = Readings::of(&repository());
    for file in env::args_os().skip(1) {
        let looked = look(&readings, &fs::read_to_string(&file)?);
        println!("{}\n{}\n{:#?}\n", file.display(), looked.told.join("\n\n"), looked.faults);
    }
    Ok(())
}
