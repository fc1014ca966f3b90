package lazaret.vetting.deskapi.tokens;

import java.util.List;

/// The tokens of the person who asks, without secrets.
///
/// @param tokens the tokens, oldest first
public record OwnTokensReply(List<OwnTokenInfo> tokens) {
  /// Copies the list.
  public OwnTokensReply {
    tokens = List.copyOf(tokens);
  }
}
