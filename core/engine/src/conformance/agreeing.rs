//! Does a plugin agree with this program, and with programs older and newer than it?

use std::path::Path;

use parallax_plugin::abi::{ABI_MAJOR, ABI_MINOR, STATUS_OK, first};

use super::ran::{Fault, Tried};
use super::readings;
use crate::shelf::library::trial::{Greeted, Host, JobSize, Loaded, Tables};
use crate::shelf::{Lending, NativeAnalysis, Parameters, Refused, answer};

/// Whether the file can be loaded and has the entry that it is named after.
pub(super) fn is_a_library(library: &Path) -> Result<String, String> {
    match Loaded::from(library) {
        Ok(loaded) => Ok(format!("it exports `{}`", loaded.symbol())),
        Err(refused @ Refused::NoSymbol { .. }) => Err(format!(
            "{refused}: export that function, and name the file after the id, as libword_count.so \
             for `word-count`"
        )),
        Err(refused) => Err(format!("{refused}: build it again, for this system")),
    }
}

/// Whether it speaks this version. What its manifest says is looked at apart.
pub(super) fn agrees_on_the_version(library: &Path) -> Result<String, String> {
    match Loaded::from(library).and_then(|loaded| loaded.agreed(Host::OURS)) {
        Ok(_) | Err(Refused::Manifest(_) | Refused::OtherId { .. }) => {
            Ok(format!("version {ABI_MAJOR}.{ABI_MINOR}"))
        }
        Err(refused @ Refused::NotAPlugin) => Err(format!(
            "{refused}: write PARALLAX_MAGIC and your version into `plugin` before anything else"
        )),
        Err(refused @ Refused::TooSmall) => Err(format!(
            "{refused}: fill `manifest_json` and `run`, and say in `struct_size` how much you filled"
        )),
        Err(refused @ Refused::NotStarted { .. }) => Err(format!(
            "{refused}: return PARALLAX_OK to a host of version {ABI_MAJOR}.{ABI_MINOR}"
        )),
        Err(refused) => Err(refused.to_string()),
    }
}

/// Whether it refuses hosts of other major versions, and says who it is before.
pub(super) fn refuses_another_major(library: &Path) -> Result<String, String> {
    let loaded = loaded(library)?;
    for major in [ABI_MAJOR + 1, 0] {
        let greeted = loaded.greeted(Host { major, minor: 0, ..Host::OURS });
        if greeted.status == STATUS_OK {
            return Err(format!(
                "it agreed with a host of version {major}.0: return PARALLAX_VERSION when \
                 `abi_major` of the host is not {ABI_MAJOR}"
            ));
        }
        if !greeted.is_plugin() || greeted.wrote.abi_major != ABI_MAJOR {
            return Err(format!(
                "it refused a host of version {major}.0 without saying who it is: write \
                 PARALLAX_MAGIC, `abi_major` and `abi_minor` first, so that the host can say which \
                 side is too old"
            ));
        }
    }
    Ok(format!("versions {} and 0, after it said its own", ABI_MAJOR + 1))
}

/// The sizes of rooms that are tried: too small, of the first version, ours, and of one to come.
const ROOMS: [u32; 7] = [8, 16, 24, 40, first::PLUGIN, Host::OURS.room, Host::OURS.room + 40];

/// Whether it writes where it has room only.
pub(super) fn keeps_to_its_room(library: &Path) -> Result<String, String> {
    let loaded = loaded(library)?;
    for room in ROOMS {
        // A host that gives less room than the first version has is none; it must be seen as one.
        let Greeted { status, wrote, beyond } = loaded.greeted(Host { room, ..Host::OURS });
        if let Some(beyond) = beyond {
            return Err(format!(
                "it had room for {room} bytes and wrote to byte {beyond}: write no further than \
                 `struct_size` of `plugin` said before the call"
            ));
        }
        if status == STATUS_OK && room < first::PLUGIN {
            return Err(format!(
                "it started in a room of {room} bytes, where `run` has no place: return \
                 PARALLAX_VERSION"
            ));
        }
        if status == STATUS_OK && wrote.struct_size > room {
            return Err(format!(
                "it had room for {room} bytes and says that it filled {}: write into `struct_size` \
                 how much you filled",
                wrote.struct_size
            ));
        }
    }
    let rooms: Vec<String> = ROOMS.iter().map(ToString::to_string).collect();
    Ok(format!("{} bytes", rooms.join(", ")))
}

/// Whether a host of the first version is served, or refused as it should be.
pub(super) fn serves_an_older_host(library: &Path) -> Result<String, String> {
    let loaded = loaded(library)?;
    let greeted = loaded.greeted(Host::FIRST);
    if greeted.status != STATUS_OK {
        return match greeted.is_plugin() && greeted.wrote.abi_major == ABI_MAJOR {
            true => Ok("it refuses a host of version 1.0, and says so".to_owned()),
            false => Err("it refused a host of version 1.0 without saying who it is: write \
                          PARALLAX_MAGIC and your version first"
                .to_owned()),
        };
    }
    if greeted.wrote.requires_minor > 0 {
        return Ok(format!("it needs version {ABI_MAJOR}.{}", greeted.wrote.requires_minor));
    }
    let analysis = loaded.agreed(Host::FIRST).map_err(|refused| {
        format!("it agreed with a host of version 1.0, which cannot take it: {refused}")
    })?;
    let tried = Tried::agreed(analysis)?;
    let reading = readings::rich(20);
    let lending = Lending::of(&reading);
    let lent = lending.loaded().map_err(ToString::to_string)?;
    let how = super::ran::How { size: JobSize::First, ..tried.usual() };
    match tried.beside_the_plain(tried.run_on(Tables::Ours(lent), &how)) {
        Ok(answer) => Ok(answer.told()),
        Err(fault) => Err(format!(
            "it agreed with a host of version 1.0 and then failed there: {}; or write into \
             `requires_minor` which version it needs",
            fault.told()
        )),
    }
}

/// Whether its manifest can be used.
pub(super) fn manifest(library: &Path) -> Result<String, String> {
    let analysis = NativeAnalysis::open(library).map_err(|refused| match refused {
        Refused::Manifest(what) => format!(
            "the manifest cannot be read: {what}; `schemas/manifest.schema.json` says how it looks"
        ),
        refused @ Refused::OtherId { .. } => {
            format!("{refused}: the id, the entry and the file have one name")
        }
        refused => refused.to_string(),
    })?;
    let manifest = analysis.manifest();
    answer::check_manifest(manifest)
        .and_then(|()| Parameters::of(&manifest.parameters))
        .map_err(|what| format!("{what}; `schemas/manifest.schema.json` says how it looks"))?;
    Ok(format!("`{}` {}", manifest.id, manifest.version))
}

/// Whether it runs where nobody chooses anything.
pub(super) fn default_parameters(library: &Path) -> Result<String, String> {
    let tried = Tried::of(library)?;
    match &tried.plain {
        Ok(answer) => Ok(answer.told()),
        // What else can be wrong has checks of its own.
        Err(Fault::Failed(failed)) => Err(format!(
            "on a study in which everything is there {failed}; where a study does not allow the \
             analysis, return PARALLAX_NOT_AVAILABLE"
        )),
        Err(_) => Ok("it ran to its end".to_owned()),
    }
}

fn loaded(library: &Path) -> Result<Loaded, String> {
    Loaded::from(library).map_err(|refused| refused.to_string())
}
