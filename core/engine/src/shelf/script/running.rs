//! What can a word of the language ask of the script that calls it?

use std::collections::BTreeMap;
use std::sync::Arc;

use parallax_model::{Manifest, Number, Texts};
use rhai::NativeCallContext;

/// The run that a word is part of, as the engine's tag hands it to every word.
#[derive(Clone, Debug)]
pub(crate) struct Running {
    /// What the script says of itself: its templates, caveats and words.
    pub(crate) manifest: Arc<Manifest>,
    /// The study's seed. Whatever a word leaves to chance follows from it and from nothing else.
    pub(crate) seed: u64,
    /// What other claims report, when the script of a claim runs; an analysis cannot ask.
    pub(crate) reported: Option<Arc<Reported>>,
}

/// What the claims of a study report.
#[derive(Debug)]
pub(crate) struct Reported {
    /// The numbers, by the id of their claim.
    pub(crate) numbers: BTreeMap<String, Number>,
    /// The ids of all claims, those too that report no number.
    pub(crate) claims: Texts<'static>,
}

impl Running {
    /// The run that calls a word; `None` while a script is only being read.
    pub(crate) fn of(context: &NativeCallContext<'_>) -> Option<Self> {
        context.tag().and_then(|tag| tag.clone().try_cast())
    }
}
