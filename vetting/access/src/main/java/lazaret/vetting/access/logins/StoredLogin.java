package lazaret.vetting.access.logins;

import java.time.Instant;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// A login as nodes that share a store keep it.
///
/// @param device the SHA-256 of the text of the device code
/// @param code the letters of the code for the person
/// @param order what the command stated
/// @param started the time of the start
/// @param denied whether the person refused
/// @param grant the permissions by the person; null before an approval
record StoredLogin(
    Sha256 device,
    String code,
    LoginOrder order,
    Instant started,
    boolean denied,
    @Nullable LoginGrant grant) {
  static StoredLogin of(PendingLogin login) {
    return new StoredLogin(
        login.deviceHash(),
        login.code().text(),
        login.order(),
        login.started(),
        login.isDenied(),
        login.grant());
  }

  /// Returns the login with the life by the limits of this node.
  PendingLogin pending(LoginLimits limits) {
    var codes = new PendingLogin.Codes(new UserCode(code), device);
    PendingLogin login = new PendingLogin(order, codes, started, limits);
    if (denied) {
      login.deny();
    } else if (grant != null) {
      login.approve(grant);
    }
    return login;
  }

  /// Returns this login with an answer.
  ///
  /// @param given the permissions; null for a refusal
  StoredLogin answered(@Nullable LoginGrant given) {
    return new StoredLogin(device, code, order, started, given == null, given);
  }

  boolean isAnswered() {
    return denied || grant != null;
  }

  boolean isApprovedBy(String person) {
    return grant != null && grant.owner().equals(person);
  }

  boolean isOver(Instant now, LoginLimits limits) {
    return !now.isBefore(started.plus(limits.life()));
  }

  /// An end of all sessions of a person.
  record End(String person, Instant at) {}
}
