//! What can a word of the language ask of the script that calls it?

use std::sync::Arc;

use parallax_model::Manifest;
use rhai::{Dynamic, EvalAltResult, NativeCallContext, Position};

use super::watchman::Signal;

/// The run that a word is part of, as the engine's tag hands it to every word.
#[derive(Clone, Debug)]
pub(crate) struct Running {
    /// What the script says of itself: its templates, caveats and words.
    pub(crate) manifest: Arc<Manifest>,
    /// The study's seed. Whatever a word leaves to chance follows from it and from nothing else.
    pub(crate) seed: u64,
    /// Whether the script may go on.
    pub(super) signal: Arc<Signal>,
}

impl Running {
    /// The run that calls a word; `None` while a script is only being read.
    pub(crate) fn of(context: &NativeCallContext<'_>) -> Option<Self> {
        context.tag().and_then(|tag| tag.clone().try_cast())
    }

    /// Stops a word that goes over many rows, when its script has to stop: to be called every few
    /// thousand rows, as no limit is looked at inside a word.
    ///
    /// # Errors
    /// What no script can catch, once its time, its memory or somebody's patience is spent.
    #[expect(dead_code, reason = "no word asks yet")]
    pub(crate) fn may_go_on(&self) -> Result<(), Box<EvalAltResult>> {
        let spent = self.signal.spent().map(Dynamic::from);
        spent.map_or(Ok(()), |spent| {
            Err(Box::new(EvalAltResult::ErrorTerminated(spent, Position::NONE)))
        })
    }
}
