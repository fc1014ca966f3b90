package lazaret.vetting.access.logins;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.Secret;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.access.TokenService;
import lazaret.vetting.desk.access.TokenService.IssuedToken;
import lazaret.vetting.desk.access.TokenService.TokenSpec;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.Token;
import lazaret.vetting.roles.RoleGrants;
import lazaret.vetting.roles.SignInMethod;
import org.jspecify.annotations.Nullable;

/// The service for logins of commands: the authorization server of the device authorization grant.
/// A login is kept until it is over. Its token is created when the command fetches it, so that no
/// token exists whose secret was never delivered. Thread-safe.
///
/// Source: RFC 8628.
final class LoginService {
  private static final String PREFIX = "lzd_";
  private static final int CODE_BYTES = 32;

  /// The maximum number of tokens that one person has by logins; the oldest one ends.
  private static final int MAX_TOKENS = 100;

  /// The oldest tokens of a person that one login looks at, to remove the expired ones.
  private static final int MAX_REMOVED = 16;

  private final TokenService tokens;
  private final Clock clock;
  private final LoginLimits limits;
  private final SecureRandom random = new SecureRandom();
  private final LoginRegister register;

  /// @param store keeps the logins if several nodes share it
  LoginService(Store store, TokenService tokens, Clock clock, LoginLimits limits) {
    this.tokens = tokens;
    this.clock = clock;
    this.limits = limits;
    this.register = LoginRegister.of(store, limits, random);
  }

  /// A login that was started.
  ///
  /// @param login the login
  /// @param deviceCode the secret of the command, of which only the hash is kept
  record Started(PendingLogin login, Secret deviceCode) {}

  /// Starts a login.
  ///
  /// @throws LoginException if a limit is reached
  Started start(LoginOrder order) {
    byte[] bits = new byte[CODE_BYTES];
    random.nextBytes(bits);
    Secret code = new Secret(PREFIX + HexFormat.of().formatHex(bits));
    return new Started(register.add(order, hash(code), clock.instant()), code);
  }

  /// The result of a request for a token.
  sealed interface Delivery {
    /// No token yet, or none any more.
    record None(LoginRegister.Polled state) implements Delivery {}

    /// The token, which is delivered once.
    record Delivered(IssuedToken token, LoginGrant grant) implements Delivery {}
  }

  /// Returns the state of a login, and its token at the first request after an approval.
  ///
  /// @throws IllegalArgumentException if the token cannot be created. The login is over
  Delivery poll(Secret deviceCode) {
    return register.poll(hash(deviceCode), clock.instant(), this::delivery, this::withdrawn);
  }

  /// Revokes a token that no command received.
  private Delivery withdrawn(Delivery made) {
    if (made instanceof Delivery.Delivered(IssuedToken token, LoginGrant grant)) {
      boolean _ = tokens.revoke(token.token().name(), grant.owner());
    }
    return new Delivery.None(new LoginRegister.Polled.Gone());
  }

  private Delivery delivery(LoginRegister.Polled state) {
    return switch (state) {
      case LoginRegister.Polled.Approved(LoginOrder order, LoginGrant grant) ->
          isOver(grant)
              ? new Delivery.None(new LoginRegister.Polled.Gone())
              : new Delivery.Delivered(issued(order, grant), grant);
      case LoginRegister.Polled other -> new Delivery.None(other);
    };
  }

  /// Returns whether the token by which the person approved has ended since.
  private boolean isOver(LoginGrant grant) {
    String approver = grant.approver();
    return approver != null && tokens.identified(approver).isEmpty();
  }

  private IssuedToken issued(LoginOrder order, LoginGrant grant) {
    makeRoom(grant.owner());
    Set<String> names = tokens.list().stream().map(Token::name).collect(Collectors.toSet());
    String name;
    do {
      name = LoginTokenName.random(grant.owner(), order.machine(), random);
    } while (names.contains(name));
    return tokens.create(
        new TokenSpec(
            name,
            grant.owner(),
            RoleGrants.parse(grant.roles()),
            SignInMethod.LOGIN,
            grant.expires(),
            grant.approver()),
        grant.owner());
  }

