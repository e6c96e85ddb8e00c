//! Does arithmetic go on after a library as it did before?
//!
//! A library that was built with `-ffast-math` sets the processor to take the smallest numbers for
//! zero when it is loaded: wrong numbers in this program, with no cause in sight.

/// How this thread's processor rounds, and what it does with the smallest numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Control(u64);

/// Runs `f`, after which this thread computes as before, whatever `f` did to the processor.
pub(super) fn unchanged<T>(f: impl FnOnce() -> T) -> T {
    let before = read();
    let result = f();
    if kept(read()) != kept(before) {
        write(before);
    }
    result
}

/// Without the marks of what happened, such as that a result was rounded.
#[cfg(target_arch = "x86_64")]
fn kept(Control(control): Control) -> u64 {
    control & !0x3F
}

#[cfg(not(target_arch = "x86_64"))]
fn kept(Control(control): Control) -> u64 {
    control
}

#[cfg(all(target_arch = "x86_64", not(miri)))]
fn read() -> Control {
    let mut control = 0_u32;
    // SAFETY: it stores the register MXCSR, which every processor of this kind has, into a number of
    // its size.
    unsafe {
        std::arch::asm!("stmxcsr [{}]", in(reg) &raw mut control, options(nostack, preserves_flags));
    }
    Control(control.into())
}

#[cfg(all(target_arch = "x86_64", not(miri)))]
fn write(Control(control): Control) {
    #[expect(clippy::cast_possible_truncation, reason = "the register has 32 bits")]
    let control = control as u32;
    // SAFETY: it loads what `read` stored, so every bit is one that the processor allows; code that
    // the compiler made counts on exactly this state.
    unsafe {
        std::arch::asm!("ldmxcsr [{}]", in(reg) &raw const control, options(nostack, preserves_flags));
    };
}

#[cfg(all(target_arch = "aarch64", not(miri)))]
fn read() -> Control {
    let control: u64;
    // SAFETY: it reads the register FPCR, which every processor of this kind has.
    unsafe {
        std::arch::asm!("mrs {}, fpcr", out(reg) control, options(nomem, nostack, preserves_flags))
    }
    Control(control)
}

#[cfg(all(target_arch = "aarch64", not(miri)))]
fn write(Control(control): Control) {
    // SAFETY: it writes what `read` gave; code that the compiler made counts on exactly this state.
    unsafe {
        std::arch::asm!("msr fpcr, {}", in(reg) control, options(nomem, nostack, preserves_flags))
    };
}

/// On other processors a library is believed to leave it as it was.
#[cfg(any(miri, not(any(target_arch = "x86_64", target_arch = "aarch64"))))]
fn read() -> Control {
    Control(0)
}

#[cfg(any(miri, not(any(target_arch = "x86_64", target_arch = "aarch64"))))]
fn write(_: Control) {}

#[cfg(all(test, not(miri), any(target_arch = "x86_64", target_arch = "aarch64")))]
mod tests {
    use std::hint::black_box;

    use super::*;

    /// Half the smallest number that is not denormal: 0 where such numbers are taken for it.
    fn half() -> u64 {
        (black_box(f64::MIN_POSITIVE) / black_box(2.0)).to_bits()
    }

    #[test]
    fn a_changed_mode_ends_with_the_call() {
        // Flush to zero, denormals are zero; as `-ffast-math` sets them.
        let flush = if cfg!(target_arch = "x86_64") { 0x8040 } else { 1 << 24 };
        let before = (half(), kept(read()));
        assert_ne!(before.0, 0);
        let within = unchanged(|| {
            write(Control(read().0 | flush));
            half()
        });
        assert_eq!(within, 0, "the mode is what the test takes it for");
        assert_eq!((half(), kept(read())), before);
    }
}
