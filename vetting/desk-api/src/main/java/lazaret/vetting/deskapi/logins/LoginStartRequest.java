package lazaret.vetting.deskapi.logins;

import java.util.List;

/// An order of a command to begin a login (RFC 8628 §3.1).
///
/// @param machine the name of the machine, shown to the person who confirms; 1 to 64 characters
/// @param roles the roles that the token needs at most, in the words of the command line; empty for
///   the role of a reader
/// @param client the program and its version, shown to the person; 1 to 64 characters
public record LoginStartRequest(String machine, List<String> roles, String client) {
  public LoginStartRequest {
    roles = List.copyOf(roles);
  }
}
