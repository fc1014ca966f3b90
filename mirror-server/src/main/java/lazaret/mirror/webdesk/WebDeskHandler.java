package lazaret.mirror.webdesk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import lazaret.mirror.clients.Client;
import lazaret.mirror.http.EntityTags;
import lazaret.mirror.http.HostNames;
import lazaret.mirror.http.HttpRequest;
import lazaret.mirror.http.HttpResponse;
import lazaret.mirror.http.OverloadResponses;
import lazaret.mirror.http.RequestBodies;
import lazaret.mirror.http.RequestBudget;
import lazaret.mirror.limits.ClientLimits;
import lazaret.mirror.limits.LimitResponses;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.access.Session;
import lazaret.vetting.access.SessionService;
import lazaret.vetting.desk.api.Caller;
import lazaret.vetting.desk.api.DeskApi;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.Problem;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.RequestOperations;
import lazaret.vetting.gate.store.Token;
import lazaret.vetting.roles.RoleGrants;
import lazaret.web.DeskCalls;
import lazaret.web.WebRequest;
import lazaret.web.WebResponse;
import lazaret.web.WebVisitor;
import lazaret.web.desk.WebDesk;
import org.jspecify.annotations.Nullable;

/// The handler of the pages of the desk. It gives the pages the operations of the desk with the
/// roles of the person who signed in. Thread-safe; blocks.
public final class WebDeskHandler {
  /// The heap that each byte of a form uses. The largest form has a lockfile, which is in memory as
  /// bytes, fields, lines, packages and the text of the next form in the worst case.
  public static final int FORM_MULTIPLE = 16;

  /// The maximum size of a form without a session, in bytes: a request for a version, or a token.
  private static final int VISITOR_FORM = 64 << 10;

  private static final HttpResponse.Field TEXT =
      new HttpResponse.Field("content-type", "text/plain; charset=utf-8");

  private static final Problem BUSY =
      new Problem(
          ErrorCode.SERVER_UNAVAILABLE,
          "expected a free place for a query, found other queries under way");

  private final WebDesk pages;
  private final SessionService sessions;
  private final HostNames names;
  private final DeskAccess access;

  /// The way of the pages to the operations of the desk.
  ///
  /// @param api the operations
  /// @param units the units of the query budget that an operation uses
  /// @param rates the rate limits: by the person of a session, else by address
  /// @param open whether the gate accepts requests for versions without a token
  public record DeskAccess(
      DeskApi api, ToIntFunction<Operation<?, ?>> units, ClientLimits rates, boolean open) {}

  /// Creates the handler.
  public WebDeskHandler(
      WebDesk pages, SessionService sessions, HostNames names, DeskAccess access) {
    this.pages = pages;
    this.sessions = sessions;
    this.names = names;
    this.access = access;
  }

  /// The sender of a request, with what proves the identity.
  ///
  /// @param session the valid session of the request; null if it has none
  /// @param token the valid token of the request; null if it has none
  /// @param client the client by which limits count both
  public record Sender(@Nullable Session session, @Nullable Token token, Client client) {}

  /// Answers a request. A token counts for feeds alone: pages act with the cookie of a session.
  public HttpResponse respond(HttpRequest question, Sender sender, RequestBudget room) {
    if (question.reads()) {
      return respond(question, Bytes.EMPTY, visit(question, sender), room);
    }
    if (!question.method().equals("POST")) {
      return HttpResponse.method("GET, HEAD, POST");
    }
    boolean signedIn = sender.session() != null;
    int most = signedIn ? WebRequest.MAX_BODY : VISITOR_FORM;
    int limit = Math.min(most, room.longestBody(FORM_MULTIPLE));
    RequestBodies.Limits limits = new RequestBodies.Limits(limit, FORM_MULTIPLE, room.body());
    return switch (question.body().read(limits)) {
      case RequestBodies.Read.Whole whole ->
          respond(question, whole.bytes(), visit(question, current(sender)), room);
      case RequestBodies.Read.TooLong() ->
          HttpResponse.text(
                  413,
                  "the form has more than %d bytes%s"
                      .formatted(limit, signedIn ? "" : "; sign in first"))
              .coded("too-large");
      case RequestBodies.Read.MemoryExhausted() -> OverloadResponses.respond(question, limit);
    };
  }

  /// Returns the sender without a session that ended while the form arrived. A client that sends
  /// its form slowly would otherwise act after the end.
  private Sender current(Sender sender) {
    Session session = sender.session();
    return session == null || sessions.isOpen(session)
        ? sender
        : new Sender(null, sender.token(), sender.client());
  }

  /// Returns the response to a person in place of a refusal in plain text: a page with the same
  /// reason, which calls no operation. Feed readers and the identity provider get the text.
  public HttpResponse page(HttpRequest question, HttpResponse refusal) {
    String path = question.path();
    if (!refusal.fields().contains(TEXT)
        || refusal.status() < 400
        || WebDesk.isFeed(path)
        || path.equals(BackChannelLogoutHandler.PATH)) {
      return refusal;
    }
    Caller nobody = Caller.anonymous(question.client().address()).withoutRoles();
    WebRequest request =
        request(
            question,
            Bytes.EMPTY,
            new WebVisitor.Anonymous(RoleGrants.NONE),
            new CallsOf(access.api(), nobody, _ -> Optional.of(BUSY)));
    String reason = refusal.body().text().strip();
    HttpResponse page = response(question, pages.failure(request, refusal.status(), reason));
    Set<String> own =
        page.fields().stream().map(HttpResponse.Field::name).collect(Collectors.toSet());
    List<HttpResponse.Field> fields = new ArrayList<>(page.fields());
    refusal.fields().stream().filter(field -> !own.contains(field.name())).forEach(fields::add);
    return new HttpResponse(refusal.status(), fields, page.body(), refusal.code());
  }

