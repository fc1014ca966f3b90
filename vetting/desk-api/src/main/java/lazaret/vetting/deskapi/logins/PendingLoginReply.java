package lazaret.vetting.deskapi.logins;

import java.time.Instant;
import java.util.List;

/// A login that waits for a person, as the page shows it.
///
/// @param code the code: `BCDF-GHJK`
/// @param machine the name that the machine gave itself; foreign text
/// @param client the program that waits; foreign text
/// @param address the IP address from which the login was started
/// @param wanted the roles that the command wants
/// @param granted the roles that the token receives if the caller agrees; empty if the caller has
///   none of the wanted ones
/// @param started the time of the start
/// @param expires the time from which an answer has no effect
public record PendingLoginReply(
    String code,
    String machine,
    String client,
    String address,
    List<String> wanted,
    List<String> granted,
    Instant started,
    Instant expires) {
  public PendingLoginReply {
    wanted = List.copyOf(wanted);
    granted = List.copyOf(granted);
  }
}
