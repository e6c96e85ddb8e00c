//! How are lists within lists compared and shown, however deep they are, and functions in them?
//!
//! The language calls itself for each list within a list, and copies what is left of it each time.
//! A list that is nested a few thousand times then takes more stack than there is.

use std::fmt::{self, Write};

use rhai::{
    Array, Dynamic, Engine, EvalAltResult, FnPtr, FuncRegistration, ImmutableString, Map,
    NativeCallContext,
};

use super::bounded::{Room, short};
use super::fault;
use crate::shelf::words;

type Result<T> = std::result::Result<T, Box<EvalAltResult>>;
type Context<'c> = NativeCallContext<'c>;

/// How deep lists and maps are looked into.
const DEEPEST: usize = 500;

/// Compares and shows lists and maps; a text has at most so many bytes.
pub(super) fn give(engine: &mut Engine, most: usize) {
    for (sign, wanted) in [("==", true), ("!=", false)] {
        let compare = move |context: Context<'_>, one: &mut Array, other: Array| {
            let same = lists(&context, one, &other, DEEPEST)?;
            Ok::<_, Box<EvalAltResult>>(same == wanted)
        };
        FuncRegistration::new(sign).with_purity(true).register_into_engine(engine, compare);
        let compare = move |context: Context<'_>, one: &mut Map, other: Map| {
            let same = maps(&context, one, &other, DEEPEST)?;
            Ok::<_, Box<EvalAltResult>>(same == wanted)
        };
        FuncRegistration::new(sign).with_purity(true).register_into_engine(engine, compare);
    }
    for name in ["print", "to_string", "debug", "to_debug"] {
        let show = move |context: Context<'_>, list: &mut Array| {
            whole(most, |room| list_in(&context, room, list, DEEPEST))
        };
        FuncRegistration::new(name).with_purity(true).register_into_engine(engine, show);
        let show = move |context: Context<'_>, map: &mut Map| {
            whole(most, |room| map_in(&context, room, map, DEEPEST))
        };
        FuncRegistration::new(name).with_purity(true).register_into_engine(engine, show);
        let show = |function: &mut FnPtr| format!("Fn({})", own_name(function));
        FuncRegistration::new(name).with_purity(true).register_into_engine(engine, show);
    }
    FuncRegistration::new("name").with_purity(true).register_into_engine(engine, own_name);
    FuncRegistration::new_getter("name").with_purity(true).register_into_engine(engine, own_name);
}

/// The name that a script gave a function. What the language calls one without a name differs with
/// each run.
fn own_name(function: &mut FnPtr) -> String {
    if function.is_anonymous() { String::new() } else { function.fn_name().to_owned() }
}

/// # Errors
/// When lists and maps are nested too deep.
pub(super) fn is_shallow<'v>(values: impl Iterator<Item = &'v Dynamic>) -> Result<()> {
    fn goes_in(value: &Dynamic, deeper: usize) -> bool {
        if let Some(list) = value.read_lock::<Array>() {
            return deeper > 0 && list.iter().all(|value| goes_in(value, deeper - 1));
        }
        let map = value.read_lock::<Map>();
        map.is_none_or(|map| deeper > 0 && map.values().all(|value| goes_in(value, deeper - 1)))
    }
    let mut values = values;
    if values.all(|value| goes_in(value, DEEPEST)) { Ok(()) } else { Err(too_deep()) }
}

fn too_deep() -> Box<EvalAltResult> {
    fault::beyond_limit(format!("lists and maps are nested more than {DEEPEST} deep"))
}

fn lists(context: &Context<'_>, one: &Array, other: &Array, deeper: usize) -> Result<bool> {
    if one.len() != other.len() {
        return Ok(false);
    }
    for (one, other) in one.iter().zip(other) {
        if !same(context, one, other, deeper)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn maps(context: &Context<'_>, one: &Map, other: &Map, deeper: usize) -> Result<bool> {
    if one.len() != other.len() {
        return Ok(false);
    }
    for (name, one) in one {
        let Some(other) = other.get(name) else { return Ok(false) };
        if !same(context, one, other, deeper)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn same(context: &Context<'_>, one: &Dynamic, other: &Dynamic, deeper: usize) -> Result<bool> {
    if deeper == 0 {
        return Err(too_deep());
    }
    if let (Some(one), Some(other)) = (one.read_lock::<Array>(), other.read_lock::<Array>()) {
        return lists(context, &one, &other, deeper - 1);
    }
    if let (Some(one), Some(other)) = (one.read_lock::<Map>(), other.read_lock::<Map>()) {
        return maps(context, &one, &other, deeper - 1);
    }
    let types_differ = one.type_id() != other.type_id();
    let (mut one, mut other) = (one.clone(), other.clone());
    match context.call_native_fn_raw("==", true, &mut [&mut one, &mut other]) {
        Ok(same) => Ok(same.as_bool().unwrap_or(false)),
        Err(error) => match *error {
            EvalAltResult::ErrorFunctionNotFound(..) if types_differ => Ok(false),
            _ => Err(error),
        },
    }
}

/// A text that is written bit by bit. One that is too long is cut one byte behind what a text can
/// have, where the engine stops the script.
fn whole(most: usize, write: impl FnOnce(&mut Room) -> fmt::Result) -> ImmutableString {
    let mut room = Room { text: String::new(), left: most.saturating_add(1) };
    match write(&mut room) {
        Ok(()) => room.text.into(),
        Err(fmt::Error) => (room.text + " ".repeat(room.left).as_str()).into(),
    }
}

fn list_in(context: &Context<'_>, room: &mut Room, list: &Array, deeper: usize) -> fmt::Result {
    room.write_str("[")?;
    for (number, value) in list.iter().enumerate() {
        room.write_str(if number > 0 { ", " } else { "" })?;
        value_in(context, room, value, deeper)?;
    }
    room.write_str("]")
}

fn map_in(context: &Context<'_>, room: &mut Room, map: &Map, deeper: usize) -> fmt::Result {
    room.write_str("#{")?;
    for (number, (name, value)) in map.iter().enumerate() {
        room.write_str(if number > 0 { ", " } else { "" })?;
        write!(room, "{name:?}: ")?;
        value_in(context, room, value, deeper)?;
    }
    room.write_str("}")
}

fn value_in(context: &Context<'_>, room: &mut Room, value: &Dynamic, deeper: usize) -> fmt::Result {
    if deeper == 0 {
        return room.write_str("…");
    }
    if let Some(list) = value.read_lock::<Array>() {
        return list_in(context, room, &list, deeper - 1);
    }
    if let Some(map) = value.read_lock::<Map>() {
        return map_in(context, room, &map, deeper - 1);
    }
    match context.call_native_fn_raw("to_debug", true, &mut [&mut value.clone()]) {
        Ok(text) if text.is_string() => write!(room, "{text}"),
        _ => room.write_str(&words::in_plain_names(short(value, room.left))),
    }
}
