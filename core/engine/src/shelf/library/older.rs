//! Does a plugin of today run on a program of version 1.0, and write nothing where it has no room?
//!
//! A program of that version is played here: its structs are shorter, and behind each stands a mark
//! that nobody may read as a function, or write over.

use std::ffi::c_void;
use std::mem::MaybeUninit;
use std::sync::Mutex;

use parallax_plugin::abi::{
    AbiEntry, AbiHost, AbiJob, AbiPlugin, AbiString, STATUS_MALFORMED, STATUS_OK, first, size_u32,
};
use parallax_plugin::columns::lend_tables;
use parallax_plugin::prelude::*;

use super::host::HOST;

/// A struct of version 1.0 in room of the length of today's, the rest of which is marked.
#[repr(C, align(8))]
struct Short<T>(MaybeUninit<T>);

const MARK: u8 = 0xA5;

impl<T> Short<T> {
    fn of(whole: &T, size: u32) -> Self {
        let mut short = Self(MaybeUninit::uninit());
        let start = short.0.as_mut_ptr().cast::<u8>();
        let size = size as usize;
        assert!(size < size_of::<T>(), "it grew since");
        // SAFETY: both are as long as `T`, and the first part of one goes into the other.
        unsafe {
            start.write_bytes(MARK, size_of::<T>());
            start.copy_from_nonoverlapping(std::ptr::from_ref(whole).cast(), size);
        }
        short
    }

    /// Whether everything behind version 1.0 is as it was.
    fn is_untouched(&self, size: u32) -> bool {
        let start = self.0.as_ptr().cast::<u8>();
        // SAFETY: every byte was written in `of`, and there are as many as `T` has.
        (size as usize..size_of::<T>()).all(|at| unsafe { start.add(at).read() } == MARK)
    }
}

static GIVEN: Mutex<Vec<String>> = Mutex::new(Vec::new());

unsafe extern "C" fn take(_: *const AbiJob, text: AbiString) -> i32 {
    // SAFETY: the text lives for the call.
    let text = unsafe { text.read() }.unwrap_or("no text").to_owned();
    GIVEN.lock().expect("not poisoned").push(text);
    STATUS_OK
}

unsafe extern "C" fn go_on(_: *const AbiJob, _: u64, _: u64) -> i32 {
    STATUS_OK
}

/// What an entry and its run answer to a program of version 1.0, and what was handed over.
fn ran_on_the_first(entry: AbiEntry, reading: &Reading<'static>) -> (i32, i32, Vec<String>) {
    // It lives as long as the process, as the interface says of a host.
    // Its log is that of this very image, in which an event would go round for ever: it has none.
    let host = AbiHost {
        abi_minor: 0,
        struct_size: first::HOST,
        image: std::ptr::null(),
        log_level: None,
        log: None,
        ..HOST
    };
    let host: &'static Short<AbiHost> = Box::leak(Box::new(Short::of(&host, first::HOST)));
    let room = AbiPlugin { struct_size: first::PLUGIN, ..AbiPlugin::ROOM };
    let mut room = Short::of(&room, first::PLUGIN);
    // SAFETY: the room is as long as it says, and so is the host.
    let entered = unsafe { entry(host.0.as_ptr(), room.0.as_mut_ptr()) };
    assert!(room.is_untouched(first::PLUGIN), "nothing is written behind the room");
    assert!(host.is_untouched(first::HOST));
    // SAFETY: every byte of it was written, and any is one of a number or of an address; what would
    // be a function there is not looked at.
    let (size, state, run) = unsafe {
        let plugin = room.0.as_ptr();
        ((*plugin).struct_size, (*plugin).state, (*plugin).run)
    };
    let Some(run) = run.filter(|_| entered == STATUS_OK) else {
        return (entered, STATUS_MALFORMED, Vec::new());
    };
    assert_eq!(size, first::PLUGIN, "it says how much it filled");
    let job = Short::of(
        &AbiJob {
            struct_size: first::JOB,
            reserved: 0,
            id: 1,
            seed: 7,
            context: std::ptr::null_mut::<c_void>(),
            findings: Some(take),
            reason: Some(take),
            progress: Some(go_on),
            table: None,
            parameter_i64: None,
            parameter_f64: None,
            parameter_bool: None,
            parameter_string: None,
            parameter_count: None,
        },
        first::JOB,
    );
    assert_eq!(size_u32::<AbiJob>(), 104);
    let tables = parallax_plugin::columns::tables(reading).expect("is whole");
    let lent = lend_tables(tables);
    GIVEN.lock().expect("not poisoned").clear();
    // SAFETY: the job, the tables and the parameters stand during the call.
    let status = unsafe { run(state, job.0.as_ptr(), lent.reading(), AbiString::lend("{}")) };
    assert!(job.is_untouched(first::JOB));
    let given = GIVEN.lock().expect("not poisoned").clone();
    (entered, status, given)
}

