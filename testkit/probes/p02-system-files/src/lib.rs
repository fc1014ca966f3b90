//! Reads what belongs to the system and to other people.
