//! How does what a library logs in a worker reach the program that started it?

use std::fmt::{self, Write};
use std::sync::atomic::{AtomicU32, Ordering};

use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::span::{Attributes, Id, Record};
use tracing::{Level, Metadata, Subscriber};

use super::Answers;
use crate::shelf::apart::message::{Event, Said};

/// How many events are passed on; a library that logs without end is not heard any further.
const ENOUGH: u32 = 10_000;

/// Passes on the events of libraries up to `wanted`: 0 for none, 5 for all.
pub(super) fn install(wanted: u8, answers: Answers) {
    let most = match wanted {
        0 => LevelFilter::OFF,
        1 => LevelFilter::ERROR,
        2 => LevelFilter::WARN,
        3 => LevelFilter::INFO,
        4 => LevelFilter::DEBUG,
        _ => LevelFilter::TRACE,
    };
    // Nobody else in a worker listens.
    let _only_one = tracing::subscriber::set_global_default(ToTheProgram {
        most,
        answers,
        passed: AtomicU32::new(0),
    });
}

struct ToTheProgram {
    most: LevelFilter,
    answers: Answers,
    passed: AtomicU32,
}

impl Subscriber for ToTheProgram {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        // What this program itself does in a worker is nobody's business.
        metadata.target() == "plugin" && *metadata.level() <= self.most
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        Some(self.most)
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}

    fn event(&self, event: &tracing::Event<'_>) {
        let passed = self.passed.fetch_add(1, Ordering::Relaxed);
        if passed > ENOUGH {
            // It does not count around to the beginning.
            self.passed.store(ENOUGH + 1, Ordering::Relaxed);
            return;
        }
        let mut told = Told::default();
        if passed == ENOUGH {
            told.0.level = 2;
            let _ = write!(told.0.message, "more than {ENOUGH} events: the rest is left out");
        } else {
            told.0.level = number(*event.metadata().level());
            event.record(&mut told);
        }
        let _nobody_listens = self.answers.say(&Said::Log(told.0));
    }
}

fn number(level: Level) -> u8 {
    match level {
        Level::ERROR => 1,
        Level::WARN => 2,
        Level::INFO => 3,
        Level::DEBUG => 4,
        Level::TRACE => 5,
    }
}

#[derive(Default)]
struct Told(Event);

impl Visit for Told {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        if field.name() == "message" {
            self.0.message = format!("{value:?}");
        }
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "from" => value.clone_into(&mut self.0.from),
            "fields" => value.clone_into(&mut self.0.fields),
            _ => {}
        }
    }
}
