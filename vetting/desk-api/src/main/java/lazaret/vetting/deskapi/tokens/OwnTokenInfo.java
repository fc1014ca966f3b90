package lazaret.vetting.deskapi.tokens;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.roles.SignInMethod;
import org.jspecify.annotations.Nullable;

/// A token of the person who asks, without its secret.
///
/// @param id the public id: 16 hex digits, which reveal nothing about the secret
/// @param name the unique name
/// @param roles the roles, as in the list of all tokens
/// @param method the way in which the person received it
/// @param created the time at which it was created
/// @param used the time of its last request, to the minute; null if this server had none since its
///   start
/// @param expires the time from which it is not accepted; null if it does not expire
public record OwnTokenInfo(
    String id,
    String name,
    List<String> roles,
    SignInMethod method,
    Instant created,
    @Nullable Instant used,
    @Nullable Instant expires) {
  /// Copies the list.
  public OwnTokenInfo {
    roles = List.copyOf(roles);
  }
}
