package lazaret.mirror.hosting;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import lazaret.mirror.http.HostNames;
import lazaret.mirror.http.HttpRequest;
import lazaret.mirror.http.HttpResponse;
import lazaret.mirror.http.RegistryResponses;
import lazaret.mirror.http.RequestBudget;
import lazaret.mirror.http.RouteKind;
import lazaret.mirror.registry.DownloadHandler;
import lazaret.mirror.registry.IndexHandler;
import lazaret.mirror.registry.PublicNames;
import lazaret.mirror.site.RouteHandler;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.api.Caller;
import lazaret.vetting.gate.Gate;
import lazaret.vetting.gate.serving.DownloadOutcome;
import lazaret.vetting.gate.serving.IndexOutcome;
import lazaret.vetting.gate.store.Requester;
import lazaret.vetting.gate.store.Token;
import lazaret.vetting.hosting.api.CargoApiService;
import lazaret.vetting.hosting.record.Provenance;
import lazaret.vetting.index.RegistryConfig;
import lazaret.vetting.roles.DeskRole;

/// The handler of the private registry: its index, its downloads and its web API. It has the form
/// of the public registry under another path, and answers private names only.
///
/// Sources: Cargo reference, *Registry Index*, *Registry Web API*, *Registry Authentication*.
public final class PrivateRegistryHandler implements RouteHandler {
  /// The page on which a person creates a token.
  private static final String TOKENS = "/desk/people/me";

  private static final String PREFIX = RouteKind.PRIVATE.prefix();
  private static final String INDEX = "index/";
  private static final String DOWNLOADS = "dl/";

  private final HostNames names;
  private final boolean authRequired;
  private final Crates crates;
  private final IndexHandler index;
  private final DownloadHandler downloads;
  private final PrivateApiHandler api;
  private final Bytes config;

  /// Creates the handler.
  ///
  /// @param names the names of the server
  /// @param options how it is served
  /// @param crates the private crates
  /// @param calls what answers the web API
  public PrivateRegistryHandler(HostNames names, Options options, Crates crates, Calls calls) {
    this.names = names;
    this.authRequired = options.authRequired();
    this.crates = crates;
    PublicNames all = PublicNames.ALL;
    this.index = new IndexHandler(crates.gate(), all, options.clock(), names, authRequired);
    this.downloads = new DownloadHandler(crates.gate(), all, names);
    this.api = new PrivateApiHandler(calls.api(), calls.jobs(), options.maxArchive());
    String root = names.origin() + "/private";
    this.config =
        new RegistryConfig(root + "/dl/{crate}/{version}/{sha256-checksum}", root, authRequired)
            .toJson();
  }

  /// The settings of the registry.
  ///
  /// @param clock the only source of time
  /// @param authRequired whether reading needs a token
  /// @param maxArchive the largest archive of any crate, in bytes
  public record Options(Clock clock, boolean authRequired, int maxArchive) {}

  /// The private crates of a gate.
  ///
  /// @param gate the gate
  /// @param index finds the index file of a private crate
  /// @param downloads finds an artifact of a private crate
  public record Crates(Gate gate, Function<CrateName, IndexOutcome> index, Downloads downloads) {}

  /// Finds an artifact.
  @FunctionalInterface
  public interface Downloads {
    /// Returns the outcome of a request, as [Gate#download] does.
    DownloadOutcome find(CrateName name, CrateVersion version, Sha256 asked, Requester asker);
  }

  /// The handlers of the web API.
  ///
  /// @param api changes and lists crates
  /// @param jobs finds the CI job of a token by its name
  public record Calls(CargoApiService api, Function<String, Optional<Provenance.Job>> jobs) {}

  @Override
  public HttpResponse respond(HttpRequest question, Sender sender, RequestBudget room) {
    String path = question.path().substring(PREFIX.length());
    if (path.equals("me")) {
      return new HttpResponse(
          302, List.of(new HttpResponse.Field("location", TOKENS)), Bytes.EMPTY);
    }
    Optional<Token> reader =
        Optional.ofNullable(sender.token()).filter(token -> token.has(DeskRole.READER));
    boolean calls = path.startsWith(PrivatePaths.API);
    if (reader.isEmpty() && (authRequired || (calls && !question.reads()))) {
      return refused(sender, calls);
    }
    if (calls) {
      return api.respond(
          question,
          path.substring(PrivatePaths.API.length()),
          reader.map(token -> Caller.of(token, sender.client().address())).orElse(null),
          room);
    }
    if (!question.reads()) {
      return HttpResponse.method("GET, HEAD");
    }
    if (path.startsWith(INDEX)) {
      return index.respond(question, path.substring(INDEX.length()), config, crates.index());
    }
    if (path.startsWith(DOWNLOADS)) {
      Requester asker = sender.client().requester();
      return downloads.respond(
          question,
          path.substring(DOWNLOADS.length()),
          room.respond(),
          asked -> crates.downloads().find(asked.name(), asked.version(), asked.cksum(), asker));
    }
    return HttpResponse.text(
            404, "nothing is here; the index of the private registry is at /private/index/")
        .coded("unknown");
  }

  /// Returns the refusal of a request without a valid token. Cargo sends its first request without
  /// one; `cargo login` shows the address.
  private HttpResponse refused(Sender sender, boolean calls) {
    String why =
        sender.tried()
            ? "the token is unknown, expired or revoked here"
            : "this registry needs a token";
    String text = why + "; create one at " + names.origin() + TOKENS;
    HttpResponse response = calls ? RegistryResponses.of(401, text) : HttpResponse.text(401, text);
    return response
        .with("www-authenticate", "Cargo login_url=\"" + names.origin() + "/private/me\"")
        .coded("unauthenticated");
  }
}
