package lazaret.vetting.deskapi.reading;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The draft of a form.
///
/// @param at the time of the last change; null if there is no draft
/// @param fields the texts, by the name of their field
public record TextDraftReply(@Nullable Instant at, List<DraftFieldInfo> fields) {
  public TextDraftReply {
    fields = List.copyOf(fields);
  }
}