  /// Revokes tokens of earlier logins of a person: the expired ones, and the oldest ones above the
  /// limit. Otherwise one person could use up the number of tokens of the gate.
  private void makeRoom(String owner) {
    Instant now = clock.instant();
    List<Token> earlier =
        tokens.list().stream()
            .filter(each -> each.method() == SignInMethod.LOGIN && each.owner().equals(owner))
            .filter(each -> LoginTokenName.isOfLogin(each.name()))
            .toList();
    int surplus = earlier.size() + 1 - MAX_TOKENS;
    int most = Math.min(earlier.size(), Math.max(surplus, MAX_REMOVED));
    for (int i = 0; i < most; i++) {
      Token each = earlier.get(i);
      if (i < surplus || !each.worksAt(now)) {
        boolean _ = tokens.revoke(each.name(), owner);
      }
    }
  }

  /// Returns a login that waits for a person.
  ///
  /// @throws LoginException if the person may not answer, if there is no such login, or after too
  ///   many wrong codes
  PendingLogin pending(UserCode code, LoginPerson person) {
    person.requireMayAnswer();
    return register.unanswered(code, person.owner(), clock.instant());
  }

  /// Returns the permissions that a login receives from a person.
  ///
  /// @return without roles if the person has none of the wanted ones
  /// @throws LoginException with code `unknown` if the person's token was revoked
  LoginGrant grant(PendingLogin login, LoginPerson person) {
    Instant end = clock.instant().plus(limits.tokenLife());
    return new LoginGrant(
        person.owner(),
        LoginRoles.granted(login.order().wanted(), person.roles()),
        person.latest(end),
        approver(person));
  }

  /// Returns the public id of the token of a person, with which the token of a login ends; null if
  /// the person has none.
  private @Nullable String approver(LoginPerson person) {
    if (person.method() != SignInMethod.TOKEN) {
      return null;
    }
    return tokens.list().stream()
        .filter(each -> each.name().equals(person.token()))
        .findFirst()
        .map(each -> Token.publicId(each.secretHash()))
        .orElseThrow(
            () ->
                new LoginException(
                    ErrorCode.UNKNOWN,
                    "cannot answer the login: expected a token of this gate, found a revoked one"));
  }

  /// Approves a login.
  ///
  /// @throws LoginException as [#pending], and with code `forbidden` if the person has none of the
  ///   wanted roles
  LoginGrant approve(UserCode code, LoginPerson person) {
    PendingLogin login = pending(code, person);
    LoginGrant grant = grant(login, person);
    if (grant.roles().isEmpty()) {
      throw new LoginException(
          ErrorCode.FORBIDDEN,
          "cannot approve the login: expected a person with one of the roles %s, found none of them"
              .formatted(String.join(", ", login.order().wanted())));
    }
    register.answer(code, person.owner(), grant, clock.instant());
    return grant;
  }

  /// Refuses a login.
  ///
  /// @throws LoginException as [#pending]
  void deny(UserCode code, LoginPerson person) {
    person.requireMayAnswer();
    register.answer(code, person.owner(), null, clock.instant());
  }

  /// Ends the logins that a person approved and whose token was not fetched.
  void endApproved(String person) {
    register.removeApproved(person, clock.instant());
  }

  /// Revokes the token of a caller.
  ///
  /// @throws LoginException if the caller has no token that it may revoke
  void end(LoginPerson person) {
    person.requireMayEnd();
    if (!tokens.revoke(person.token(), person.owner())) {
      throw new LoginException(
          ErrorCode.UNKNOWN,
          "cannot end the login: expected a token of this gate, found a revoked one");
    }
  }

  private static Sha256 hash(Secret code) {
    return Sha256.of(Bytes.utf8(code.text()));
  }
}
