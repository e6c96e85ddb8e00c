//! How does a file with two languages become one in one language?
//!
//! In a text, a line that ends in `#en` or `#nl` belongs to that language. In a table, the column
//! `label.nl` has the Dutch of the column `label`.

use parallax_model::settings::Language;

/// How a Dutch column is named after the one that it stands beside.
const DUTCH: &str = ".nl";

/// A text in one language.
pub(super) fn text(raw: &str, language: Language) -> String {
    let (own, other) = match language {
        Language::En => ("#en", "#nl"),
        Language::Nl => ("#nl", "#en"),
    };
    let mut text = String::with_capacity(raw.len());
    for line in raw.lines() {
        if line.ends_with(other) {
            continue;
        }
        match line.strip_suffix(own) {
            // The line of study.yaml that says which language it is.
            None if line == "language: en" => {
                text.push_str("language: ");
                text.push_str(language.code());
            }
            kept => text.push_str(kept.unwrap_or(line).trim_end()),
        }
        text.push('\n');
    }
    text
}

/// A table in one language, as its spreadsheets write it: commas in English, semicolons in Dutch.
pub(super) fn table(raw: &str, language: Language) -> String {
    let mut rows = csv::ReaderBuilder::new().has_headers(false).from_reader(raw.as_bytes());
    let mut rows = rows.records().flatten();
    let Some(header) = rows.next() else { return String::new() };
    let in_dutch = |column: &str| header.iter().position(|name| is_dutch_of(name, column));
    let columns: Vec<(usize, Option<usize>)> = header
        .iter()
        .enumerate()
        .filter(|(_, name)| !name.ends_with(DUTCH))
        .map(|(at, name)| (at, in_dutch(name)))
        .collect();
    let delimiter = match language {
        Language::En => b',',
        Language::Nl => b';',
    };
    let mut table = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
    let names = columns.iter().map(|(at, _)| header.get(*at).unwrap_or_default());
    let mut whole = table.write_record(names).is_ok();
    for row in rows {
        let cells = columns.iter().map(|(at, dutch)| {
            let own = row.get(*at).unwrap_or_default();
            let dutch = dutch.and_then(|dutch| row.get(dutch)).filter(|dutch| !dutch.is_empty());
            match language {
                Language::En => own,
                Language::Nl => dutch.unwrap_or(own),
            }
        });
        whole &= table.write_record(cells).is_ok();
    }
    let bytes = table.into_inner().unwrap_or_default();
    debug_assert!(whole, "rows of one length are written to memory");
    String::from_utf8(bytes).unwrap_or_default()
}

fn is_dutch_of(name: &str, column: &str) -> bool {
    name.strip_suffix(DUTCH) == Some(column)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "id,label,label.nl,ref\na,\"one, two\",een; twee,p. 1\nb,same,,\n";

    #[test]
    fn a_table_takes_the_column_of_its_language() {
        let english = "id,label,ref\na,\"one, two\",p. 1\nb,same,\n";
        assert_eq!(table(TABLE, Language::En), english);
        assert_eq!(table(TABLE, Language::Nl), "id;label;ref\na;\"een; twee\";p. 1\nb;same;\n");
    }

    #[test]
    fn a_text_takes_the_lines_of_its_language() {
        let raw = "language: en\n# Roles. #en\n# Rollen. #nl\nseed: 1\n";
        assert_eq!(text(raw, Language::En), "language: en\n# Roles.\nseed: 1\n");
        assert_eq!(text(raw, Language::Nl), "language: nl\n# Rollen.\nseed: 1\n");
    }
}
