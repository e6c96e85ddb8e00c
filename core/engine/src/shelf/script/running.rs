//! What can a word of the language ask of the script that calls it?

use std::sync::Arc;

use parallax_model::Manifest;
use rhai::NativeCallContext;

/// The run that a word is part of, as the engine's tag hands it to every word.
#[derive(Clone, Debug)]
pub(crate) struct Running {
    /// What the script says of itself: its templates, caveats and words.
    pub(crate) manifest: Arc<Manifest>,
    /// The study's seed. Whatever a word leaves to chance follows from it and from nothing else.
    pub(crate) seed: u64,
}

impl Running {
    /// The run that calls a word; `None` while a script is only being read.
    pub(crate) fn of(context: &NativeCallContext<'_>) -> Option<Self> {
        context.tag().and_then(|tag| tag.clone().try_cast())
    }
}
