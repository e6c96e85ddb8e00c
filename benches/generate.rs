//! What does a study of any size look like, the same on every machine?
//!
//! The generator takes no clock and no seed from outside: the same number of statements is the
//! same study, byte for byte. Roles lean towards codes of their own, so that analyses find
//! something, and about half of the cells are blank.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

const ROLES: [&str; 3] = ["S", "L", "I"];
const MODALITIES: [&str; 6] = ["duty", "view", "enact", "duty", "right", "prefer"];
const STRENGTHS: [&str; 4] = ["reported", "quoted", "", "implicit"];
const MORAL_ORDERS: [&str; 4] = ["", "legal", "", "institutional"];

/// How large a study is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Size {
    /// How many people there are, spread over the roles and the cases in turn.
    pub(crate) participants: u64,
    /// How many cases there are.
    pub(crate) cases: u64,
    /// How many codes there are; one in ten is a parent of the nine behind it.
    pub(crate) codes: u64,
    /// How many statements there are.
    pub(crate) statements: u64,
}

impl Size {
    /// A study of `statements` statements of 2,000 people in 200 cases, under 300 codes.
    #[must_use]
    pub(crate) fn of(statements: u64) -> Self {
        Self { participants: 2_000, cases: 200, codes: 300, statements }
    }
}

/// Writes a study into `folder`, which is made when it is not there.
///
/// # Errors
/// When a file cannot be written.
pub(crate) fn write(folder: &Path, size: Size) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    fs::write(folder.join("study.yaml"), SETTINGS)?;
    fs::write(folder.join("cases.csv"), cases(size))?;
    fs::write(folder.join("participants.csv"), participants(size))?;
    fs::write(folder.join("codes.csv"), codes(size))?;
    let file = File::create(folder.join("statements.csv"))?;
    let mut out = BufWriter::with_capacity(1 << 20, file);
    statements(size, &mut out)?;
    out.flush()
}

const SETTINGS: &str = "\
id: generated
title: Generated, to be measured
language: en
roles:
  - { id: S, label: { en: supervisor } }
  - { id: L, label: { en: teacher } }
  - { id: I, label: { en: counsellor } }
mappings:
  - id: M0
    why: { en: each title is a role }
    titles: { S: S, L: L, I: I }
coverage_default: asked
unit: role@case
seed: 20260101
";

fn cases(size: Size) -> String {
    let mut text = "id,label\n".to_owned();
    for case in 0..size.cases {
        push(&mut text, format_args!("k{case:03},school {case}\n"));
    }
    text
}

fn participants(size: Size) -> String {
    let mut text = "id,case,title,gender\n".to_owned();
    for person in 0..size.participants {
        let (case, gender) = (person % size.cases, if person % 2 == 0 { "F" } else { "M" });
        push(&mut text, format_args!("p{person:04},k{case:03},{},{gender}\n", role(person)));
    }
    text
}

fn codes(size: Size) -> String {
    let mut text = "id,parent,label,rq\n".to_owned();
    for code in 0..size.codes {
        let parent = code - code % 10;
        let above = if parent == code { String::new() } else { format!("c{parent:03}") };
        push(&mut text, format_args!("c{code:03},{above},code {code},RQ{}\n", code % 4 + 1));
    }
    text
}

fn statements(size: Size, out: &mut impl Write) -> io::Result<()> {
    writeln!(
        out,
        "id,source,speaker,code,modality,bearer,counterparty,stance,condition,perspective,\
         attributed_to,evidence,value,start,end,coder,note,moral_order,storyline,ref"
    )?;
    let (mut numbers, mut row) = (Numbers(20_260_101), String::new());
    for statement in 0..size.statements {
        row.clear();
        statement_row(statement, size, &mut numbers, &mut row);
        out.write_all(row.as_bytes())?;
    }
    Ok(())
}

fn statement_row(statement: u64, size: Size, numbers: &mut Numbers, row: &mut String) {
    let person = numbers.below(size.participants);
    // A third of what a role says lies in a third of the codebook that is its own.
    let code = match numbers.below(3) {
        0 => numbers.below(size.codes / 3) * 3 + person % 3,
        _ => numbers.below(size.codes),
    };
    let modality = pick(&MODALITIES, numbers);
    let bearer = match (modality, numbers.below(3)) {
        ("view", _) => "",
        (_, 0) => "self",
        _ => role(numbers.below(3)),
    };
    let counterparty = if modality == "right" { role(numbers.below(3)) } else { "" };
    let (stance, condition) = match numbers.below(10) {
        0 => ("mixed", "\"in the first year, and not later\""),
        1 | 2 => ("deny", ""),
        _ => ("affirm", ""),
    };
    let (perspective, owner) = match numbers.below(20) {
        0 => ("1", role(numbers.below(3))),
        _ => ("", ""),
    };
    let (strength, order) = (pick(&STRENGTHS, numbers), pick(&MORAL_ORDERS, numbers));
    let start = numbers.below(90_000);
    let end = start + 20 + numbers.below(200);
    let (coder, note) = (numbers.below(3), numbers.below(4) == 0);
    let note = if note { "says so twice" } else { "" };
    push(
        row,
        format_args!(
            "s{statement:08},,p{person:04},c{code:03},{modality},{bearer},{counterparty},{stance},\
             {condition},{perspective},{owner},{strength},,{start},{end},k{coder},{note},{order},,\n"
        ),
    );
}

fn role(number: u64) -> &'static str {
    ROLES[(number % 3) as usize]
}

fn pick(words: &[&'static str], numbers: &mut Numbers) -> &'static str {
    words[numbers.below(words.len() as u64) as usize]
}

fn push(text: &mut String, line: std::fmt::Arguments<'_>) {
    text.write_fmt(line).expect("a string takes all that is written to it");
}

/// SplitMix64 (Steele, Lea and Flood, 2014).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit
    }
}
