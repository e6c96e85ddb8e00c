//! Do the positions that people claim follow their formal roles?
//!
//! Each unit (a person, or a role at a case) is the set of duties, rights and acts that it claims
//! for itself. Units that claim alike are clustered, and the clusters compared with the formal
//! roles: by the adjusted Rand index (Hubert & Arabie 1985), by permutation, and by how much more
//! alike units of one role are than units of one case.

pub mod amount;
pub mod distance;
pub mod effect;
pub mod linkage;
pub mod partition;
pub mod permutation;
pub mod profile;
pub mod stability;
#[cfg(test)]
mod studies;
