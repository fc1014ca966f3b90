// Synthetic, inert fixture written from public reports; see README
//! Messages of the ledger service.

/// Version 1 of the messages.
pub mod v1 {
    include!(concat!(env!("OUT_DIR"), "/ledger.v1.rs"));
}

inert_fixture_does_not_build!();
