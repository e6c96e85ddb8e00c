//! How does an analysis on the other side of the C border become one on the shelf?
//!
//! The standard plugins are linked in, others are loaded from a library; both go through the same
//! table of functions.
#![expect(unsafe_code, reason = "what stands behind the border is called through pointers")]

mod agree;
mod floating;
mod host;
mod job;
#[cfg(test)]
mod older;
pub(crate) mod trial;
mod whole;

use std::path::Path;

use parallax_model::{Manifest, Outcome};
use parallax_plugin::Entry;
use parallax_plugin::abi::{ABI_MAJOR, ABI_MINOR, AbiEntry, ENTRY_PREFIX, MODEL_VERSION};
use parallax_plugin::columns::Lent;
use thiserror::Error;

use super::Lending;
pub use job::Asked;

/// The version of the interface that this program speaks: major and minor.
pub const ABI: [u16; 2] = [ABI_MAJOR, ABI_MINOR];

/// An analysis behind the C border.
#[derive(Debug)]
pub struct NativeAnalysis {
    manifest: Manifest,
    agreed: agree::Agreed,
    origin: Origin,
}

/// Where an analysis came from, which decides what it is handed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Origin {
    /// Linked into the program: written with the kit, which computes cells where it needs them.
    Linked,
    /// Loaded from a library, of any language: it gets the cells computed, as columns.
    Loaded,
}

/// Why an analysis does not stand on the shelf.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Refused {
    /// The library cannot be loaded, with the reason the system gives.
    #[error("the library `{file}` cannot be loaded: {why}")]
    Unloadable {
        /// The file's name.
        file: String,
        /// The reason.
        why: String,
    },
    /// The library has no entry of the name its file asks for.
    #[error(
        "the library `{file}` has no symbol `{symbol}`: it is no plugin of parallax, or its file \
         was renamed"
    )]
    NoSymbol {
        /// The file's name.
        file: String,
        /// The symbol that was looked for.
        symbol: String,
    },
    /// The entry did not write what every plugin writes first.
    #[error("it is no plugin of parallax: its entry did not say that it is one")]
    NotAPlugin,
    /// The plugin speaks another major version.
    #[error(
        "the plugin speaks version {major}.{minor} of the plugin interface, this program \
         {ABI_MAJOR}.{ABI_MINOR}: {}",
        if *major > ABI_MAJOR { "update this program" } else { "rebuild the plugin" }
    )]
    OtherMajor {
        /// The plugin's major version.
        major: u16,
        /// The plugin's minor version.
        minor: u16,
    },
    /// The plugin needs functions that this program does not have yet.
    #[error(
        "the plugin needs version {ABI_MAJOR}.{minor} of the plugin interface, this program has \
         {ABI_MAJOR}.{ABI_MINOR}: update this program"
    )]
    NeedsNewer {
        /// The minor version that it needs.
        minor: u16,
    },
    /// The plugin was written for tables and columns of another version.
    #[error(
        "the plugin reads version {version} of the tables, this program gives {MODEL_VERSION}: {}",
        if *version > MODEL_VERSION { "update this program" } else { "rebuild the plugin" }
    )]
    OtherModel {
        /// The version that it was written for.
        version: u32,
    },
    /// The plugin filled less than its version asks for.
    #[error(
        "the plugin says less of itself than version {ABI_MAJOR}.0 of the plugin interface asks"
    )]
    TooSmall,
    /// The plugin agreed on the version and then refused.
    #[error("the plugin did not start (status {status})")]
    NotStarted {
        /// What its entry returned.
        status: i32,
    },
    /// The manifest cannot be read, or does not hold.
    #[error("the manifest cannot be used: {0}")]
    Manifest(String),
    /// The manifest's id is another than that of the symbol.
    #[error(
        "the plugin behind `{symbol}` says that its id is `{id}`, which belongs to `{}`",
        symbol_of(id)
    )]
    OtherId {
        /// The symbol that was called.
        symbol: String,
        /// The id in the manifest.
        id: String,
    },
    /// An analysis with the same id stands on the shelf already.
    #[error("there are two analyses with the id `{id}`")]
    Duplicate {
        /// The id.
        id: String,
    },
}

impl NativeAnalysis {
    /// An analysis that is linked into the program.
    ///
    /// # Errors
    /// When it speaks another version, or its manifest cannot be used.
    pub fn linked(entry: Entry) -> Result<Self, Refused> {
        // SAFETY: whoever made the entry promised that it keeps to the interface.
        unsafe { Self::behind(entry.symbol(), entry.function()) }
    }

