//! Which colours does a report have, so that everybody can read it by day, by night and in print?
//!
//! Roles take the colours of Okabe and Ito (2008), which people with any colour vision tell apart,
//! and always carry a letter as well. Every text has a contrast of 4.5 or more (WCAG 2.2, 1.4.3).

/// A colour by day and by night.
#[derive(Clone, Copy)]
pub(crate) struct Colour {
    pub(crate) name: &'static str,
    pub(crate) light: &'static str,
    pub(crate) dark: &'static str,
}

const fn colour(name: &'static str, light: &'static str, dark: &'static str) -> Colour {
    Colour { name, light, dark }
}

/// The page: the colours of text, grounds and lines.
pub(crate) const PAGE: [Colour; 9] = [
    colour("bg", "#ffffff", "#12171d"),
    colour("card", "#f6f8fa", "#1a212a"),
    colour("fg", "#16202b", "#e7ecf1"),
    colour("muted", "#55606c", "#a3b0bc"),
    colour("rule", "#d3dae1", "#36424f"),
    colour("link", "#135488", "#7db4dc"),
    colour("for", "#0f6a45", "#5fd39e"),
    colour("against", "#9a3412", "#ff9b80"),
    colour("warn", "#7a4d00", "#f0c05a"),
];

/// Six steps from little to much: the ground of a cell, and the ink on it.
pub(crate) const STEPS: [(Colour, Colour); 6] = [
    (colour("q0", "#f4f6f8", "#1c242d"), colour("i0", "#111111", "#e7ecf1")),
    (colour("q1", "#d6e4f0", "#1f3a52"), colour("i1", "#111111", "#e7ecf1")),
    (colour("q2", "#a9c9e2", "#27547a"), colour("i2", "#111111", "#e7ecf1")),
    (colour("q3", "#6fa6cf", "#2f6596"), colour("i3", "#111111", "#e7ecf1")),
    (colour("q4", "#2f74ab", "#7db4dc"), colour("i4", "#ffffff", "#0b1117")),
    (colour("q5", "#135488", "#c3def2"), colour("i5", "#ffffff", "#0b1117")),
];

/// The colours of groups and the ink on them, the same by day and by night.
pub(crate) const GROUPS: [(&str, &str); 8] = [
    ("#e69f00", "#000000"),
    ("#56b4e9", "#000000"),
    ("#009e73", "#000000"),
    ("#f0e442", "#000000"),
    ("#0072b2", "#ffffff"),
    ("#d55e00", "#000000"),
    ("#cc79a7", "#000000"),
    ("#bbbbbb", "#000000"),
];

/// The step for a share between 0 and 1.
pub(crate) fn step(share: f64) -> usize {
    [0.000_001, 0.2, 0.4, 0.6, 0.8].iter().filter(|&&border| share >= border).count()
}

/// The light ground and ink of a step, for pictures that stand alone.
pub(crate) fn light(step: usize) -> (&'static str, &'static str) {
    STEPS.get(step).map_or(("#f4f6f8", "#111111"), |(ground, ink)| (ground.light, ink.light))
}

/// The light value of one of the colours of the page, for pictures that stand alone.
pub(crate) fn page(name: &str) -> &'static str {
    PAGE.iter().find(|colour| colour.name == name).map_or("#000000", |colour| colour.light)
}

/// The colours as CSS variables: by day, by night on a screen, by day in print.
pub(crate) fn css() -> String {
    let variables = |of: fn(&Colour) -> &'static str| -> String {
        let steps = STEPS.iter().flat_map(|(ground, ink)| [ground, ink]);
        PAGE.iter().chain(steps).map(|c| format!("--{}:{};", c.name, of(c))).collect()
    };
    let (light, dark) = (variables(|c| c.light), variables(|c| c.dark));
    let classes: String = (0..STEPS.len())
        .map(|n| format!("svg .q{n}{{fill:var(--q{n})}}svg .i{n}{{fill:var(--i{n})}}\n"))
        .collect();
    format!(
        ":root{{color-scheme:light dark;{light}}}\n\
         @media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n{classes}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance of an sRGB colour (WCAG 2.2).
    fn luminance(colour: &str) -> f64 {
        let channel = |at: usize| {
            let value = u8::from_str_radix(&colour[at..at + 2], 16).expect("two digits");
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { libm::pow((value + 0.055) / 1.055, 2.4) }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    fn contrast(a: &str, b: &str) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn named(name: &str) -> Colour {
        *PAGE.iter().find(|colour| colour.name == name).expect("a colour of the page")
    }

    #[test]
    fn contrast_is_that_of_the_standard() {
        assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 1e-9);
        assert!((contrast("#777777", "#ffffff") - 4.48).abs() < 0.01);
    }

    #[test]
    fn every_text_can_be_read_on_every_ground() {
        for ink in ["fg", "muted", "link", "for", "against", "warn"].map(named) {
            for ground in ["bg", "card"].map(named) {
                assert!(contrast(ink.light, ground.light) >= 4.5, "{} by day", ink.name);
                assert!(contrast(ink.dark, ground.dark) >= 4.5, "{} by night", ink.name);
            }
        }
        // Cells in which nobody said anything are quiet.
        let (quiet, empty) = (named("muted"), STEPS[0].0);
        assert!(contrast(quiet.light, empty.light) >= 4.5);
        assert!(contrast(quiet.dark, empty.dark) >= 4.5);
        for (ground, ink) in STEPS {
            assert!(contrast(ink.light, ground.light) >= 4.5, "{} by day", ground.name);
            assert!(contrast(ink.dark, ground.dark) >= 4.5, "{} by night", ground.name);
        }
        for (ground, ink) in GROUPS {
            assert!(contrast(ink, ground) >= 4.5, "{ground}");
        }
    }

    #[test]
    fn nothing_is_the_lightest_step_and_everything_the_darkest() {
        assert_eq!([0.0, 0.1, 0.5, 1.0].map(step), [0, 1, 3, 5]);
    }
}
