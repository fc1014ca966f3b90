package lazaret.vetting.desk.api;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.Secret;
import lazaret.vetting.desk.access.TokenService;
import lazaret.vetting.deskapi.TokenOperations;
import lazaret.vetting.deskapi.tokens.Scope;
import lazaret.vetting.deskapi.tokens.TokenCreateReply;
import lazaret.vetting.deskapi.tokens.TokenCreateRequest;
import lazaret.vetting.deskapi.tokens.TokenInfo;
import lazaret.vetting.deskapi.tokens.TokenRevokeReply;
import lazaret.vetting.deskapi.tokens.TokenRevokeRequest;
import lazaret.vetting.deskapi.tokens.TokensReply;
import lazaret.vetting.gate.store.Token;

/// The operations on tokens.
final class TokenHandlers {
  private final TokenService tokens;

  TokenHandlers(TokenService tokens) {
    this.tokens = tokens;
  }

  void addTo(HandlerTable handlers) {
    handlers.add(TokenOperations.TOKENS, (_, _) -> list());
    handlers.add(TokenOperations.CREATE_TOKEN, this::create);
    handlers.add(TokenOperations.REVOKE_TOKEN, this::revoke);
  }

  private TokensReply list() {
    return new TokensReply(tokens.list().stream().map(TokenHandlers::info).toList());
  }

  private TokenCreateReply create(TokenCreateRequest request, Caller caller) {
    if (request.name().equals(TokenService.SERVER)) {
      throw new MalformedException(
          "cannot create the token '%s': the server replaces the token of this name; choose another name"
              .formatted(request.name()));
    }
    Set<Token.Scope> scopes = EnumSet.noneOf(Token.Scope.class);
    request.scopes().forEach(each -> scopes.add(scope(each)));
    String owner = request.owner() == null ? request.name() : request.owner();
    TokenService.IssuedToken minted =
        tokens.create(
            new TokenService.TokenSpec(request.name(), owner, scopes, request.expires()),
            caller.owner());
    TokenInfo made = info(minted.token());
    return new TokenCreateReply(
        made.name(),
        made.owner(),
        made.scopes(),
        made.created(),
        made.expires(),
        new Secret(minted.secret()));
  }

  private TokenRevokeReply revoke(TokenRevokeRequest request, Caller caller) {
    if (!tokens.revoke(request.token(), caller.owner())) {
      throw new ProblemException(
          ErrorCode.UNKNOWN, "there is no token '" + Excerpt.of(request.token()) + "'");
    }
    return new TokenRevokeReply(request.token());
  }

  private static TokenInfo info(Token token) {
    return new TokenInfo(
        token.name(),
        token.owner(),
        Stream.of(Scope.values()).filter(each -> token.scopes().contains(scope(each))).toList(),
        token.created(),
        token.expires());
  }

  /// Returns the scope of a token that a scope of the API names.
  static Token.Scope scope(Scope scope) {
    return switch (scope) {
      case READ -> Token.Scope.READ;
      case PREFETCH -> Token.Scope.PREFETCH;
      case REVIEW -> Token.Scope.REVIEW;
      case ADMIN -> Token.Scope.ADMIN;
    };
  }
}
