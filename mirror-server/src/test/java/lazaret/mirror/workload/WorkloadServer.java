package lazaret.mirror.workload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import lazaret.mirror.budget.ServerBudgets;
import lazaret.mirror.clients.Client;
import lazaret.mirror.http.HttpRequest;
import lazaret.mirror.http.HttpResponse;
import lazaret.mirror.http.RequestBodies;
import lazaret.mirror.http.RequestBudget;
import lazaret.signin.IssuerAddress;
import lazaret.signin.workload.ClaimRequirements;
import lazaret.signin.workload.GrantedRoles;
import lazaret.signin.workload.InlineKeys;
import lazaret.signin.workload.WorkloadBinding;
import lazaret.signin.workload.WorkloadIssuer;
import lazaret.signin.workload.WorkloadKind;
import lazaret.signin.workload.WorkloadTokenVerifier;
import lazaret.testkit.ClaimsBuilder;
import lazaret.testkit.JwtSigner;
import lazaret.testkit.ManualClock;
import lazaret.vetting.Bytes;
import lazaret.vetting.desk.access.TokenService;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.ledger.Notice;

/// The handlers for CI jobs over a store in memory, and one CI system in the form of GitHub.
final class WorkloadServer {
  static final String AUDIENCE = "https://crates.example.org";
  static final String ISSUER = "https://ci.example.org";

  final ManualClock clock = ManualClock.at("2026-11-28T12:00:00Z");
  final InMemoryStore store = new InMemoryStore();
  final TokenService tokens = new TokenService(store, clock);
  final WorkloadTokens issued;
  final TokenExchangeHandler exchange;
  final TrustedPublishingHandler publishing;

  private final JwtSigner signer = new JwtSigner("one");
  private final ServerBudgets budgets = ServerBudgets.of(256 << 20, 1 << 20);

  /// Creates the handlers.
  ///
  /// @param folder the folder of the key set, which is written
  WorkloadServer(Path folder) {
    Path keys = folder.resolve("keys.json");
    try {
      Files.writeString(keys, signer.keySet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    WorkloadIssuer issuer =
        new WorkloadIssuer(
            "forge",
            IssuerAddress.parse(ISSUER),
            WorkloadKind.GITHUB,
            AUDIENCE,
            keys,
            WorkloadIssuer.DEFAULT_AGE,
            List.of(
                new WorkloadBinding(
                    "release",
                    new ClaimRequirements.Github(65, 42, null, "release", null, false),
                    new GrantedRoles(
                        List.of("reader", "prefetcher"), List.of(), Duration.ofMinutes(30)))));
    issued =
        new WorkloadTokens(
            new WorkloadTokenVerifier(
                Map.of(issuer, new InlineKeys(keys, clock)),
                new StoredTokenIds(store, clock),
                clock),
            tokens,
            clock);
    exchange = new TokenExchangeHandler(issued);
    publishing = new TrustedPublishingHandler(issued);
  }

  /// Returns the claims of a job that gets a token.
  ClaimsBuilder claims() {
    return ClaimsBuilder.github(ISSUER, AUDIENCE, clock.instant());
  }

  String signed(ClaimsBuilder claims) {
    return signer.sign(claims.claims());
  }

  HttpResponse form(String body) {
    return send(
        new Sent("POST", "application/x-www-form-urlencoded", body), TokenExchangeHandler.PATH);
  }

  HttpResponse json(String body) {
    return send(new Sent("POST", "application/json", body), TrustedPublishingHandler.PATH);
  }

  HttpResponse revoke(String authorization) {
    return respond(
        publishing::respond,
        new Sent("DELETE", "", ""),
        TrustedPublishingHandler.PATH,
        Map.of("authorization", authorization));
  }

  /// A request.
  record Sent(String method, String type, String body) {}

  HttpResponse send(Sent sent, String path) {
    return respond(
        path.equals(TokenExchangeHandler.PATH) ? exchange::respond : publishing::respond,
        sent,
        path,
        Map.of("content-type", sent.type()));
  }

  private interface Responder {
    HttpResponse respond(HttpRequest request, RequestBudget room);
  }

  private HttpResponse respond(
      Responder responder, Sent sent, String path, Map<String, String> headers) {
    Function<String, Optional<String>> fields = name -> Optional.ofNullable(headers.get(name));
    HttpRequest request =
        new HttpRequest(
            sent.method(),
            path,
            "",
            "crates.example.org",
            null,
            Client.of(InetAddress.getLoopbackAddress()),
            fields,
            limits -> body(Bytes.utf8(sent.body()), limits),
            () -> "1");
    try (RequestBudget room =
        RequestBudget.begin(budgets, budgets.sending(), "client").orElseThrow()) {
      return responder.respond(request, room);
    }
  }

  private static RequestBodies.Read body(Bytes body, RequestBodies.Limits limits) {
    return body.length() > limits.limit()
        ? new RequestBodies.Read.TooLong()
        : new RequestBodies.Read.Whole(body);
  }

  /// Returns the details of all notices of one kind.
  List<String> details(Notice.Kind kind) {
    try (var entries = store.ledger(0)) {
      return entries
          .map(LedgerEntry::event)
          .filter(Notice.class::isInstance)
          .map(Notice.class::cast)
          .filter(notice -> notice.kind() == kind)
          .map(notice -> notice.by() + ": " + notice.detail())
          .toList();
    }
  }
}
