package lazaret.vetting.deskapi.tokens;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.roles.SignInMethod;
import org.jspecify.annotations.Nullable;

/// A token, without its secret.
///
/// @param name the unique name
/// @param owner the person or program that holds it
/// @param scopes the older names of the widest roles; `read` for a reader, a requester or an
///   auditor
/// @param roles the roles: `reader`, `requester`, `prefetcher`, `auditor`, `admin`, or `reviewer`
///   with the crates to which it is limited: `reviewer:zstd-* serde`
/// @param method the way in which the holder received it
/// @param created the time at which it was created
/// @param expires the time from which it is not accepted; null if it does not expire
public record TokenInfo(
    String name,
    String owner,
    List<Scope> scopes,
    List<String> roles,
    SignInMethod method,
    Instant created,
    @Nullable Instant expires) {
  public TokenInfo {
    scopes = List.copyOf(scopes);
    roles = List.copyOf(roles);
  }
}
