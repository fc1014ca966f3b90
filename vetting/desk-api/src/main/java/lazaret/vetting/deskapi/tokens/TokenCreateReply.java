package lazaret.vetting.deskapi.tokens;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.Secret;
import org.jspecify.annotations.Nullable;

/// A new token with its secret, which is shown once.
///
/// @param name the unique name
/// @param owner the person or program that holds it
/// @param scopes the scopes, from narrow to wide
/// @param created the time at which it was created
/// @param expires the time from which it is not accepted; null if it does not expire
/// @param secret the secret that the client sends
public record TokenCreateReply(
    String name,
    String owner,
    List<Scope> scopes,
    Instant created,
    @Nullable Instant expires,
    Secret secret) {
  public TokenCreateReply {
    scopes = List.copyOf(scopes);
  }
}
