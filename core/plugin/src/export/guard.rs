//! How does a panic become an error with its place, and never leave a function of the border?

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

thread_local! {
    static DEPTH: Cell<u32> = const { Cell::new(0) };
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// What `f` gives, or the text and place of its panic.
pub(super) fn guarded<T>(f: impl FnOnce() -> T) -> Result<T, String> {
    install_hook();
    DEPTH.set(DEPTH.get() + 1);
    // An analysis only borrows what it gets: nothing that a panic leaves half-made is seen again.
    let outcome = catch_unwind(AssertUnwindSafe(f));
    DEPTH.set(DEPTH.get() - 1);
    outcome.map_err(text_of)
}

/// A library has its own copy of std, and with it its own panic hook: the host's never sees its
/// panics. Where the kit is linked into the program, this hook stands before the program's.
fn install_hook() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let previous = take_hook();
        set_hook(Box::new(move |info| {
            if DEPTH.get() == 0 {
                return previous(info);
            }
            let place =
                info.location().map(|at| format!("{}:{}:{}", at.file(), at.line(), at.column()));
            PLACE.with_borrow_mut(|slot| *slot = place);
        }));
    });
}

fn text_of(payload: Box<dyn Any + Send>) -> String {
    let place = PLACE.with_borrow_mut(Option::take);
    let text = if let Some(text) = payload.downcast_ref::<&str>() {
        (*text).to_owned()
    } else if let Some(text) = payload.downcast_ref::<String>() {
        text.clone()
    } else {
        // Dropping an unknown payload may panic again, out of a function of the border: an abort.
        std::mem::forget(payload);
        "a panic without text".to_owned()
    };
    match place {
        Some(place) => format!("it panicked: {text}, at {place}"),
        None => format!("it panicked: {text}"),
    }
}

#[cfg(test)]
mod tests {
    use std::panic::panic_any;

    use super::*;

    struct Bomb;

    impl Drop for Bomb {
        fn drop(&mut self) {
            panic!("dropped");
        }
    }

    fn text(f: fn()) -> String {
        let text = guarded(f).expect_err("panics");
        let (text, place) = text.split_once(", at ").expect("has a place");
        assert!(place.starts_with("core/plugin/src/export/guard.rs:"), "{place}");
        text.to_owned()
    }

    #[test]
    fn every_panic_becomes_a_text_with_its_place() {
        assert_eq!(text(|| panic!("plain")), "it panicked: plain");
        assert_eq!(text(|| panic!("row {}", 7)), "it panicked: row 7");
        assert_eq!(text(|| panic_any(Bomb)), "it panicked: a panic without text");
        assert_eq!(guarded(|| 1), Ok(1));
    }

    #[test]
    fn a_guard_within_a_guard_keeps_its_own_panic() {
        let outer = guarded(|| guarded(|| panic!("inner")).map_err(|_| "caught"));
        assert_eq!(outer, Ok(Err::<(), _>("caught")));
    }
}
