package lazaret.web;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.Problem;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.roles.DeskRole;
import lazaret.vetting.roles.RoleGrants;
import lazaret.web.desk.WebDesk;
import org.jspecify.annotations.Nullable;

/// The desk in the browser over operations with fixed replies. An operation without a reply is
/// refused as unknown, one without the role as forbidden.
public final class FixedDesk implements DeskCalls {
  /// The time of every page.
  public static final Instant NOW = Instant.parse("2026-11-28T17:36:00Z");

  private final Map<Operation<?, ?>, Function<Record, Reply<?>>> replies = new HashMap<>();
  private final List<Record> requests = new ArrayList<>();
  private final WebVisitor visitor;
  private final RoleGrants roles;
  private boolean secure = true;
  private final WebDesk desk =
      new WebDesk(
          new WebSettings("https://crates.example.org", "0.1.0", Clock.fixed(NOW, ZoneOffset.UTC)),
          new NoSignIn());

  private FixedDesk(WebVisitor visitor, RoleGrants roles) {
    this.visitor = visitor;
    this.roles = roles;
  }

  /// Returns a desk for a person with some roles.
  public static FixedDesk of(DeskRole... roles) {
    return of(RoleGrants.of(roles));
  }

  /// Returns a desk for a person with some roles, which can be limited to crates.
  public static FixedDesk of(RoleGrants grants) {
    return new FixedDesk(new WebVisitor.SignedIn("mara", "Mara", grants), grants);
  }

  /// Returns a desk for a visitor who is not signed in.
  ///
  /// @param everybody the roles of everybody: `REQUESTER` on an open gate, none on a closed one
  public static FixedDesk anonymous(DeskRole... everybody) {
    return new FixedDesk(new WebVisitor.Anonymous(RoleGrants.NONE), RoleGrants.of(everybody));
  }

  /// Makes the connection one that browsers do not regard as secure.
  public FixedDesk withoutTls() {
    secure = false;
    return this;
  }

  /// Gives an operation a reply.
  public <Q extends Record, R extends Record> FixedDesk reply(Operation<Q, R> operation, R value) {
    replies.put(operation, _ -> Reply.done(value));
    return this;
  }

  /// Gives an operation replies that depend on the request.
  public <Q extends Record, R extends Record> FixedDesk answer(
      Operation<Q, R> operation, Function<Q, R> answer) {
    replies.put(operation, request -> Reply.done(answer.apply(operation.request().cast(request))));
    return this;
  }

  /// Lets an operation be refused.
  public FixedDesk refuse(Operation<?, ?> operation, ErrorCode code, String detail) {
    replies.put(operation, _ -> Reply.refused(new Problem(code, detail)));
    return this;
  }

  /// Returns the requests of a type in their order.
  public <Q extends Record> List<Q> requests(Class<Q> type) {
    return requests.stream().filter(type::isInstance).map(type::cast).toList();
  }

  @Override
  @SuppressWarnings("unchecked")
  public <Q extends Record, R extends Record> Reply<R> call(Operation<Q, R> operation, Q request) {
    requests.add(request);
    if (!roles.hasAny(operation.access().roles())) {
      return Reply.refused(new Problem(ErrorCode.FORBIDDEN, "the role is missing"));
    }
    Function<Record, Reply<?>> reply = replies.get(operation);
    return reply == null
        ? Reply.refused(new Problem(ErrorCode.UNKNOWN, "no reply for " + operation.id()))
        : (Reply<R>) reply.apply(request);
  }

  /// Returns the document of a page.
  ///
  /// @param address the path with the query
  public String page(String address) {
    return get(address).body().text();
  }

  /// Sends GET.
  public WebResponse get(String address) {
    return desk.respond(request("GET", address, Bytes.EMPTY, null));
  }

  /// Sends a form in the encoding of browsers.
  public WebResponse form(String path, String fields) {
    return desk.respond(request("POST", path, Bytes.utf8(fields), null));
  }

  /// Sends a form with another type of body.
  public WebResponse form(String path, Bytes body, String type) {
    return desk.respond(request("POST", path, body, type));
  }

  private WebRequest request(String method, String address, Bytes body, @Nullable String type) {
    int mark = address.indexOf('?');
    Map<String, String> headers = new HashMap<>(Map.of("sec-fetch-site", "same-origin"));
    if (type != null) {
      headers.put("content-type", type);
    }
    return new WebRequest(
        method,
        mark < 0 ? address : address.substring(0, mark),
        mark < 0 ? "" : address.substring(mark + 1),
        name -> Optional.ofNullable(headers.get(name)),
        body,
        secure,
        visitor,
        this);
  }

  /// A desk without a provider.
  private static final class NoSignIn implements SignInFlow {
    @Override
    public Optional<String> provider() {
      return Optional.empty();
    }

    @Override
    public Outcome begin(String to) {
      return new Outcome.Refused(404, "no provider");
    }

    @Override
    public Outcome finish(String query, @Nullable String begun, @Nullable String earlier) {
      return new Outcome.Refused(404, "no provider");
    }

    @Override
    public Outcome byToken(String token, @Nullable String earlier) {
      return new Outcome.Refused(403, "no token");
    }

    @Override
    public Optional<String> end(String secret) {
      return Optional.empty();
    }
  }
}
