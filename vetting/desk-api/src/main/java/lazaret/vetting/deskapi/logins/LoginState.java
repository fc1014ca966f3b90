package lazaret.vetting.deskapi.logins;

/// The states of a login, after the error codes of RFC 8628 §3.5.
public enum LoginState {
  /// The person has not answered.
  PENDING,
  /// The person has not answered, and the command asked too early. Its interval is five seconds
  /// longer from now on.
  SLOW_DOWN,
  /// The person refused.
  DENIED,
  /// The login expired, its result was delivered before, or it never existed.
  EXPIRED,
  /// The person agreed. The reply contains the token, once.
  DONE
}