fn two_people() -> Reading<'static> {
    let mut reading = Reading { mapping: "m".into(), ..Reading::default() };
    reading.roles.ids = ["S"].into_iter().collect();
    reading.roles.labels = ["supervisor"].into_iter().collect();
    reading.roles.kinds = vec![0].into();
    reading.roles.within = vec![NONE].into();
    reading.participants.ids = ["S1", "S2"].into_iter().collect();
    reading.participants.cases = vec![NONE; 2].into();
    reading.participants.roles = vec![0, NONE].into();
    reading.participants.titles = vec![NONE; 2].into();
    reading.participants.kinds = vec![0; 2].into();
    reading.excerpts.code_offsets = vec![0].into();
    reading.sources.speaker_offsets = vec![0].into();
    reading.constraints.member_offsets = vec![0].into();
    reading
}

mod of_the_kit {
    use super::*;

    fn analyse(reading: &Reading<'_>, _: &NoParameters, job: &Job<'_>) -> Found {
        job.progress(1, 1)?;
        tracing::error!("an event for a host that takes none");
        Err(NoFindings::not_available(format!("{} people", reading.participants.len())))
    }

    export_analysis!(
        parallax_plugin_of_the_kit,
        r#"{
            "id": "of-the-kit", "version": "1.0.0", "title": "T", "question": "Q?", "method": "M",
            "templates": {}
        }"#,
        analyse
    );
}

/// Both in one test: what is handed over goes to one place.
#[test]
fn plugins_of_today_run_on_a_program_of_the_first_version() {
    let kit = ran_on_the_first(of_the_kit::ENTRY.function(), &two_people());
    assert_eq!(kit, (STATUS_OK, 1, vec!["2 people".to_owned()]));
    #[cfg(all(unix, not(miri)))]
    {
        let (entered, status, given) = in_c::ran();
        assert_eq!((entered, status, given.len()), (STATUS_OK, STATUS_OK, 1));
        assert!(given[0].starts_with(r#"[{"about":"S","template":"role""#), "{}", given[0]);
    }
}

#[cfg(all(unix, not(miri)))]
mod in_c {
    use std::path::Path;
    use std::process::Command;

    use super::*;

    /// The plugin in C of the tests, compiled against today's header.
    pub(super) fn ran() -> (i32, i32, Vec<String>) {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let folder = tempfile::tempdir().expect("a folder");
        let made = folder.path().join("plugin");
        let compiled = Command::new(option_env!("CC").unwrap_or("cc"))
            .args(["-std=c11", "-shared", "-fPIC", "-I"])
            .arg(here.join("../plugin/include"))
            .arg("-o")
            .args([&made, &here.join("tests/in_c/count_in_c.c")])
            .status();
        assert!(compiled.is_ok_and(|status| status.success()));
        // SAFETY: the library is the one of the tests, whose constructors do nothing.
        let library = unsafe { super::super::load(&made) }.expect("loads");
        let library = Box::leak(Box::new(library));
        // SAFETY: the symbol is an entry of the interface.
        let entry = unsafe { library.get::<AbiEntry>(b"parallax_plugin_count_in_c") };
        let mut reading = two_people();
        reading.participants.roles = vec![0, 0].into();
        ran_on_the_first(*entry.expect("is there"), &reading.with_cells())
    }
}
