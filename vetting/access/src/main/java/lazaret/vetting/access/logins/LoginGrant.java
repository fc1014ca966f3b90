package lazaret.vetting.access.logins;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The permissions that a person gave to a command.
///
/// @param owner the person, who becomes the owner of the token
/// @param roles the roles of the token; at least one
/// @param expires the expiry of the token
/// @param approver the public id of the token by which the person approved; null if there is none
record LoginGrant(String owner, List<String> roles, Instant expires, @Nullable String approver) {
  LoginGrant {
    roles = List.copyOf(roles);
  }
}
