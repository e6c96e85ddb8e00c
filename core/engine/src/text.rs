//! How do bytes become tables and settings whose every value still knows its place?
