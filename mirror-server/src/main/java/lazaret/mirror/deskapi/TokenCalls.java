package lazaret.mirror.deskapi;

import java.util.EnumSet;
import java.util.Set;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.desk.access.TokenService;
import lazaret.vetting.gate.store.Token;

/// The handlers for tokens.
final class TokenCalls {
  private final Desk desk;

  TokenCalls(Desk desk) {
    this.desk = desk;
  }

  DeskResponse list() {
    var all = desk.tokens().list();
    return DeskResponse.ok(json -> json.list("tokens", all, ReportJson::token));
  }

  DeskResponse create(DeskRequest request) {
    JsonIn in = JsonIn.parse(request.body());
    String name = in.text("name");
    String owner = in.textOrNull("owner");
    Set<Token.Scope> scopes = EnumSet.noneOf(Token.Scope.class);
    in.texts("scopes").forEach(word -> scopes.add(scope(word)));
    var expires = in.momentOrNull("expires");
    in.done();
    if (name.equals(TokenService.SERVER)) {
      throw new MalformedException(
          "cannot make the token '%s': the server replaces the one of this name; choose another name"
              .formatted(name));
    }
    TokenService.IssuedToken minted =
        desk.tokens()
            .create(
                new TokenService.TokenSpec(name, owner == null ? name : owner, scopes, expires),
                request.caller().owner());
    return DeskResponse.created(
        json -> {
          ReportJson.token(json, minted.token());
          json.put("secret", minted.secret());
        });
  }

  private static Token.Scope scope(String word) {
    return switch (word) {
      case "read" -> Token.Scope.READ;
      case "prefetch" -> Token.Scope.PREFETCH;
      case "review" -> Token.Scope.REVIEW;
      case "admin" -> Token.Scope.ADMIN;
      default ->
          throw new MalformedException(
              "cannot read scope '"
                  + Excerpt.of(word)
                  + "': expected read, prefetch, review or admin");
    };
  }

  DeskResponse revoke(String name, DeskRequest request) {
    return desk.tokens().revoke(name, request.caller().owner())
        ? DeskResponse.ok(json -> json.put("revoked", name))
        : DeskResponse.error(ErrorCode.UNKNOWN, "there is no token '" + Excerpt.of(name) + "'");
  }
}
