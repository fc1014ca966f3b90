package lazaret.vetting.deskapi.logins;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The identity of the caller.
///
/// @param owner the person or program, as the ledger names it
/// @param token the name of the token
/// @param roles the roles
/// @param expires the time from which the token is not accepted; null if it does not expire
/// @param signIn the way of sign-in: `token`, `login` or `local`; a newer server may have more
///   words
public record SignedInReply(
    String owner, String token, List<String> roles, @Nullable Instant expires, String signIn) {
  public SignedInReply {
    roles = List.copyOf(roles);
  }
}
