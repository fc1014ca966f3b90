package lazaret.vetting.deskapi;

import java.util.List;

/// The document of a reply with a status of 400 or more.
///
/// @param errors the problems, at least one, the gravest first
public record ErrorReply(List<Problem> errors) {
  public ErrorReply {
    errors = List.copyOf(errors);
  }
}
