package lazaret.vetting.deskapi.logins;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.Secret;
import org.jspecify.annotations.Nullable;

/// The state of a login. The token and its properties are present in the state `done` alone.
///
/// @param state the state
/// @param interval the seconds until the next request; 0 if there is nothing to wait for
/// @param token the secret of the new token
/// @param name the name of the token
/// @param owner the person who holds it
/// @param roles the roles of the token; empty without a token
/// @param expires the time from which the token is not accepted
public record LoginPollReply(
    LoginState state,
    long interval,
    @Nullable Secret token,
    @Nullable String name,
    @Nullable String owner,
    List<String> roles,
    @Nullable Instant expires) {
  public LoginPollReply {
    roles = List.copyOf(roles);
  }

  /// Returns the reply without a token.
  public static LoginPollReply of(LoginState state, long interval) {
    return new LoginPollReply(state, interval, null, null, null, List.of(), null);
  }
}
