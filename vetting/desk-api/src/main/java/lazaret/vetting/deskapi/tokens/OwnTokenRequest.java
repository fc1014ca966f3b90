package lazaret.vetting.deskapi.tokens;

import java.time.Instant;
import java.util.List;

/// An order of a person to create a token for their own programs, such as cargo.
///
/// @param name the name, 1 to 64 characters: letters, digits, `.`, `_` or `-`
/// @param roles the roles, as in a reply; none that the person lacks
/// @param expires the time from which it is not accepted, at most 90 days later
public record OwnTokenRequest(String name, List<String> roles, Instant expires) {
  public OwnTokenRequest {
    roles = List.copyOf(roles);
  }
}
