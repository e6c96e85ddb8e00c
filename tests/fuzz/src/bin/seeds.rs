//! With which scripts does the fuzzer begin? Writes them into the folder that it is given.

use std::path::PathBuf;
use std::{env, fs};

use parallax_fuzz::pieces::pieces;

fn main() -> std::io::Result<()> {
    let folder = PathBuf::from(env::args_os().nth(1).expect("the name of a folder"));
    fs::create_dir_all(&folder)?;
    for (name, text) in &pieces().seeds {
        fs::write(folder.join(name), text)?;
    }
    Ok(())
}
