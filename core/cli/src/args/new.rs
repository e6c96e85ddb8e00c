//! What can stand behind `parallax new`?

use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use parallax_engine::model::settings::Language;
use parallax_engine::template::Template;

#[derive(Args, Debug)]
pub(crate) struct New {
    /// The folder to make; `.` fills this one. No file that is there is touched
    #[arg(value_name = "FOLDER", value_hint = clap::ValueHint::DirPath)]
    pub(crate) folder: PathBuf,
    /// The study to begin from: `minimal` (two roles, four people), `education`, `care`, or
    /// `example`, a larger one in which most analyses have something to say
    #[arg(long, value_name = "NAME", default_value = "minimal", value_parser = a_template())]
    pub(crate) template: Template,
    /// The language of the study and of its README
    #[arg(long, value_name = "LANGUAGE", default_value = "en", value_parser = a_language())]
    pub(crate) language: Language,
}

fn a_template() -> impl TypedValueParser<Value = Template> {
    PossibleValuesParser::new(Template::ALL.map(Template::id)).map(|name| {
        let named = Template::ALL.into_iter().find(|template| template.id() == name);
        named.unwrap_or(Template::Minimal)
    })
}

fn a_language() -> impl TypedValueParser<Value = Language> {
    let languages = [Language::En, Language::Nl];
    PossibleValuesParser::new(languages.map(Language::code)).map(move |code| {
        let named = languages.into_iter().find(|language| language.code() == code);
        named.unwrap_or_default()
    })
}
