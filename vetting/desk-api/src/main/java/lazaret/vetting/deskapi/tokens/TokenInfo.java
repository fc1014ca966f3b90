package lazaret.vetting.deskapi.tokens;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A token, without its secret.
///
/// @param name the unique name
/// @param owner the person or program that holds it
/// @param scopes the scopes, from narrow to wide
/// @param created the time at which it was created
/// @param expires the time from which it is not accepted; null if it does not expire
public record TokenInfo(
    String name, String owner, List<Scope> scopes, Instant created, @Nullable Instant expires) {
  public TokenInfo {
    scopes = List.copyOf(scopes);
  }
}
