package lazaret.vetting.deskapi;

import lazaret.vetting.deskapi.tokens.OwnTokenRequest;
import lazaret.vetting.deskapi.tokens.OwnTokenRevokeRequest;
import lazaret.vetting.deskapi.tokens.OwnTokensReply;
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

  /// Lists the tokens of the person who asks.
  public static final Operation<EmptyRequest, OwnTokensReply> OWN_TOKENS =
      Operation.get("ownTokens", "/me/tokens", EmptyRequest.class, OwnTokensReply.class)
          .access(Access.READ)
          .summary("List the tokens of the person who asks, without secrets");

  /// Creates a token of the person who asks.
  public static final Operation<OwnTokenRequest, TokenCreateReply> CREATE_OWN_TOKEN =
      Operation.post("createOwnToken", "/me/tokens", OwnTokenRequest.class, TokenCreateReply.class)
          .access(Access.READ)
          .created()
          .summary("Create a token for the programs of the person who asks");

  /// Revokes a token of the person who asks.
  public static final Operation<OwnTokenRevokeRequest, TokenRevokeReply> REVOKE_OWN_TOKEN =
      Operation.delete(
              "revokeOwnToken",
              "/me/tokens/{id}",
              OwnTokenRevokeRequest.class,
              TokenRevokeReply.class)
          .access(Access.READ)
          .summary("Revoke a token of the person who asks");

  /// Revokes a token.
  public static final Operation<TokenRevokeRequest, TokenRevokeReply> REVOKE_TOKEN =
      Operation.delete(
              "revokeToken", "/tokens/{token}", TokenRevokeRequest.class, TokenRevokeReply.class)
          .access(Access.ADMIN)
          .summary("Revoke a token");

  private TokenOperations() {}
}
