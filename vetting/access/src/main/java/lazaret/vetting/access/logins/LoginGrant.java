package lazaret.vetting.access.logins;

import java.time.Instant;
import java.util.List;

/// The permissions that a person gave to a command.
///
/// @param owner the person, who becomes the owner of the token
/// @param roles the roles of the token; at least one
/// @param expires the expiry of the token
record LoginGrant(String owner, List<String> roles, Instant expires) {
  LoginGrant {
    roles = List.copyOf(roles);
  }
}
