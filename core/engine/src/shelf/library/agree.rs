//! Do a plugin and this program speak the same version of the interface?

use std::ffi::c_void;

use parallax_plugin::abi::{
    ABI_MAJOR, ABI_MINOR, AbiEntry, AbiHost, AbiJob, AbiPlugin, AbiReading, AbiString, MAGIC,
    MODEL_VERSION, STATUS_OK, first, size_u32,
};

use super::Refused;

/// A plugin that speaks our version.
#[derive(Debug)]
pub(super) struct Agreed {
    /// Its manifest, as it wrote it.
    pub(super) manifest_json: &'static str,
    /// What it wants to be called with.
    pub(super) state: *mut c_void,
    /// The analysis.
    pub(super) run: Run,
    /// The version of the interface that it speaks: major and minor.
    pub(super) abi: [u16; 2],
    /// The version of the tables that it was written for.
    pub(super) model_version: u32,
}

/// The function of a plugin that does the work.
pub(super) type Run = unsafe extern "C" fn(
    state: *mut c_void,
    job: *const AbiJob,
    reading: *const AbiReading,
    parameters_json: AbiString,
) -> i32;

// SAFETY: the interface lets several threads call `run` at once, with a state that lives as long
// as the process and that nobody on this side reads.
unsafe impl Send for Agreed {}
// SAFETY: as above.
unsafe impl Sync for Agreed {}

/// Calls an entry and looks at what it said of itself, from the outermost to the innermost.
///
/// # Safety
/// The entry keeps to `parallax_plugin::abi`.
pub(super) unsafe fn agree(entry: AbiEntry, host: &'static AbiHost) -> Result<Agreed, Refused> {
    // SAFETY: the caller's promise.
    unsafe { agree_with_room(entry, host, size_u32::<AbiPlugin>()) }
}

/// The same for a host that has room for an older version: never for more than there is.
///
/// # Safety
/// As for [`agree`].
pub(super) unsafe fn agree_with_room(
    entry: AbiEntry,
    host: &'static AbiHost,
    room: u32,
) -> Result<Agreed, Refused> {
    let struct_size = room.min(size_u32::<AbiPlugin>());
    let mut plugin = AbiPlugin { struct_size, ..AbiPlugin::ROOM };
    // SAFETY: `host` lives as long as the process, `plugin` has the room it says; the rest is the
    // caller's promise.
    let status = unsafe { entry(host, &raw mut plugin) };
    if plugin.magic != MAGIC {
        return Err(Refused::NotAPlugin);
    }
    if plugin.abi_major != ABI_MAJOR {
        return Err(Refused::OtherMajor { major: plugin.abi_major, minor: plugin.abi_minor });
    }
    if plugin.requires_minor > ABI_MINOR {
        return Err(Refused::NeedsNewer { minor: plugin.requires_minor });
    }
    if status != STATUS_OK {
        return Err(Refused::NotStarted { status });
    }
    let Some(run) = plugin.run.filter(|_| plugin.struct_size >= first::PLUGIN) else {
        return Err(Refused::TooSmall);
    };
    // What a plugin of version 1.0 did not fill is as in `ROOM`; it was written for the first model.
    let model_version = match plugin.struct_size >= size_u32::<AbiPlugin>() {
        true => plugin.model_version,
        false => 1,
    };
    if model_version != MODEL_VERSION {
        return Err(Refused::OtherModel { version: model_version });
    }
    // SAFETY: a plugin of our version gives a manifest that lives as long as the process.
    let manifest_json = unsafe { plugin.manifest_json.read() }
        .ok_or_else(|| Refused::Manifest("it is no UTF-8".to_owned()))?;
    let abi = [plugin.abi_major, plugin.abi_minor];
    Ok(Agreed { manifest_json, state: plugin.state, run, abi, model_version })
}

#[cfg(test)]
mod tests {
    use std::ptr::null;

    use super::*;
    use crate::shelf::library::host::HOST;

    unsafe extern "C" fn idle(
        _: *mut c_void,
        _: *const AbiJob,
        _: *const AbiReading,
        _: AbiString,
    ) -> i32 {
        STATUS_OK
    }

    const SOUND: AbiPlugin = AbiPlugin {
        magic: MAGIC,
        struct_size: size_u32::<AbiPlugin>(),
        abi_major: ABI_MAJOR,
        abi_minor: ABI_MINOR,
        manifest_json: AbiString::lend("{}"),
        run: Some(idle),
        model_version: MODEL_VERSION,
        ..AbiPlugin::ROOM
    };

    /// An entry that writes a plugin and returns a status.
    macro_rules! entry {
        ($plugin:expr, $status:expr) => {{
            unsafe extern "C" fn entry(_: *const AbiHost, plugin: *mut AbiPlugin) -> i32 {
                // SAFETY: the caller has room for a whole plugin.
                unsafe { plugin.write($plugin) };
                $status
            }
            // SAFETY: it writes only where there is room.
            unsafe { agree(entry, &HOST) }.map(|agreed| agreed.manifest_json)
        }};
    }

    #[test]
    fn a_sound_plugin_is_agreed_with_and_may_be_newer() {
        assert_eq!(entry!(SOUND, STATUS_OK), Ok("{}"));
        assert_eq!(entry!(AbiPlugin { abi_minor: ABI_MINOR + 3, ..SOUND }, STATUS_OK), Ok("{}"));
    }

    #[test]
    fn a_plugin_of_the_first_version_is_agreed_with() {
        const FIRST: AbiPlugin =
            AbiPlugin { abi_minor: 0, struct_size: first::PLUGIN, model_version: 0, ..SOUND };
        assert_eq!(entry!(FIRST, STATUS_OK), Ok("{}"));
    }

    #[test]
    fn every_way_not_to_agree_has_its_own_message() {
        let said = [
            entry!(AbiPlugin { magic: 7, ..SOUND }, STATUS_OK),
            entry!(AbiPlugin { abi_major: 2, abi_minor: 1, ..SOUND }, -3),
            entry!(AbiPlugin { abi_major: 0, abi_minor: 9, ..SOUND }, STATUS_OK),
            entry!(AbiPlugin { abi_minor: 7, requires_minor: 7, ..SOUND }, -3),
            entry!(SOUND, -3),
            entry!(AbiPlugin { struct_size: 24, ..SOUND }, STATUS_OK),
            entry!(AbiPlugin { run: None, ..SOUND }, STATUS_OK),
            entry!(AbiPlugin { model_version: 4, ..SOUND }, STATUS_OK),
            entry!(AbiPlugin { model_version: 0, ..SOUND }, STATUS_OK),
            entry!(
                AbiPlugin { manifest_json: AbiString { start: null(), len: 9 }, ..SOUND },
                STATUS_OK
            ),
        ];
        let said = said.map(|refused| refused.expect_err("is refused").to_string());
        insta::assert_snapshot!(said.join("\n"), @"
        it is no plugin of parallax: its entry did not say that it is one
        the plugin speaks version 2.1 of the plugin interface, this program 1.1: update this program
        the plugin speaks version 0.9 of the plugin interface, this program 1.1: rebuild the plugin
        the plugin needs version 1.7 of the plugin interface, this program has 1.1: update this program
        the plugin did not start (status -3)
        the plugin says less of itself than version 1.0 of the plugin interface asks
        the plugin says less of itself than version 1.0 of the plugin interface asks
        the plugin reads version 4 of the tables, this program gives 1: update this program
        the plugin reads version 0 of the tables, this program gives 1: rebuild the plugin
        the manifest cannot be used: it is no UTF-8
        ");
    }
}
