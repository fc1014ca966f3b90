package lazaret.vetting.desk.api;

import java.util.ArrayList;
import java.util.List;
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
import lazaret.vetting.roles.DeskRole;
import lazaret.vetting.roles.RoleGrant;
import lazaret.vetting.roles.RoleGrants;
import lazaret.vetting.roles.SignInMethod;

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
    String owner = request.owner() == null ? request.name() : request.owner();
    if (TokenService.isOfServer(request.name(), owner)) {
      throw new MalformedException(
          "cannot create the token '%s': the server replaces the token of this name; choose another name"
              .formatted(request.name()));
    }
    TokenService.IssuedToken minted =
        tokens.create(
            new TokenService.TokenSpec(
                request.name(), owner, roles(request), SignInMethod.TOKEN, request.expires()),
            caller.owner());
    TokenInfo made = info(minted.token());
    return new TokenCreateReply(
        made.name(),
        made.owner(),
        made.scopes(),
        made.roles(),
        made.method(),
        made.created(),
        made.expires(),
        new Secret(minted.secret()));
  }

  private static RoleGrants roles(TokenCreateRequest request) {
    List<RoleGrant> grants = new ArrayList<>(RoleGrants.parse(request.roles()).grants());
    request.scopes().forEach(scope -> grants.add(RoleGrant.of(role(scope))));
    return new RoleGrants(grants);
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
        token.roles().grants().stream()
            .map(each -> scope(each.role()))
            .distinct()
            .sorted()
            .toList(),
        token.roles().texts(),
        token.method(),
        token.created(),
        token.expires());
  }

  private static DeskRole role(Scope scope) {
    return switch (scope) {
      case READ -> DeskRole.REQUESTER;
      case PREFETCH -> DeskRole.PREFETCHER;
      case REVIEW -> DeskRole.REVIEWER;
      case ADMIN -> DeskRole.ADMIN;
    };
  }

  private static Scope scope(DeskRole role) {
    return switch (role) {
      case READER, REQUESTER, AUDITOR, PUBLISH_NEW, PUBLISH_UPDATE, YANK, CHANGE_OWNERS ->
          Scope.READ;
      case PREFETCHER -> Scope.PREFETCH;
      case REVIEWER -> Scope.REVIEW;
      case ADMIN -> Scope.ADMIN;
    };
  }
}
