//! Does a plugin read of its parameters what was chosen, and only as what it is?

use parallax_plugin::abi::STATUS_ABSENT;

use super::*;

/// What reading a place as one type answers, and what then stands in the room for it.
macro_rules! read {
    ($job:ident . $function:ident, $at:expr, $room:expr) => {{
        let mut room = $room;
        let at = AbiString::lend($at);
        let status = $job.$function.map_or(-9, |function| function($job, at, &raw mut room));
        (status, room)
    }};
}

/// Runs the checks within a run, and says that they ran.
macro_rules! checked {
    (|$job:ident| $body:block) => {{
        let outcome = ran!(|$job| {
            $body
            give($job, AbiString::lend("[]"))
        });
        assert_eq!(outcome, Outcome::Found(Vec::new()));
    }};
}

const NOT: i32 = STATUS_MALFORMED;

/// A check that fails must not leave the function of a plugin as a panic: it ends the process then,
/// which fails the test as well.
#[test]
fn each_type_is_read_as_itself_and_as_no_other() {
    checked!(|job| {
        assert_eq!(read!(job.parameter_i64, "/whole", 0), (STATUS_OK, 7));
        assert_eq!(read!(job.parameter_f64, "/whole", 0.0), (STATUS_OK, 7.0));
        assert_eq!(read!(job.parameter_f64, "/part", 0.0), (STATUS_OK, 0.5));
        assert_eq!(read!(job.parameter_bool, "/yes", 9), (STATUS_OK, 1));
        assert_eq!(read!(job.parameter_count, "/codes", 9), (STATUS_OK, 2));
        assert_eq!(read!(job.parameter_i64, "/deep/a~1b/0/0", 0), (STATUS_OK, 1));
        let (status, text) = read!(job.parameter_string, "/codes/1", AbiString::EMPTY);
        assert_eq!((status, text.read()), (STATUS_OK, Some("Q")));
        let (status, text) = read!(job.parameter_string, "/name", AbiString::EMPTY);
        assert_eq!((status, text.read()), (STATUS_OK, Some("één")));
        // Of another type: what stood in the room stays.
        assert_eq!(read!(job.parameter_i64, "/part", 3), (NOT, 3));
        assert_eq!(read!(job.parameter_i64, "/large", 3), (NOT, 3));
        assert_eq!(read!(job.parameter_i64, "/yes", 3), (NOT, 3));
        assert_eq!(read!(job.parameter_f64, "/name", 3.0), (NOT, 3.0));
        assert_eq!(read!(job.parameter_bool, "/whole", 3), (NOT, 3));
        assert_eq!(read!(job.parameter_count, "/deep", 3), (NOT, 3));
        let (status, text) = read!(job.parameter_string, "/codes", AbiString::EMPTY);
        assert_eq!((status, text.len), (NOT, 0));
    });
}

#[test]
fn what_is_not_there_or_null_is_absent() {
    checked!(|job| {
        for at in ["/off", "/nothing", "/codes/2", "/codes/-", "whole", "", "/"] {
            assert_eq!(read!(job.parameter_i64, at, 3), (STATUS_ABSENT, 3), "{at}");
            assert_eq!(read!(job.parameter_bool, at, 3), (STATUS_ABSENT, 3), "{at}");
            assert_eq!(read!(job.parameter_count, at, 3), (STATUS_ABSENT, 3), "{at}");
        }
    });
}

#[test]
fn where_there_is_no_room_no_text_or_no_job_nothing_is_written() {
    checked!(|job| {
        let at = AbiString::lend("/whole");
        let lost = AbiString { start: null(), len: 2 };
        let mut room = [3_i64; 2];
        let read = |job: *const AbiJob, at, room| {
            (*job).parameter_i64.map_or(-9, |function| function(job, at, room))
        };
        assert_eq!(read(job, at, null_mut()), NOT);
        assert_eq!(read(job, at, room.as_mut_ptr().byte_add(1)), NOT);
        assert_eq!(read(job, lost, room.as_mut_ptr()), NOT);
        let nobodys = AbiJob { context: null_mut(), ..*job };
        assert_eq!(read(&raw const nobodys, at, room.as_mut_ptr()), NOT);
        let nowhere = job.parameter_i64.map_or(-9, |f| f(null(), at, room.as_mut_ptr()));
        assert_eq!((nowhere, room), (NOT, [3; 2]));
        let none = null_mut();
        assert_eq!(job.parameter_string.map_or(-9, |f| f(job, at, none)), NOT);
        assert_eq!(job.parameter_f64.map_or(-9, |f| f(job, at, null_mut())), NOT);
        assert_eq!(job.parameter_bool.map_or(-9, |f| f(job, at, null_mut())), NOT);
        assert_eq!(job.parameter_count.map_or(-9, |f| f(job, at, null_mut())), NOT);
    });
}
