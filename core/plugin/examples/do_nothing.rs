//! What does it cost to be called? An analysis that looks at nothing and finds nothing.

use parallax_plugin::prelude::*;

/// Finds nothing.
///
/// # Errors
/// None.
pub(crate) fn analyse(_: &Reading<'_>, _: &NoParameters, _: &Job<'_>) -> Found {
    Ok(Vec::new())
}

export_analysis!(
    parallax_plugin_do_nothing,
    r#"{
        "id": "do-nothing", "version": "1.0.0", "title": "Nothing", "question": "What does it cost?",
        "method": "None.", "templates": {}
    }"#,
    analyse
);
