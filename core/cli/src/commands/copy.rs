//! How is a copy to share made of a study, and what is said of it?

use parallax_engine::model::Study;
use parallax_engine::open::{Opened, open_files};
use parallax_engine::share::{self, LeftOut, Refused, Terms, Words};
use serde_json::{Value as Json, json};

use crate::args::Arguments;
use crate::say::counted;
use crate::{Status, say, standard, terminal};

/// A copy to share, opened as the study that it is.
pub(crate) struct Copied {
    pub(crate) opened: Opened,
    pub(crate) study: Study,
    pub(crate) left_out: LeftOut,
    /// The files of the copy with their bytes, in order.
    pub(crate) files: Vec<(String, Vec<u8>)>,
}

/// The copy of an opened study that can be given away.
///
/// # Errors
/// When there is none; it is said then.
pub(crate) fn copied(
    opened: &Opened,
    arguments: &Arguments,
    (words, license): (Words, Option<&str>),
) -> Result<Copied, Status> {
    let terms = Terms { words, today: arguments.today(), license };
    let copy = share::copy(&opened.checked, terms).map_err(|refused| said(&refused))?;
    let files = copy.folder.files.iter().chain(&copy.folder.scripts);
    let files = files.map(|found| (found.name.clone(), found.bytes.clone())).collect();
    let opened = open_files(copy.folder, standard::shelf());
    let Some(study) = opened.checked.study.clone() else {
        let status = say::problems(&opened.checked, arguments, Status::Problems);
        terminal::aside(
            "error: without what was taken out, the copy has the problems above; nothing was written\n\
             help: mend in the study what they are about",
        );
        return Err(status);
    };
    Ok(Copied { opened, study, left_out: copy.left_out, files })
}

fn said(refused: &Refused) -> Status {
    let help = match refused {
        Refused::HiddenName(..) => "give the code, role, case, mapping or coder another id",
        Refused::NotSound => "mend the errors first (`parallax check` shows them)",
        Refused::Settings(_) => "look whether `parallax check` finds something in study.yaml",
    };
    terminal::aside(&format!("error: {refused}; nothing was written\nhelp: {help}"));
    Status::Problems
}

/// What a copy does not hold, one line each, or that nothing had to be left out.
pub(crate) fn left_out(left_out: &LeftOut) -> String {
    let LeftOut { people, words_of, words_of_nobody, values, rows, claims, scripts } = left_out;
    let named = |ids: &[String]| match ids {
        [] => String::new(),
        ids => format!(" ({})", ids.join(", ")),
    };
    let plural = |count: usize, one: &str, many: &str| match count {
        1 => format!("1 {one}"),
        _ => format!("{count} {many}"),
    };
    let lines = [
        (*people, format!("{} who withdrew or are excluded", plural(*people, "person", "people"))),
        (*rows, format!("{} by or about them", counted(*rows, "row"))),
        (*words_of, format!("the words of {}", plural(*words_of, "person", "people"))),
        (
            *words_of_nobody,
            format!("{} with words that may be anybody's", counted(*words_of_nobody, "cell")),
        ),
        (*values, format!("{} that too few people share", counted(*values, "attribute value"))),
        (claims.len(), format!("{}{}", counted(claims.len(), "claim"), named(claims))),
        (scripts.len(), format!("{}{}", counted(scripts.len(), "script"), named(scripts))),
    ];
    let said: Vec<String> =
        lines.into_iter().filter(|(count, _)| *count > 0).map(|(_, line)| line).collect();
    match said.is_empty() {
        true => "left out   nothing\n".to_owned(),
        false => format!("left out   {}\n", said.join("\n           ")),
    }
}

/// The same for programs.
pub(crate) fn left_out_json(left_out: &LeftOut) -> Json {
    let LeftOut { people, words_of, words_of_nobody, values, rows, claims, scripts } = left_out;
    json!({
        "people": people,
        "words_of_people": words_of,
        "words_of_nobody": words_of_nobody,
        "values": values,
        "rows": rows,
        "claims": claims,
        "scripts": scripts,
    })
}
