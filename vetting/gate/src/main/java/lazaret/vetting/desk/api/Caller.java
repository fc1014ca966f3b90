package lazaret.vetting.desk.api;

import java.time.Instant;
import java.util.Set;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.Access;
import lazaret.vetting.deskapi.Problem;
import lazaret.vetting.gate.store.Requester;
import lazaret.vetting.gate.store.Token;
import lazaret.vetting.roles.DeskRole;
import lazaret.vetting.roles.RoleGrants;
import lazaret.vetting.roles.SignInMethod;
import org.jspecify.annotations.Nullable;

/// The party that calls an operation. The transport has checked its secret; [DeskApi] checks its
/// roles.
///
/// @param name the name of the token or session, for the queue and the access log
/// @param owner the person or program, for the ledger
/// @param roles the roles
/// @param method the way in which the caller proved its identity
/// @param expires the end of the token; null if it does not expire, or the caller has none
/// @param address the IP address; [#LOCAL] in the same process
public record Caller(
    String name,
    String owner,
    RoleGrants roles,
    SignInMethod method,
    @Nullable Instant expires,
    String address) {
  /// The address of a caller in the same process.
  public static final String LOCAL = "local";

  /// Returns the holder of a token.
  public static Caller of(Token token, String address) {
    return new Caller(
        token.name(), token.owner(), token.roles(), token.method(), token.expires(), address);
  }

  /// Returns a caller in the same process. It may call every operation, because it can open the
  /// data folder.
  ///
  /// @param name the name in the ledger: `local:alice`
  public static Caller local(String name) {
    return new Caller(name, name, RoleGrants.of(DeskRole.ADMIN), SignInMethod.LOCAL, null, LOCAL);
  }

  /// Returns the caller of an open operation without a token.
  public static Caller anonymous(String address) {
    return new Caller(
        Requester.ANONYMOUS,
        Requester.ANONYMOUS,
        RoleGrants.of(DeskRole.REQUESTER),
        SignInMethod.ANONYMOUS,
        null,
        address);
  }

  /// Returns a person who signed in at a browser.
  public static Caller person(String name, RoleGrants roles, String address) {
    return new Caller(name, name, roles, SignInMethod.BROWSER, null, address);
  }

  /// Returns this caller without roles.
  public Caller withoutRoles() {
    return new Caller(name, owner, RoleGrants.NONE, method, expires, address);
  }

  /// Returns whether the caller may call operations with this requirement.
  public boolean may(Access access) {
    Set<DeskRole> roles = access.roles();
    return roles.isEmpty() || this.roles.hasAny(roles);
  }

  /// Returns whether the caller may decide on a crate.
  public boolean reviews(CrateName name) {
    return roles.reviews(name);
  }

  /// Returns the refusal of a decision on a crate.
  Problem lacksReview(CrateName name, CrateVersion version) {
    return new Problem(
        ErrorCode.FORBIDDEN,
        "%s lacks the role reviewer for this crate; the roles are: %s".formatted(owner, roles),
        name.published(),
        version.text(),
        null);
  }

  /// Returns the caller as the queue and the access log show it.
  Requester requester() {
    return new Requester(name, address);
  }
}
