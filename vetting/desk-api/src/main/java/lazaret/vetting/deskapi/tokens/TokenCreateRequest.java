package lazaret.vetting.deskapi.tokens;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An order to create a token.
///
/// @param name the name, 1 to 64 characters: letters, digits, `.`, `_` or `-`
/// @param owner the person or program that holds it; null for the name
/// @param scopes the scopes, at least one
/// @param expires the time from which it is not accepted; null if it does not expire
public record TokenCreateRequest(
    String name, @Nullable String owner, List<Scope> scopes, @Nullable Instant expires) {
  public TokenCreateRequest {
    scopes = List.copyOf(scopes);
  }
}
