package lazaret.vetting.deskapi.store;

/// An order to record in the ledger that a folder was imported.
///
/// @param detail the origin, 1 to 2,000 characters
public record ImportNoteRequest(String detail) {}
