package lazaret.vetting.deskapi.logins;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A login that was answered.
///
/// @param machine the name that the machine gave itself; foreign text
/// @param approved whether the command receives a token
/// @param roles the roles of the token; empty if the login was refused
/// @param expires the time from which the token is not accepted; null if the login was refused
public record LoginAnswerReply(
    String machine, boolean approved, List<String> roles, @Nullable Instant expires) {
  public LoginAnswerReply {
    roles = List.copyOf(roles);
  }

  /// Returns the reply for a login that the person refused.
  public static LoginAnswerReply refused(String machine) {
    return new LoginAnswerReply(machine, false, List.of(), null);
  }
}
