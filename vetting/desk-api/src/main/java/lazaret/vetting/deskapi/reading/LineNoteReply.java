package lazaret.vetting.deskapi.reading;

import lazaret.vetting.json.Inline;

/// The note that an order added or removed.
///
/// @param note the note
public record LineNoteReply(@Inline LineNoteInfo note) {}
