package lazaret.vetting.access.logins;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.Secret;
import lazaret.vetting.desk.access.TokenService;
import lazaret.vetting.desk.api.Caller;
import lazaret.vetting.desk.api.ProblemException;
import lazaret.vetting.deskapi.tokens.OwnTokenInfo;
import lazaret.vetting.deskapi.tokens.OwnTokenRequest;
import lazaret.vetting.deskapi.tokens.OwnTokenRevokeRequest;
import lazaret.vetting.deskapi.tokens.OwnTokensReply;
import lazaret.vetting.deskapi.tokens.Scope;
import lazaret.vetting.deskapi.tokens.TokenCreateReply;
import lazaret.vetting.deskapi.tokens.TokenRevokeReply;
import lazaret.vetting.gate.store.Token;
import lazaret.vetting.roles.RoleGrant;
import lazaret.vetting.roles.RoleGrants;
import lazaret.vetting.roles.SignInMethod;

/// The handler of tokens that persons have for their own programs. The person who creates one
/// signed in at the identity provider: the holder of a token cannot make another one that outlives
/// it. Each holder lists the own ones and revokes them.
final class OwnTokenHandler {
  private static final Duration LONGEST = Duration.ofDays(90);

  /// The maximum number of valid tokens that one person has for programs. Otherwise one person
  /// could use up the number of tokens of the gate.
  private static final int MAX_TOKENS = 50;

  /// The maximum number of expired tokens of a person that one request removes.
  private static final int MAX_REMOVED = 16;

  /// The beginnings of names that other parts of the gate give to tokens.
  private static final List<String> TAKEN = List.of("ci-", "login-", TokenService.SERVER);

  private final TokenService tokens;
  private final Clock clock;

  OwnTokenHandler(TokenService tokens, Clock clock) {
    this.tokens = tokens;
    this.clock = clock;
  }

  TokenCreateReply create(OwnTokenRequest request, Caller caller) {
    if (caller.method() != SignInMethod.BROWSER) {
      throw new ProblemException(
          ErrorCode.FORBIDDEN,
          "cannot create a token: expected a person who signed in at the identity provider, found"
              + " the token '%s'; ask an administrator".formatted(caller.name()));
    }
    Instant now = clock.instant();
    if (request.expires().isAfter(now.plus(LONGEST))) {
      throw new MalformedException(
          "cannot create a token: expected an end within %d days".formatted(LONGEST.toDays()));
    }
    if (TAKEN.stream().anyMatch(request.name()::startsWith)) {
      throw new MalformedException(
          "cannot create a token: expected a name that begins otherwise than with ci-, login- or"
              + " admin");
    }
    RoleGrants roles = RoleGrants.parse(request.roles());
    for (RoleGrant each : roles.grants()) {
      RoleGrants wanted = new RoleGrants(List.of(each));
      if (!wanted.within(caller.roles()).equals(wanted)) {
        throw new ProblemException(
            ErrorCode.FORBIDDEN,
            "cannot create a token with the role %s: expected roles among yours, which are: %s"
                .formatted(each, caller.roles()));
      }
    }
    makeRoom(caller.owner(), now);
    TokenService.IssuedToken issued =
        tokens.create(
            new TokenService.TokenSpec(
                request.name(), caller.owner(), roles, SignInMethod.LOGIN, request.expires()),
            caller.owner());
    Token token = issued.token();
    return new TokenCreateReply(
        token.name(),
        token.owner(),
        List.of(Scope.READ),
        token.roles().texts(),
        token.method(),
        token.created(),
        token.expires(),
        new Secret(issued.secret()));
  }

  OwnTokensReply list(Caller caller) {
    String owner = holder(caller);
    return new OwnTokensReply(
        tokens.list().stream().filter(each -> each.owner().equals(owner)).map(this::info).toList());
  }

  private OwnTokenInfo info(Token token) {
    return new OwnTokenInfo(
        Token.publicId(token.secretHash()),
        token.name(),
        token.roles().texts(),
        token.method(),
        token.created(),
        tokens.lastUse(token).orElse(null),
        token.expires());
  }

  TokenRevokeReply revoke(OwnTokenRevokeRequest request, Caller caller) {
    String owner = holder(caller);
    Predicate<Token> wanted =
        each ->
            each.owner().equals(owner)
                && Token.publicId(each.secretHash()).equals(request.id())
                && !TokenService.isOfServer(each.name(), owner);
    Token own = tokens.list().stream().filter(wanted).findFirst().orElse(null);
    if (own == null || !tokens.revoke(own.name(), wanted, owner)) {
      throw new ProblemException(
          ErrorCode.UNKNOWN,
          "%s has no token with the id '%s' that can be revoked so"
              .formatted(owner, Excerpt.of(request.id())));
    }
    return new TokenRevokeReply(own.name());
  }

  /// Returns the owner of a caller who is a person or a program. The jobs of a binding have one
  /// owner: each of them would end the others.
  private static String holder(Caller caller) {
    return switch (caller.method()) {
      case BROWSER, LOGIN, TOKEN -> caller.owner();
      case EXCHANGE, LOCAL, ANONYMOUS ->
          throw new ProblemException(
              ErrorCode.FORBIDDEN,
              "cannot use own tokens: expected a person, found '%s'".formatted(caller.name()));
    };
  }

  private void makeRoom(String owner, Instant now) {
    List<Token> own =
        tokens.list().stream()
            .filter(each -> each.isOfPerson() && each.owner().equals(owner))
            .filter(each -> !LoginTokenName.isOfLogin(each.name()))
            .toList();
    List<Token> expired = own.stream().filter(each -> !each.worksAt(now)).toList();
    int valid = own.size() - expired.size();
    if (valid >= MAX_TOKENS) {
      throw new MalformedException(
          "cannot create a token: expected at most %d valid ones of a person, found %d; revoke one"
              .formatted(MAX_TOKENS, valid));
    }
    for (Token each : expired.subList(0, Math.min(expired.size(), MAX_REMOVED))) {
      boolean _ = tokens.revoke(each.name(), owner);
    }
  }
}
