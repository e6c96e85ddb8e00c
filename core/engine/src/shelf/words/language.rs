//! Which functions of the language itself is a script of this kind likely to call?

/// How each is used and what it gives, by what it works on.
pub(crate) const LANGUAGE: &[(&str, &[(&str, &str)])] = &[
    (
        "Lists",
        &[
            ("list.len()", "How many values a list has."),
            ("list.is_empty()", "Whether it has none."),
            ("list.push(value)", "Adds a value at the end; so does `list += value`."),
            ("list.pop()", "Takes the last value off, and gives it."),
            ("list.shift()", "Takes the first value off, and gives it."),
            ("list.insert(place, value)", "Puts a value at a place; the first place is 0."),
            ("list.remove(place)", "Takes the value at a place off, and gives it."),
            ("list.clear()", "Takes all values off."),
            ("list.map(|x| …)", "A list of what comes of each value."),
            ("list.filter(|x| …)", "The values for which something holds."),
            ("list.find(|x| …)", "The first value for which something holds, else `()`."),
            ("list.reduce(|sum, x| …)", "One value out of all; `sum` is `()` at first."),
            ("list.some(|x| …)", "Whether something holds for a value at least."),
            ("list.all(|x| …)", "Whether something holds for every value."),
            ("list.contains(value)", "Whether a value is in it; so does `value in list`."),
            ("list.index_of(value)", "Where a value is, or -1."),
            ("list.sort()", "Puts numbers or texts in order."),
            ("list.sort(|a, b| …)", "Puts values in order: below 0 when `a` comes first."),
            ("list.reverse()", "Turns the order around."),
            ("list.dedup()", "Leaves one of equal values that follow each other."),
            ("list.extract(place, count)", "So many values from a place on, as a list."),
            ("list.chop(count)", "Leaves the last so many."),
            ("list.truncate(count)", "Leaves the first so many."),
            (
                "list.drain(|x| …)",
                "Takes off the values for which something holds, and gives them.",
            ),
        ],
    ),
    (
        "Maps",
        &[
            ("map.keys()", "The names in a map, in the order of the alphabet."),
            ("map.values()", "The values in a map, in the order of their names."),
            ("map.contains(name)", "Whether a name is in it; so does `name in map`."),
            ("map.get(name)", "The value under a name, or `()`."),
            ("map.remove(name)", "Takes a value out, and gives it."),
        ],
    ),
    (
        "Texts",
        &[
            ("text.to_upper()", "In capitals."),
            ("text.to_lower()", "In small letters."),
            ("text.trim()", "Takes blanks off both ends of the text itself."),
            ("text.split(mark)", "The parts between a mark, as a list."),
            ("text.starts_with(part)", "Whether it begins with a part."),
            ("text.ends_with(part)", "Whether it ends with a part."),
            ("text.replace(part, other)", "Replaces a part of the text itself, wherever it is."),
            ("text.sub_string(place, count)", "So many characters from a place on."),
            ("parse_int(text)", "The whole number that a text is."),
        ],
    ),
    (
        "Numbers",
        &[
            ("abs(x)", "The number without its sign."),
            ("min(a, b)", "The lesser of two."),
            ("max(a, b)", "The greater of two."),
            ("sqrt(x)", "The square root."),
            ("x.floor()", "The whole number below."),
            ("x.ceiling()", "The whole number above."),
            ("x.round()", "The nearest whole number."),
            ("x.to_float()", "A whole number as one with decimals."),
            ("x.to_int()", "A number without its decimals."),
        ],
    ),
    (
        "Anything",
        &[
            ("x.to_string()", "A text that shows the value; so does `` `${x}` ``."),
            ("type_of(x)", "What kind of value it is."),
            ("print(x)", "Says it when the program runs with `-v`; no finding shows it."),
        ],
    ),
];

/// Their names, each once.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    LANGUAGE.iter().flat_map(|(_, functions)| *functions).map(|(usage, _)| name_in(usage))
}

/// The name of the function in its usage.
pub(crate) fn name_in(usage: &'static str) -> &'static str {
    let call = usage.split('(').next().unwrap_or(usage);
    call.rsplit('.').next().unwrap_or(call)
}