    /// An analysis from a library, whose file is named as its id: `libword_count.so` has the
    /// symbol `parallax_plugin_word_count`. A library stays loaded as long as the process.
    ///
    /// **It runs the library's code, with everything this process may do.** Call it for a file
    /// that the user trusts, never because a study names it.
    ///
    /// # Errors
    /// When the file is no whole library, has not the symbol, speaks another version, or its
    /// manifest cannot be used.
    pub fn open(file: &Path) -> Result<Self, Refused> {
        let analysis = floating::unchanged(|| {
            let (symbol, entry) = entry_of(file)?;
            // SAFETY: a symbol of this name is such a function, in a library that keeps to the
            // interface; another use of the name cannot be told from here.
            unsafe { Self::behind(&symbol, entry) }
        })?;
        Ok(Self { origin: Origin::Loaded, ..analysis })
    }

    /// # Safety
    /// The entry keeps to `parallax_plugin::abi`.
    unsafe fn behind(symbol: &str, entry: AbiEntry) -> Result<Self, Refused> {
        // SAFETY: the caller's promise.
        let agreed = unsafe { agree::agree(entry, &host::HOST)? };
        Self::of(symbol, agreed, Origin::Linked)
    }

    /// An analysis that speaks our version, if its manifest holds.
    fn of(symbol: &str, agreed: agree::Agreed, origin: Origin) -> Result<Self, Refused> {
        let manifest: Manifest = serde_json::from_str(agreed.manifest_json)
            .map_err(|e| Refused::Manifest(e.to_string()))?;
        if symbol_of(&manifest.id) != symbol {
            return Err(Refused::OtherId { symbol: symbol.to_owned(), id: manifest.id });
        }
        tracing::debug!(analysis = manifest.id, version = manifest.version, "agreed");
        Ok(Self { manifest, agreed, origin })
    }

    /// What it says of itself.
    #[must_use]
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Runs it on a reading; the findings are not yet looked at
    /// ([`answer::check`](super::answer::check)).
    #[must_use]
    pub fn run(&self, lending: &Lending<'_>, asked: Asked<'_>) -> Outcome {
        let lent = match self.origin {
            Origin::Linked => lending.linked(),
            Origin::Loaded => lending.loaded(),
        };
        match lent {
            Ok(lent) => self.run_on(lent, asked),
            Err(malformed) => Outcome::Failed(malformed.to_string()),
        }
    }

    /// The same on a reading that is laid out already.
    #[must_use]
    pub fn run_on(&self, lent: &Lent<'_>, asked: Asked<'_>) -> Outcome {
        job::run(&self.agreed, lent, asked)
    }

    /// The version of the interface that it speaks: major and minor.
    #[must_use]
    pub fn abi(&self) -> [u16; 2] {
        self.agreed.abi
    }

    /// The version of the tables that it was written for.
    #[must_use]
    pub fn model_version(&self) -> u32 {
        self.agreed.model_version
    }
}

/// The symbol that a library's file is named after, and the entry behind it. It loads the library,
/// which stays loaded as long as the process.
fn entry_of(file: &Path) -> Result<(String, AbiEntry), Refused> {
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let unloadable = |why: String| Refused::Unloadable { file: name.clone(), why };
    // A path without a directory would be looked for where the system keeps its libraries.
    let file = file.canonicalize().map_err(|e| unloadable(e.to_string()))?;
    whole::check(&file).map_err(unloadable)?;
    let symbol = symbol_of(stem(&file));
    // SAFETY: the caller trusts the file; what it runs while it is loaded cannot be known.
    let library = unsafe { load(&file) }.map_err(|e| unloadable(reason(&e)))?;
    // It is never unloaded: it may have started threads, registered destructors of
    // thread-local values, or handed out addresses that live as long as the process.
    let library = Box::leak(Box::new(library));
    // SAFETY: a symbol of this name is such a function, as above.
    match unsafe { library.get::<AbiEntry>(symbol.as_bytes()) } {
        Ok(entry) => Ok((symbol, *entry)),
        Err(_) => Err(Refused::NoSymbol { file: name, symbol }),
    }
}

/// The symbol of the analysis with this id.
fn symbol_of(id: &str) -> String {
    format!("{ENTRY_PREFIX}{}", id.replace('-', "_"))
}

/// The file name of a library with this stem, as the system writes such names.
pub(crate) fn file_name(stem: &str) -> String {
    use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};

    format!("{DLL_PREFIX}{stem}{DLL_SUFFIX}")
}

