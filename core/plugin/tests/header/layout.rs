//! Which size, place and value has what stands in the header?

use std::mem::offset_of;

use parallax_plugin::abi::{
    self, AbiColumn, AbiHost, AbiJob, AbiPlugin, AbiReading, AbiString, AbiTable,
};

/// One condition for the size of a struct and one for the place of each field.
macro_rules! layout {
    ($($rust:ident = $c:literal { $($field:ident)* })*) => {{
        let mut lines = Vec::new();
        $(
            // Taken apart, so that a field nobody listed here does not compile.
            let _ = |whole: $rust| {
                let $rust { $($field: _),* } = whole;
            };
            lines.push(format!("sizeof({}) == {}", $c, size_of::<$rust>()));
            $(lines.push(format!(
                "offsetof({}, {}) == {}", $c, stringify!($field), offset_of!($rust, $field)
            ));)*
        )*
        lines
    }};
}

/// One condition for the value of each constant.
macro_rules! constants {
    ($($rust:ident = $c:literal)*) => {
        vec![$(format!("{} == {}", $c, i64::from(abi::$rust))),*]
    };
}

/// Conditions in C that hold where the header says what the border is.
pub(crate) fn said() -> Vec<String> {
    let mut lines = structs();
    lines.extend(constants! {
        MAGIC = "PARALLAX_MAGIC" ABI_MAJOR = "PARALLAX_ABI_MAJOR" ABI_MINOR = "PARALLAX_ABI_MINOR"
        MODEL_VERSION = "PARALLAX_MODEL_VERSION" NONE = "PARALLAX_NONE"
        PROMISE_SOUND = "PARALLAX_PROMISE_SOUND"
        STATUS_OK = "PARALLAX_OK" STATUS_NOT_AVAILABLE = "PARALLAX_NOT_AVAILABLE"
        STATUS_CANCELLED = "PARALLAX_CANCELLED" STATUS_ABSENT = "PARALLAX_ABSENT"
        STATUS_FAILED = "PARALLAX_FAILED" STATUS_PANICKED = "PARALLAX_PANICKED"
        STATUS_VERSION = "PARALLAX_VERSION" STATUS_MALFORMED = "PARALLAX_MALFORMED"
        KIND_U8 = "PARALLAX_U8" KIND_U32 = "PARALLAX_U32" KIND_I64 = "PARALLAX_I64"
        KIND_F64 = "PARALLAX_F64" KIND_CODES = "PARALLAX_CODES" KIND_TEXTS = "PARALLAX_TEXTS"
        KIND_LISTS = "PARALLAX_LISTS" LEVEL_ERROR = "PARALLAX_ERROR" LEVEL_WARN = "PARALLAX_WARN"
        LEVEL_INFO = "PARALLAX_INFO" LEVEL_DEBUG = "PARALLAX_DEBUG" LEVEL_TRACE = "PARALLAX_TRACE"
    });
    lines
}

fn structs() -> Vec<String> {
    layout! {
        AbiString = "parallax_string" { start len }
        AbiColumn = "parallax_column" {
            struct_size kind name len null_count validity values offsets dictionary
        }
        AbiTable = "parallax_table" { struct_size n_columns name n_rows columns }
        AbiReading = "parallax_reading" { struct_size model_version n_tables promises tables }
        AbiJob = "parallax_job" {
            struct_size reserved id seed context findings reason progress table
            parameter_i64 parameter_f64 parameter_bool parameter_string parameter_count
        }
        AbiHost = "parallax_host" {
            magic struct_size abi_major abi_minor reserved image name version log_level log
            get_extension
        }
        AbiPlugin = "parallax_plugin" {
            magic struct_size abi_major abi_minor requires_minor reserved manifest_json state run
            model_version reserved_too get_extension
        }
    }
}
