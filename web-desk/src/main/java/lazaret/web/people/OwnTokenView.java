package lazaret.web.people;

import java.util.List;
import lazaret.vetting.deskapi.tokens.OwnTokenInfo;
import lazaret.vetting.deskapi.tokens.TokenCreateReply;
import lazaret.web.WebVisitor;
import lazaret.web.page.Feedback;
import org.jspecify.annotations.Nullable;

/// The content of the page of the reader.
///
/// @param visitor the reader
/// @param tokens the tokens of the reader, oldest first
/// @param created the token that was created, with its secret; null if none was
/// @param say the result of the last form; null if there was none
public record OwnTokenView(
    WebVisitor visitor,
    List<OwnTokenInfo> tokens,
    @Nullable TokenCreateReply created,
    @Nullable Feedback say) {
  /// Copies the list.
  public OwnTokenView {
    tokens = List.copyOf(tokens);
  }

  /// Returns the roles that a token of the reader can have.
  public List<String> roles() {
    return visitor.roles().texts();
  }
}
