package lazaret.vetting.deskapi;

import lazaret.vetting.deskapi.logins.LoginAnswerReply;
import lazaret.vetting.deskapi.logins.LoginAnswerRequest;
import lazaret.vetting.deskapi.logins.LoginPollReply;
import lazaret.vetting.deskapi.logins.LoginPollRequest;
import lazaret.vetting.deskapi.logins.LoginStartReply;
import lazaret.vetting.deskapi.logins.LoginStartRequest;
import lazaret.vetting.deskapi.logins.LogoutReply;
import lazaret.vetting.deskapi.logins.PendingLoginReply;
import lazaret.vetting.deskapi.logins.PendingLoginRequest;
import lazaret.vetting.deskapi.logins.SignedInReply;

/// The operations on logins of commands, after the device authorization grant.
///
/// Source: RFC 8628.
public final class LoginOperations {
  /// Begins a login.
  public static final Operation<LoginStartRequest, LoginStartReply> START_LOGIN =
      Operation.post("startLogin", "/logins", LoginStartRequest.class, LoginStartReply.class)
          .access(Access.ANYONE)
          .created()
          .summary("Begin the login of a command");

  /// Returns the state of a login and, once, its token. The route precedes those with a code.
  public static final Operation<LoginPollRequest, LoginPollReply> POLL_LOGIN =
      Operation.post("pollLogin", "/logins/poll", LoginPollRequest.class, LoginPollReply.class)
          .access(Access.ANYONE)
          .summary("Get the state of a login, and its token once");

  /// Shows a login that waits for a person.
  public static final Operation<PendingLoginRequest, PendingLoginReply> PENDING_LOGIN =
      Operation.get(
              "pendingLogin", "/logins/{code}", PendingLoginRequest.class, PendingLoginReply.class)
          .access(Access.READ)
          .summary("Show a login that waits for a person");

  /// Answers a login.
  public static final Operation<LoginAnswerRequest, LoginAnswerReply> ANSWER_LOGIN =
      Operation.post(
              "answerLogin", "/logins/{code}", LoginAnswerRequest.class, LoginAnswerReply.class)
          .access(Access.READ)
          .summary("Approve or refuse a login");

  /// Shows the identity of the caller.
  public static final Operation<EmptyRequest, SignedInReply> WHO_AM_I =
      Operation.get("whoAmI", "/me", EmptyRequest.class, SignedInReply.class)
          .access(Access.READ)
          .summary("Show the owner, roles and expiry of the token of the request");

  /// Revokes the token of the request.
  public static final Operation<EmptyRequest, LogoutReply> END_LOGIN =
      Operation.delete("endLogin", "/me", EmptyRequest.class, LogoutReply.class)
          .access(Access.READ)
          .summary("Revoke the token of the request");

  private LoginOperations() {}
}
