package lazaret.mirror.registry;

import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;
import lazaret.mirror.http.AcceptEncoding;
import lazaret.mirror.http.EntityTags;
import lazaret.mirror.http.HostNames;
import lazaret.mirror.http.HttpRequest;
import lazaret.mirror.http.HttpResponse;
import lazaret.mirror.http.RouteKind;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.gate.Gate;
import lazaret.vetting.gate.serving.IndexOutcome;
import lazaret.vetting.index.IndexPath;
import lazaret.vetting.index.IndexView;
import lazaret.vetting.index.RegistryConfig;

/// The handler for the sparse index: `config.json` and one file per crate.
///
/// Sources: Cargo reference, *Registry Index*, *Sparse protocol*; RFC 9110 §13.1.2 (If-None-Match),
/// §12.5.3 (Accept-Encoding).
public final class IndexHandler {
  private final Clock clock;
  private final Bytes config;
  private final Function<CrateName, IndexOutcome> files;
  private final IndexFields fields = new IndexFields();

  /// Creates a handler.
  ///
  /// @param publicNames the names that are served
  /// @param authRequired whether cargo sends a token with each request
  public IndexHandler(
      Gate gate, PublicNames publicNames, Clock clock, HostNames names, boolean authRequired) {
    this.clock = clock;
    this.files = publicNames.index(gate::index, publicNames::absent);
    String dl =
        names.origin() + RouteKind.DOWNLOAD.prefix() + "{crate}/{version}/{sha256-checksum}";
    this.config = new RegistryConfig(dl, names.origin(), authRequired).toJson();
  }

  /// Responds to a request for an index file or the configuration of the index.
  public HttpResponse respond(HttpRequest question) {
    if (!question.reads()) {
      return HttpResponse.method("GET, HEAD");
    }
    String path = question.path().substring(RouteKind.INDEX.prefix().length());
    return respond(question, path, config, files);
  }

  /// Answers under another path.
  ///
  /// @param path the rest after the prefix of the handler
  public HttpResponse respond(
      HttpRequest question, String path, Bytes config, Function<CrateName, IndexOutcome> index) {
    if (path.equals("config.json")) {
      // Never conditional: cargo always requests it whole (docs/registry-protocol.md §2.2).
      return HttpResponse.json(200, config).with("cache-control", "no-cache");
    }
    CrateName name;
    try {
      name = IndexPath.parse(path);
    } catch (MalformedException e) {
      // 404 instead of 400: cargo requests any name in a manifest, and reads 404 as "no such
      // crate".
      return HttpResponse.text(404, "no index file has this path: " + e.getMessage())
          .coded("unknown");
    }
    return switch (index.apply(name)) {
      case IndexOutcome.Absent absent -> HttpResponse.text(404, absent.detail()).coded("unknown");
      case IndexOutcome.Unavailable none ->
          HttpResponse.unavailable(
                  "cannot serve '%s' now: %s".formatted(name.published(), none.detail()),
                  none.retryAfter())
              .coded("upstream-unavailable");
      case IndexOutcome.Served served -> served(question, served);
    };
  }

  private HttpResponse served(HttpRequest question, IndexOutcome.Served served) {
    IndexView view = served.view();
    IndexFields.Form form = form(question, view);
    Duration age = Duration.between(served.freshness().checkedAt(), clock.instant());
    IndexFields.Made made = fields.of(served, form, Math.max(0, age.toSeconds()));
    return switch (form) {
      case UNCHANGED -> made.respond(304, Bytes.EMPTY);
      case GZIP -> made.respond(200, view.gzip());
      case PLAIN -> made.respond(200, view.body());
    };
  }

  /// Returns the form that a client asks for. A request with `If-Modified-Since` is never answered
  /// with 304: the view also changes with policy and time, which only the tag reflects.
  private static IndexFields.Form form(HttpRequest question, IndexView view) {
    String condition = question.header("if-none-match").orElse("");
    if (!condition.isEmpty() && EntityTags.match(condition, view.etag())) {
      return IndexFields.Form.UNCHANGED;
    }
    return view.gzip().length() < view.body().length()
            && AcceptEncoding.gzip(question.header("accept-encoding").orElse(null))
        ? IndexFields.Form.GZIP
        : IndexFields.Form.PLAIN;
  }
}
