package lazaret.vetting.deskapi.tokens;

import java.util.List;

/// All tokens, without secrets.
///
/// @param tokens the tokens, oldest first
public record TokensReply(List<TokenInfo> tokens) {
  public TokensReply {
    tokens = List.copyOf(tokens);
  }
}
