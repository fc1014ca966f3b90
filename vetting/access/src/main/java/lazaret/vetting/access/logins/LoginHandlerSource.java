package lazaret.vetting.access.logins;

import java.net.URI;
import java.time.Clock;
import java.util.function.Supplier;
import lazaret.vetting.Secret;
import lazaret.vetting.desk.access.TokenService;
import lazaret.vetting.desk.api.Caller;
import lazaret.vetting.desk.api.HandlerSource;
import lazaret.vetting.desk.api.HandlerTable;
import lazaret.vetting.deskapi.LoginOperations;
import lazaret.vetting.deskapi.TokenOperations;
import lazaret.vetting.deskapi.logins.LoginAnswerReply;
import lazaret.vetting.deskapi.logins.LoginAnswerRequest;
import lazaret.vetting.deskapi.logins.LoginPollReply;
import lazaret.vetting.deskapi.logins.LoginStartReply;
import lazaret.vetting.deskapi.logins.LoginStartRequest;
import lazaret.vetting.deskapi.logins.LoginState;
import lazaret.vetting.deskapi.logins.LogoutReply;
import lazaret.vetting.deskapi.logins.PendingLoginReply;
import lazaret.vetting.deskapi.logins.PendingLoginRequest;
import lazaret.vetting.deskapi.logins.SignedInReply;
import lazaret.vetting.gate.store.Store;

/// The handlers of the operations on logins. Thread-safe.
public final class LoginHandlerSource implements HandlerSource {
  /// The path of the page on which a person answers a login.
  public static final String PAGE = "/desk/device";

  private final LoginService logins;
  private final Supplier<String> origin;
  private final OwnTokenHandler ownTokens;

  /// Creates the handlers.
  ///
  /// @param store keeps the logins if several nodes share it
  /// @param tokens creates and revokes the tokens
  /// @param clock the only source of time
  /// @param limits the bounds of logins
  /// @param origin returns scheme, host and port under which people reach the gate, without a slash
  ///   at the end. It is called at each start of a login
  public LoginHandlerSource(
      Store store, TokenService tokens, Clock clock, LoginLimits limits, Supplier<String> origin) {
    this.logins = new LoginService(store, tokens, clock, limits);
    this.origin = origin;
    this.ownTokens = new OwnTokenHandler(tokens, clock);
  }

  @Override
  public void addTo(HandlerTable handlers) {
    handlers.add(LoginOperations.START_LOGIN, this::start);
    handlers.add(LoginOperations.POLL_LOGIN, (request, _) -> poll(request.deviceCode()));
    handlers.add(LoginOperations.PENDING_LOGIN, this::pending);
    handlers.add(LoginOperations.ANSWER_LOGIN, this::answer);
    handlers.add(LoginOperations.WHO_AM_I, (_, caller) -> signedIn(LoginPerson.of(caller)));
    handlers.add(TokenOperations.OWN_TOKENS, (_, caller) -> ownTokens.list(caller));
    handlers.add(TokenOperations.CREATE_OWN_TOKEN, ownTokens::create);
    handlers.add(TokenOperations.REVOKE_OWN_TOKEN, ownTokens::revoke);
    handlers.add(LoginOperations.END_LOGIN, (_, caller) -> end(LoginPerson.of(caller)));
  }

  LoginStartReply start(LoginStartRequest request, Caller caller) {
    LoginOrder order =
        new LoginOrder(
            request.machine(),
            request.client(),
            LoginRoles.wanted(request.roles()),
            caller.address());
    LoginService.Started started = logins.start(order);
    PendingLogin login = started.login();
    String page = origin.get() + PAGE;
    String code = login.code().shown();
    return new LoginStartReply(
        started.deviceCode(),
        code,
        URI.create(page),
        URI.create(page + "?code=" + code),
        login.expires().getEpochSecond() - login.started().getEpochSecond(),
        login.interval().toSeconds());
  }

  LoginPollReply poll(Secret deviceCode) {
    return switch (logins.poll(deviceCode)) {
      case LoginService.Delivery.None(LoginRegister.Polled state) -> reply(state);
      case LoginService.Delivery.Delivered(TokenService.IssuedToken token, LoginGrant grant) ->
          new LoginPollReply(
              LoginState.DONE,
              0,
              new Secret(token.secret()),
              token.token().name(),
              token.token().owner(),
              grant.roles(),
              token.token().expires());
    };
  }

  private static LoginPollReply reply(LoginRegister.Polled state) {
    return switch (state) {
      case LoginRegister.Polled.Waiting(boolean early, long seconds) ->
          LoginPollReply.of(early ? LoginState.SLOW_DOWN : LoginState.PENDING, seconds);
      case LoginRegister.Polled.Denied() -> LoginPollReply.of(LoginState.DENIED, 0);
      case LoginRegister.Polled.Gone() -> LoginPollReply.of(LoginState.EXPIRED, 0);
      case LoginRegister.Polled.Approved _ ->
          throw new IllegalStateException("an approved login has a token");
    };
  }

  PendingLoginReply pending(PendingLoginRequest request, Caller caller) {
    LoginPerson person = LoginPerson.of(caller);
    PendingLogin login = logins.pending(UserCode.parse(request.code()), person);
    LoginOrder order = login.order();
    return new PendingLoginReply(
        login.code().shown(),
        order.machine(),
        order.client(),
        order.address(),
        order.wanted(),
        logins.grant(login, person).roles(),
        login.started(),
        login.expires());
  }

  LoginAnswerReply answer(LoginAnswerRequest request, Caller caller) {
    LoginPerson person = LoginPerson.of(caller);
    UserCode code = UserCode.parse(request.code());
    String machine = logins.pending(code, person).order().machine();
    if (!request.approve()) {
      logins.deny(code, person);
      return LoginAnswerReply.refused(machine);
    }
    LoginGrant grant = logins.approve(code, person);
    return new LoginAnswerReply(machine, true, grant.roles(), grant.expires());
  }

  static SignedInReply signedIn(LoginPerson person) {
    return new SignedInReply(
        person.owner(),
        person.token(),
        person.roles().texts(),
        person.expires(),
        person.method().code());
  }

  /// Ends the logins that a person approved and whose token was not fetched. Their commands get no
  /// token.
  ///
  /// @param person the person, as the ledger names them
  public void endApproved(String person) {
    logins.endApproved(person);
  }

  LogoutReply end(LoginPerson person) {
    logins.end(person);
    return new LogoutReply(person.token());
  }
}
