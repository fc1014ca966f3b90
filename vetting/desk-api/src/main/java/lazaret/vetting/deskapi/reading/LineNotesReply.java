package lazaret.vetting.deskapi.reading;

import java.util.List;

/// The notes on the lines of a version.
///
/// @param notes the notes, oldest first, at most 500
public record LineNotesReply(List<LineNoteInfo> notes) {
  public LineNotesReply {
    notes = List.copyOf(notes);
  }
}
