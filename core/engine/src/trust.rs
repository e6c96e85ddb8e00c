//! Which plugins does the user trust, whatever a study says?
