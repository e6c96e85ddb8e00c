//! In which order does the reference tell the words, and what belongs together?

/// Words that work on the same thing.
pub(super) struct Group {
    /// The heading.
    pub(super) title: &'static str,
    /// A sentence below it.
    pub(super) about: &'static str,
    /// What the usages of its words begin with, up to a point, a bracket or a blank.
    begins: &'static [&'static str],
}

impl Group {
    /// Whether somebody who asks for this, in small letters, means the group.
    pub(super) fn is_called(&self, asked: &str) -> bool {
        self.title.to_lowercase() == asked || self.begins.contains(&asked)
    }

    /// Whether a word with this usage belongs here.
    pub(super) fn has(&self, usage: &str) -> bool {
        let end = usage.find(['.', '(', ' ']).unwrap_or(usage.len());
        self.begins.contains(&&usage[..end])
    }
}

/// The groups in their order. A word belongs to one of them.
pub(super) const GROUPS: &[Group] = &[
    Group {
        title: "The reading",
        about: "What there is. `reading` is known everywhere in a script.",
        begins: &["reading"],
    },
    Group {
        title: "Rows",
        about: "Some rows of one table, such as the statements, in their order.",
        begins: &["rows", "crosstab"],
    },
    Group { title: "Tests", about: "Which rows `filter` takes.", begins: &["col", "test"] },
    Group {
        title: "Codes, roles, cases, people and other things",
        about: "One thing of the study, which can be compared with another.",
        begins: &[
            "thing",
            "row",
            "code",
            "role",
            "case",
            "person",
            "source",
            "statement",
            "excerpt",
            "claim",
            "constraint",
            "position",
        ],
    },
    Group {
        title: "Units",
        about: "What the study counts: roles at a case, or participants.",
        begins: &["units", "unit"],
    },
    Group {
        title: "Cells",
        about: "What each unit says about an item: yes, no, mixed, silent, not asked, unknown or vacant.",
        begins: &["item", "cells"],
    },
    Group {
        title: "Sets and counters",
        about: "Which values there are, and how often each comes.",
        begins: &["set", "jaccard", "counter", "map", "new_in_each", "saturated_after"],
    },
    Group {
        title: "Numbers",
        about: "Numbers stay as they were counted: so many out of so many, no decimals.",
        begins: &[
            "number",
            "fraction",
            "ratio",
            "range",
            "bounds",
            "decimal",
            "not_available",
            "sum",
            "mean",
            "power",
            "random",
        ],
    },
    Group {
        title: "Evidence",
        about: "The statements and constraints on which a finding rests.",
        begins: &["evidence"],
    },
    Group {
        title: "Findings",
        about: "What a script gives: one finding, or a list of them.",
        begins: &["finding", "text"],
    },
    Group {
        title: "Tables and grids",
        about: "What is shown with a finding.",
        begins: &["table", "grid"],
    },
    Group {
        title: "Claims",
        about: "What is true, false, or `()` where the data leave it open, for the scripts of \
                `claims.csv`.",
        begins: &["at_least", "at_most", "equals", "all_of", "any_of", "negation", "reported"],
    },
];