/// The id in a library's file name, as the system writes such names: `libm.so.6` is `m`.
pub(crate) fn stem(file: &Path) -> &str {
    let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let stem = name.split('.').next().unwrap_or_default();
    stem.strip_prefix(std::env::consts::DLL_PREFIX).unwrap_or(stem)
}

/// The reason that the system gives, behind what `libloading` calls it.
fn reason(error: &libloading::Error) -> String {
    std::error::Error::source(error).map_or_else(|| error.to_string(), ToString::to_string)
}

/// # Safety
/// Loading runs code of the file.
#[cfg(unix)]
unsafe fn load(file: &Path) -> Result<libloading::Library, libloading::Error> {
    use libloading::os::unix::{Library, RTLD_LOCAL, RTLD_NOW};

    // Every symbol is looked up at once, so that a missing one is an error here and not a crash
    // during a run; none becomes visible to other libraries; and not even somebody else's `dlclose`
    // unloads it.
    // SAFETY: the caller's promise.
    unsafe { Library::open(Some(file), RTLD_NOW | RTLD_LOCAL | NODELETE) }.map(Into::into)
}

/// `RTLD_NODELETE`, as the systems number it; where it is not known, leaking the handle must do.
#[cfg(unix)]
const NODELETE: std::ffi::c_int = match () {
    () if cfg!(any(target_os = "linux", target_os = "android")) => 0x1000,
    () if cfg!(target_vendor = "apple") => 0x80,
    () => 0,
};

/// # Safety
/// Loading runs code of the file.
#[cfg(windows)]
unsafe fn load(file: &Path) -> Result<libloading::Library, libloading::Error> {
    // SAFETY: the caller's promise.
    let library = unsafe { libloading::os::windows::Library::new(file)? };
    library.pin()?;
    Ok(library.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_and_an_id_give_the_same_symbol() {
        for ending in ["so", "so.6", "dll"] {
            let file = format!("/x/{}word_count.{ending}", std::env::consts::DLL_PREFIX);
            assert_eq!(symbol_of(stem(Path::new(&file))), "parallax_plugin_word_count");
        }
        assert_eq!(symbol_of("word-count"), "parallax_plugin_word_count");
    }

    #[test]
    fn a_file_that_is_no_plugin_is_refused_with_the_reason() {
        let folder = tempfile::tempdir().expect("a folder");
        let refused = |name: &str, bytes: &[u8]| {
            let file = folder.path().join(name);
            std::fs::write(&file, bytes).expect("written");
            NativeAnalysis::open(&file).map(drop).expect_err("is refused").to_string()
        };
        let program = std::fs::read(std::env::current_exe().expect("known")).expect("read");
        let said = [
            refused("libnotes.so", b"just some notes"),
            refused("libempty.so", b""),
            refused("libcut.so", &program[..4096]),
            refused("libstart.so", &program[..100]),
        ];
        if cfg!(target_os = "linux") {
            insta::assert_snapshot!(said.join("\n"), @"
            the library `libnotes.so` cannot be loaded: it is no library
            the library `libempty.so` cannot be loaded: it is no library
            the library `libcut.so` cannot be loaded: it is not whole: the file ends too early
            the library `libstart.so` cannot be loaded: it is not whole: the file ends too early
            ");
        }
    }

    /// Where a file is mapped into this process, not even by its whole name.
    #[cfg(all(target_os = "linux", not(miri)))]
    fn is_mapped(file: &Path) -> bool {
        let name = file.to_string_lossy().into_owned();
        std::fs::read_to_string("/proc/self/maps").is_ok_and(|maps| maps.contains(&name))
    }

    #[test]
    #[cfg(all(target_os = "linux", not(miri)))]
    fn a_library_stays_when_it_is_closed() {
        let folder = tempfile::tempdir().expect("a folder");
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/in_c/count_in_c.c");
        let mut mapped = Vec::new();
        for (name, closed_by_the_system) in [("plain.so", true), ("kept.so", false)] {
            let file = folder.path().join(name);
            let compiled = std::process::Command::new("cc")
                .args(["-shared", "-fPIC", "-I"])
                .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("../plugin/include"))
                .arg("-o")
                .args([&file, &source])
                .status();
            assert!(compiled.is_ok_and(|status| status.success()));
            // SAFETY: loading the library of the tests runs no code of its own.
            let library = match closed_by_the_system {
                true => unsafe { libloading::Library::new(&file) },
                false => unsafe { load(&file) },
            };
            assert!(is_mapped(&file));
            drop(library.expect("loads"));
            mapped.push(is_mapped(&file));
        }
        assert_eq!(mapped, [false, true], "only what was loaded to stay stays");
    }
}
