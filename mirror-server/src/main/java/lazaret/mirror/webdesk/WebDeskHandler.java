package lazaret.mirror.webdesk;

import java.util.Optional;
import java.util.function.ToIntFunction;
import lazaret.mirror.http.HostNames;
import lazaret.mirror.http.HttpRequest;
import lazaret.mirror.http.HttpResponse;
import lazaret.mirror.http.OverloadResponses;
import lazaret.mirror.http.RequestBodies;
import lazaret.mirror.http.RequestBudget;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.access.Session;
import lazaret.vetting.access.SessionService;
import lazaret.vetting.desk.api.Caller;
import lazaret.vetting.desk.api.DeskApi;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.Problem;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.roles.RoleGrants;
import lazaret.web.DeskCalls;
import lazaret.web.WebCookie;
import lazaret.web.WebDesk;
import lazaret.web.WebRequest;
import lazaret.web.WebResponse;
import lazaret.web.WebVisitor;

/// The handler of the pages of the desk. It finds the session of a cookie, and gives the pages the
/// operations of the desk with the roles of that person. Thread-safe; blocks.
public final class WebDeskHandler {
  /// The heap that each byte of a form uses: bytes, text, and the decoded fields.
  private static final int FORM_MULTIPLE = 4;

  private final WebDesk pages;
  private final SessionService sessions;
  private final DeskApi api;
  private final HostNames names;
  private final ToIntFunction<Operation<?, ?>> units;
  private final boolean open;

  /// Creates the handler.
  ///
  /// @param units the units of the query budget that an operation uses
  /// @param open whether the gate accepts requests for versions without a token
  public WebDeskHandler(
      WebDesk pages,
      SessionService sessions,
      DeskApi api,
      HostNames names,
      ToIntFunction<Operation<?, ?>> units,
      boolean open) {
    this.pages = pages;
    this.sessions = sessions;
    this.api = api;
    this.names = names;
    this.units = units;
    this.open = open;
  }

  /// Answers a request.
  public HttpResponse respond(HttpRequest question, RequestBudget room) {
    if (question.reads()) {
      return respond(question, Bytes.EMPTY, room);
    }
    if (!question.method().equals("POST")) {
      return HttpResponse.method("GET, HEAD, POST");
    }
    int limit = Math.min(WebRequest.MAX_BODY, room.longestBody(FORM_MULTIPLE));
    RequestBodies.Limits limits = new RequestBodies.Limits(limit, FORM_MULTIPLE, room.body());
    return switch (question.body().read(limits)) {
      case RequestBodies.Read.Whole whole -> respond(question, whole.bytes(), room);
      case RequestBodies.Read.TooLong() ->
          HttpResponse.text(413, "the form has more than %d bytes".formatted(limit))
              .coded("too-large");
      case RequestBodies.Read.MemoryExhausted() -> OverloadResponses.respond(question, limit);
    };
  }

  private HttpResponse respond(HttpRequest question, Bytes body, RequestBudget room) {
    Optional<Session> session = session(question);
    String address = question.client().address();
    Caller caller = session.map(each -> caller(each, address)).orElseGet(() -> anonymous(address));
    WebVisitor visitor =
        session.map(this::visitor).orElse(new WebVisitor.Anonymous(RoleGrants.NONE));
    WebRequest request =
        new WebRequest(
            question.method(),
            question.path(),
            question.query(),
            question.headers(),
            body,
            names.isSecure(question.authority()),
            visitor,
            new CallsOf(api, caller, room, units));
    return response(pages.respond(request));
  }

  private Optional<Session> session(HttpRequest question) {
    return question
        .header("cookie")
        .map(header -> WebCookie.parse(header).get(WebDesk.SESSION))
        .flatMap(sessions::find);
  }

  private WebVisitor visitor(Session session) {
    return new WebVisitor.SignedIn(
        session.person(), session.displayName(), sessions.rolesOf(session));
  }

  private Caller anonymous(String address) {
    Caller anonymous = Caller.anonymous(address);
    return open ? anonymous : anonymous.withoutRoles();
  }

  private Caller caller(Session session, String address) {
    return Caller.person(session.person(), sessions.rolesOf(session), address);
  }

  private static HttpResponse response(WebResponse page) {
    return new HttpResponse(
        page.status(),
        page.fields().stream()
            .map(field -> new HttpResponse.Field(field.name(), field.value()))
            .toList(),
        page.body());
  }

  /// The operations of the desk for one caller.
  private record CallsOf(
      DeskApi api, Caller caller, RequestBudget room, ToIntFunction<Operation<?, ?>> units)
      implements DeskCalls {
    @Override
    public <Q extends Record, R extends Record> Reply<R> call(
        Operation<Q, R> operation, Q request) {
      if (!room.query(units.applyAsInt(operation))) {
        return Reply.refused(
            new Problem(
                ErrorCode.SERVER_UNAVAILABLE,
                "expected a free place for a query, found other queries under way"));
      }
      return api.call(operation, request, caller);
    }
  }
}
