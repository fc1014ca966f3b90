package lazaret.vetting.deskapi.tokens;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An order to create a token.
///
/// @param name the name, 1 to 64 characters: letters, digits, `.`, `_` or `-`
/// @param owner the person or program that holds it; null for the name
/// @param scopes the older names of roles; empty if `roles` has the roles
/// @param roles the roles, as in a reply; at least one if there are no `scopes`
/// @param expires the time from which it is not accepted; null if it does not expire
public record TokenCreateRequest(
    String name,
    @Nullable String owner,
    List<Scope> scopes,
    List<String> roles,
    @Nullable Instant expires) {
  public TokenCreateRequest {
    scopes = List.copyOf(scopes);
    roles = List.copyOf(roles);
  }
}
