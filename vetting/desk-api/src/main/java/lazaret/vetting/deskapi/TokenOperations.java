package lazaret.vetting.deskapi;

import lazaret.vetting.deskapi.tokens.TokenCreateReply;
import lazaret.vetting.deskapi.tokens.TokenCreateRequest;
import lazaret.vetting.deskapi.tokens.TokenRevokeReply;
import lazaret.vetting.deskapi.tokens.TokenRevokeRequest;
import lazaret.vetting.deskapi.tokens.TokensReply;

/// The operations on tokens.
public final class TokenOperations {
  /// Lists the tokens without their secrets.
  public static final Operation<EmptyRequest, TokensReply> TOKENS =
      Operation.get("tokens", "/tokens", EmptyRequest.class, TokensReply.class)
          .access(Access.AUDIT)
          .summary("List the tokens without their secrets");

  /// Creates a token.
  public static final Operation<TokenCreateRequest, TokenCreateReply> CREATE_TOKEN =
      Operation.post("createToken", "/tokens", TokenCreateRequest.class, TokenCreateReply.class)
          .access(Access.ADMIN)
          .created()
          .summary("Create a token");

  /// Revokes a token.
  public static final Operation<TokenRevokeRequest, TokenRevokeReply> REVOKE_TOKEN =
      Operation.delete(
              "revokeToken", "/tokens/{token}", TokenRevokeRequest.class, TokenRevokeReply.class)
          .access(Access.ADMIN)
          .summary("Revoke a token");

  private TokenOperations() {}
}
