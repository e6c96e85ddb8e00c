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
    #[expect(dead_code, reason = "no word leaves anything to chance yet")]
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
    #[cfg_attr(not(test), expect(dead_code, reason = "no word asks yet"))]
    pub(crate) fn may_go_on(&self) -> Result<(), Box<EvalAltResult>> {
        let spent = self.signal.spent().map(Dynamic::from);
        spent.map_or(Ok(()), |spent| {
            Err(Box::new(EvalAltResult::ErrorTerminated(spent, Position::NONE)))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::watchman::Spent;
    use super::*;
    use crate::shelf::{STANDARD_SCRIPTS, ScriptAnalysis};

    #[test]
    fn a_word_is_told_to_stop_with_what_is_spent_and_no_script_catches_it() {
        let (id, source) = STANDARD_SCRIPTS[0];
        let script = ScriptAnalysis::load(id, source).expect("comes with the program");
        let manifest = script.manifest().clone();
        let signal = Arc::<Signal>::default();
        let running =
            Running { manifest: Arc::new(manifest), seed: 7, signal: Arc::clone(&signal) };
        running.may_go_on().expect("nothing is spent");
        signal.stop(Spent::Memory);
        let stopped = running.may_go_on().expect_err("the memory is spent");
        assert!(!stopped.is_catchable());
        let EvalAltResult::ErrorTerminated(spent, _) = *stopped else { panic!("{stopped}") };
        assert_eq!(spent.try_cast::<Spent>(), Some(Spent::Memory));
    }
}