  /// The sender of a request, for the pages, for the operations of the desk, and for limits.
  private record Visit(WebVisitor visitor, Caller caller, Client client) {}

  /// Returns the sender: the person of the session, the owner of the token, or an unnamed visitor.
  private Visit visit(HttpRequest question, Sender sender) {
    String address = question.client().address();
    Session session = sender.session();
    if (session != null) {
      return new Visit(visitor(session), caller(session, address), sender.client());
    }
    Token token = question.reads() && WebDesk.isFeed(question.path()) ? sender.token() : null;
    return token == null
        ? new Visit(
            new WebVisitor.Anonymous(RoleGrants.NONE), anonymous(address), question.client())
        : new Visit(
            new WebVisitor.SignedIn(token.owner(), token.owner(), token.roles()),
            Caller.of(token, address),
            sender.client());
  }

  private HttpResponse respond(HttpRequest question, Bytes body, Visit visit, RequestBudget room) {
    List<Duration> pauses = new ArrayList<>();
    Function<Operation<?, ?>, Optional<Problem>> refusal =
        called -> {
          Optional<Refusal> refused = refusal(called, question, visit, room);
          refused.ifPresent(each -> pauses.add(each.pause()));
          return refused.map(Refusal::problem);
        };
    CallsOf calls = new CallsOf(access.api(), visit.caller(), refusal);
    HttpResponse page =
        response(question, pages.respond(request(question, body, visit.visitor(), calls)));
    boolean later = page.status() == 429 || page.status() == 503;
    return later && !pauses.isEmpty() ? page.retryAfter(Collections.max(pauses)) : page;
  }

  private WebRequest request(
      HttpRequest question, Bytes body, WebVisitor visitor, DeskCalls calls) {
    return new WebRequest(
        question.method(),
        question.path(),
        question.query(),
        question.headers(),
        body,
        names.isSecure(question.authority()),
        visitor,
        calls);
  }

  /// The refusal of an operation that can be called later.
  ///
  /// @param pause the time until then
  private record Refusal(Problem problem, Duration pause) {}

  /// Returns the refusal of an operation by a rate limit, or for lack of a place; empty if it can
  /// be called.
  private Optional<Refusal> refusal(
      Operation<?, ?> operation, HttpRequest question, Visit visit, RequestBudget room) {
    int queries = access.units().applyAsInt(operation);
    boolean anonymous = visit.visitor() instanceof WebVisitor.Anonymous;
    boolean submission = anonymous && RequestOperations.SUBMIT.equals(operation);
    return access
        .rates()
        .takeOperation(visit.client(), queries, submission)
        .map(over -> new Refusal(LimitResponses.problem(question.path(), over), over.retryAfter()))
        .or(
            () ->
                room.query(queries)
                    ? Optional.empty()
                    : Optional.of(new Refusal(BUSY, OverloadResponses.RETRY_AFTER)));
  }

  private WebVisitor visitor(Session session) {
    return new WebVisitor.SignedIn(
        session.person(), session.displayName(), sessions.rolesOf(session));
  }

  private Caller anonymous(String address) {
    Caller anonymous = Caller.anonymous(address);
    return access.open() ? anonymous : anonymous.withoutRoles();
  }

  /// Returns the caller of a session. A session by a token proves no more than the token: it has
  /// its way of sign-in and its end, so that it confirms no login that the token may not confirm.
  private Caller caller(Session session, String address) {
    return sessions
        .tokenOf(session)
        .map(token -> Caller.of(token, address))
        .orElseGet(() -> Caller.person(session.person(), sessions.rolesOf(session), address));
  }

  /// Returns the response to a browser, without the content if it has the same (RFC 9110 §13.1.2).
  private static HttpResponse response(HttpRequest question, WebResponse page) {
    List<HttpResponse.Field> fields =
        page.fields().stream()
            .map(field -> new HttpResponse.Field(field.name(), field.value()))
            .toList();
    boolean held =
        page.status() == 200
            && fields.stream()
                .filter(field -> field.name().equals("etag"))
                .anyMatch(
                    field ->
                        EntityTags.match(
                            question.header("if-none-match").orElse(null), field.value()));
    return held
        ? new HttpResponse(304, fields, Bytes.EMPTY)
        : new HttpResponse(page.status(), fields, page.body());
  }

  /// The operations of the desk for one caller.
  ///
  /// @param refusal returns the reason why an operation cannot be called now; empty if it can
  private record CallsOf(
      DeskApi api, Caller caller, Function<Operation<?, ?>, Optional<Problem>> refusal)
      implements DeskCalls {
    @Override
    public <Q extends Record, R extends Record> Reply<R> call(
        Operation<Q, R> operation, Q request) {
      Optional<Problem> refused = refusal.apply(operation);
      return refused.isPresent()
          ? Reply.refused(refused.get())
          : api.call(operation, request, caller);
    }
  }
}
