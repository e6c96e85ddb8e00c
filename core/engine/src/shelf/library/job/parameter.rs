//! What does a plugin read of its parameters, without a reader of JSON of its own?
//!
//! A place in them is a JSON Pointer (RFC 6901): `/at_least`, `/codes/0`.

use parallax_plugin::abi::{AbiJob, AbiString, STATUS_ABSENT, STATUS_MALFORMED, STATUS_OK};
use serde_json::{Map, Value as Json};

use super::given::{context, guarded};

pub(super) unsafe extern "C" fn i64(job: *const AbiJob, at: AbiString, value: *mut i64) -> i32 {
    // SAFETY: the plugin calls it with its job, and a text and room that live for the call.
    unsafe { read(job, at, value, |json| json.as_i64()) }
}

pub(super) unsafe extern "C" fn f64(job: *const AbiJob, at: AbiString, value: *mut f64) -> i32 {
    // SAFETY: as above.
    unsafe { read(job, at, value, |json| json.as_f64()) }
}

pub(super) unsafe extern "C" fn bool(job: *const AbiJob, at: AbiString, value: *mut u8) -> i32 {
    // SAFETY: as above.
    unsafe { read(job, at, value, |json| json.as_bool().map(u8::from)) }
}

pub(super) unsafe extern "C" fn string(
    job: *const AbiJob,
    at: AbiString,
    value: *mut AbiString,
) -> i32 {
    // SAFETY: as above; the text belongs to the parameters, which stand until the run is over.
    unsafe { read(job, at, value, |json| json.as_str().map(AbiString::lend)) }
}

pub(super) unsafe extern "C" fn count(job: *const AbiJob, at: AbiString, value: *mut u64) -> i32 {
    // SAFETY: as above.
    unsafe { read(job, at, value, |json| json.as_array().map(|array| array.len() as u64)) }
}

/// # Safety
/// `job` is NULL or a job of `run` that is not over; `at` and `value` live for the call.
unsafe fn read<T>(
    job: *const AbiJob,
    at: AbiString,
    value: *mut T,
    as_asked: fn(&Json) -> Option<T>,
) -> i32 {
    guarded(|| {
        // SAFETY: the caller's promise.
        let (context, at) = unsafe { (context(job), at.read()) };
        let (Some(context), Some(at)) = (context, at) else { return STATUS_MALFORMED };
        if value.is_null() || !value.is_aligned() {
            return STATUS_MALFORMED;
        }
        let Some(json) = place(context.asked.parameters, at) else { return STATUS_ABSENT };
        let Some(read) = as_asked(json) else { return STATUS_MALFORMED };
        // SAFETY: not NULL and aligned; that there is room is the caller's promise.
        unsafe { value.write(read) };
        STATUS_OK
    })
}

/// What stands at a place, unless it is null. Nobody has to make one document of the parameters for
/// it, or copy them.
fn place<'p>(parameters: &'p Map<String, Json>, pointer: &str) -> Option<&'p Json> {
    let (name, rest) = match pointer.strip_prefix('/')?.split_once('/') {
        Some((name, _)) => (name, &pointer[name.len() + 1..]),
        None => (&pointer[1..], ""),
    };
    let name = name.replace("~1", "/").replace("~0", "~");
    parameters.get(&name)?.pointer(rest).filter(|json| !json.is_null())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_place_is_found_as_the_standard_says() {
        let parameters = json!({
            "codes": ["P", { "a/b": 1 }], "~": 2, "off": null, "": 3, "at~1": 4
        });
        let Json::Object(parameters) = parameters else { panic!("is an object") };
        let at = |pointer: &str| place(&parameters, pointer).cloned();
        assert_eq!(at("/codes/0"), Some(json!("P")));
        assert_eq!(at("/codes/1/a~1b"), Some(json!(1)));
        assert_eq!(
            (at("/~0"), at("/"), at("/at~01")),
            (Some(json!(2)), Some(json!(3)), Some(json!(4)))
        );
        for nowhere in ["/off", "codes", "", "/codes/2", "/codes/x", "/at~1"] {
            assert_eq!(at(nowhere), None, "{nowhere}");
        }
    }
}
