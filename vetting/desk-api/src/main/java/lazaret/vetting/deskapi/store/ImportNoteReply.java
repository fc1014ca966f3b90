package lazaret.vetting.deskapi.store;

/// The record of an import.
///
/// @param noted always true
public record ImportNoteReply(boolean noted) {}
