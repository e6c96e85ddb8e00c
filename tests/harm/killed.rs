//! What is left of a study's results when the program is killed while it works?

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use crate::study::{parallax, ran, written};

/// What a killed program is to do, and on what.
pub(crate) struct Killed<'k> {
    /// The folder of the study.
    pub(crate) folder: &'k Path,
    /// The command, as it is typed.
    pub(crate) command: &'k [&'k str],
    /// Puts the study into one of two states, 0 and 1, which give different results.
    pub(crate) put: &'k dyn Fn(&Path, usize),
    /// Where moments are drawn from.
    pub(crate) seed: u64,
}

/// Files that a killed program left unfinished; the next one clears them away.
fn is_unfinished(name: &str) -> bool {
    name.rsplit('/').next().is_some_and(|name| name.starts_with(".parallax-"))
}

impl Killed<'_> {
    /// Kills the command at so many moments of its work, and looks at every file it wrote after
    /// each: it is there as one of the two states gives it, whole. Now and then the command runs to
    /// its end, and all is as that state gives it. How many were killed before they were done.
    #[expect(clippy::disallowed_methods, reason = "moments are drawn from how long it takes")]
    pub(crate) fn at_moments(&self, moments: usize) -> usize {
        let (mut lasts, mut good) = (Duration::MAX, Vec::new());
        for state in [0, 1, 0, 1] {
            let began = Instant::now();
            let files = self.whole(state);
            lasts = lasts.min(began.elapsed());
            good.push(files);
        }
        assert!(good[0] == good[2] && good[1] == good[3], "the same state gives the same files");
        assert_ne!(good[0], good[1]);
        let (mut chance, mut killed) = (self.seed, 0);
        for moment in 0..moments {
            chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let part =
                f64::from(u32::try_from(chance >> 33).expect("31 bits")) / f64::from(1_u32 << 31);
            // Every other one falls where files are written.
            let part = if moment % 2 == 0 { 1.1 * part } else { 0.6 + 0.6 * part };
            (self.put)(self.folder, moment);
            // How long it lasts changes with what else the computer does.
            match self.is_killed(lasts.mul_f64(part)) {
                Ended::Killed if part > 1.0 => (killed, lasts) = (killed + 1, lasts.mul_f64(1.1)),
                Ended::Killed => killed += 1,
                Ended::Done(after) => lasts = lasts.min(after),
            }
            for (name, bytes) in written(self.folder) {
                let is_good = |of: &BTreeMap<String, Vec<u8>>| of.get(&name) == Some(&bytes);
                let is_whole = is_unfinished(&name) || is_good(&good[0]) || is_good(&good[1]);
                assert!(is_whole, "{name} after moment {moment}");
            }
            for name in good[0].keys().filter(|name| good[1].contains_key(*name)) {
                assert!(self.folder.join(name).exists(), "{name} after moment {moment}");
            }
            if moment % 20 == 19 {
                assert!(self.whole(moment) == good[moment % 2], "after moment {moment}");
            }
        }
        killed
    }

    /// Runs the command to its end in a state; what it wrote.
    fn whole(&self, state: usize) -> BTreeMap<String, Vec<u8>> {
        (self.put)(self.folder, state);
        let output = ran(self.folder, self.command);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        written(self.folder)
    }

    #[expect(clippy::disallowed_methods, reason = "it is killed after so long")]
    fn is_killed(&self, after: Duration) -> Ended {
        let mut command = parallax(self.folder, self.command);
        let began = Instant::now();
        let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        let mut child = child.expect("the program starts");
        while began.elapsed() < after {
            if child.try_wait().expect("it can be asked").is_some() {
                return Ended::Done(began.elapsed());
            }
            thread::sleep(Duration::from_millis(1));
        }
        // It may be done this very moment.
        let _done = child.kill();
        match child.wait().expect("it ends").success() {
            true => Ended::Done(began.elapsed()),
            false => Ended::Killed,
        }
    }
}

/// How a command that was to be killed ended.
enum Ended {
    /// It was killed.
    Killed,
    /// It was done before, after so long.
    Done(Duration),
}
