package lazaret.vetting.access.logins;

import java.time.Duration;
import java.time.Instant;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// A login that was started and is not over. Its register guards its state.
final class PendingLogin {
  /// The time by which the interval grows at each request that is too early (RFC 8628 §3.5).
  private static final Duration SLOWER = Duration.ofSeconds(5);

  private final LoginOrder order;
  private final UserCode code;
  private final Sha256 deviceHash;
  private final Instant started;
  private final Instant expires;
  private Duration interval;
  private @Nullable Instant polled;
  private @Nullable LoginGrant grant;
  private boolean denied;

  PendingLogin(LoginOrder order, Codes codes, Instant started, LoginLimits limits) {
    this.order = order;
    this.code = codes.code();
    this.deviceHash = codes.deviceHash();
    this.started = started;
    this.expires = started.plus(limits.life());
    this.interval = limits.interval();
  }

  /// The codes of a login.
  ///
  /// @param code the code for the person
  /// @param deviceHash the SHA-256 of the text of the device code
  record Codes(UserCode code, Sha256 deviceHash) {}

  LoginOrder order() {
    return order;
  }

  UserCode code() {
    return code;
  }

  Sha256 deviceHash() {
    return deviceHash;
  }

  Instant started() {
    return started;
  }

  Instant expires() {
    return expires;
  }

  Duration interval() {
    return interval;
  }

  /// Returns the grant of the person; null before an approval.
  @Nullable LoginGrant grant() {
    return grant;
  }

  boolean isDenied() {
    return denied;
  }

  boolean isAnswered() {
    return denied || grant != null;
  }

  boolean isOver(Instant now) {
    return !now.isBefore(expires);
  }

  void approve(LoginGrant given) {
    grant = given;
  }

  void deny() {
    denied = true;
  }

  /// Records a request for the result.
  ///
  /// @return whether it came before the end of the interval, which then grows
  boolean isEarly(Instant now) {
    Instant before = polled;
    polled = now;
    if (before == null || !now.isBefore(before.plus(interval))) {
      return false;
    }
    interval = interval.plus(SLOWER);
    return true;
  }
}
