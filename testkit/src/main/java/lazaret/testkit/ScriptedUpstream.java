package lazaret.testkit;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import lazaret.vetting.Bytes;
import org.jspecify.annotations.Nullable;

/// A replacement for the public registry on loopback: an index on one port, artifacts on another,
/// its own `config.json`, and scripted faults. Responses are those of the real one: 404 for an
/// unknown index file, 403 with XML for a missing artifact, `ETag` and `304` for both.
///
/// Patterns are matched with the path of a request, such as `/index/se/rd/serde`,
/// `/index/config.json` and `/crates/serde/1.0.0/download`; `*` matches any text with slashes.
/// Thread-safe.
///
/// Source: Cargo reference, *Registry Index*; the responses of the public registry's two hosts.
public final class ScriptedUpstream implements AutoCloseable {
  private static final Pattern ARTIFACT =
      Pattern.compile(
          "/crates/(?<name>[A-Za-z0-9_-]+)/"
              + "(?:(?<version>[A-Za-z0-9.+-]+)/download|\\k<name>-(?<file>[A-Za-z0-9.+-]+)\\.crate)");
  private static final Pattern INDEX = Pattern.compile("/index/(?<path>[A-Za-z0-9_/-]+)");

  /// A scripted fault with the number of matching requests so far.
  private record Rule(Pattern path, RequestNumber nth, Fault fault, AtomicInteger seen) {
    boolean hits(String wanted) {
      return path.matcher(wanted).matches() && nth.hits(seen.incrementAndGet());
    }
  }

  private final UpstreamContent content;
  private final boolean tls;
  private final WireServer index;
  private final WireServer artifacts;
  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private final Queue<RecordedRequest> requests = new ConcurrentLinkedQueue<>();
  private volatile CountDownLatch healed = new CountDownLatch(1);
  private volatile Duration latency = Duration.ZERO;
  private volatile boolean gzip;
  private volatile @Nullable String dl;

  private ScriptedUpstream(UpstreamContent content, @Nullable SSLContext context) {
    this.content = content;
    this.tls = context != null;
    WireServer.Handler handler = (request, out) -> respond(request, new WireReply(out));
    this.index = new WireServer(handler, context);
    this.artifacts = new WireServer(handler, context);
  }

  /// Starts an upstream on two free ports.
  public static ScriptedUpstream start(UpstreamContent content) {
    return new ScriptedUpstream(content, null);
  }

  /// Starts an upstream with TLS on both ports, under the host name `localhost`.
  public static ScriptedUpstream startTls(UpstreamContent content, SSLContext context) {
    return new ScriptedUpstream(content, context);
  }

  /// Returns the base address of the index with a slash at its end: `http://127.0.0.1:PORT/index/`.
  public String indexUrl() {
    return origin(index) + "/index/";
  }

  /// Returns the base address of other files, such as feeds of releases, with a slash at its end:
  /// `http://127.0.0.1:PORT/`.
  public String filesUrl() {
    return origin(index) + "/";
  }

  /// Returns the `dl` of `config.json`: `http://127.0.0.1:PORT/crates`, or the value set by [#dl].
  public String artifactUrl() {
    String set = dl;
    return set == null ? origin(artifacts) + "/crates" : set;
  }

  private String origin(WireServer server) {
    return (tls ? "https://localhost:" : "http://127.0.0.1:") + server.port();
  }

  /// Sets another `dl` in `config.json`; template markers and other schemes are possible.
  public void dl(String template) {
    dl = template;
  }

  /// Delays every response, like a distant server.
  public void latency(Duration delay) {
    latency = delay;
  }

  /// Compresses index files from now on, for clients that accept gzip.
  public void gzip(boolean on) {
    gzip = on;
  }

  /// Scripts a fault for every request whose path matches.
  public void script(String pattern, Fault fault) {
    script(pattern, RequestNumber.ALL, fault);
  }

  /// Scripts a fault for some of the requests whose path matches. If several faults apply to one
  /// request, delays add up and the first scripted one of the others decides.
  public void script(String pattern, RequestNumber nth, Fault fault) {
    rules.add(new Rule(glob(pattern), nth, fault, new AtomicInteger()));
  }

  /// Removes all faults and ends stalled responses; their connections are closed.
  public void heal() {
    rules.clear();
    releaseStalled();
  }

  private synchronized void releaseStalled() {
    CountDownLatch stalled = healed;
    healed = new CountDownLatch(1);
    stalled.countDown();
  }

  /// Closes both ports and every connection, so that clients are refused.
  public void switchOff() {
    index.switchOff();
    artifacts.switchOff();
    releaseStalled();
  }

  /// Listens again on the same ports.
  public void switchOn() {
    index.switchOn();
    artifacts.switchOn();
  }

  /// Returns all requests so far in the order of their arrival.
  public List<RecordedRequest> requests() {
    return List.copyOf(requests);
  }

  /// Returns the requests whose path matches.
  public List<RecordedRequest> requests(String pattern) {
    Pattern path = glob(pattern);
    return requests.stream().filter(r -> path.matcher(path(r)).matches()).toList();
  }

  /// Returns the number of requests whose path matches.
  public int count(String pattern) {
    return requests(pattern).size();
  }

  /// Removes the recorded requests.
  public void forgetRequests() {
    requests.clear();
  }

  @Override
  public void close() {
    switchOff();
  }

  private static Pattern glob(String pattern) {
    return Pattern.compile(Pattern.quote(pattern).replace("*", "\\E.*\\Q"), Pattern.DOTALL);
  }

  private static String path(RecordedRequest request) {
    String target = request.target();
    int query = target.indexOf('?');
    String path = query < 0 ? target : target.substring(0, query);
    // A plus sign in a path means itself; cargo sends it unescaped, other clients escape it.
    return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private boolean respond(RecordedRequest request, WireReply reply) throws IOException {
    requests.add(request);
    String path = path(request);
    CountDownLatch stall = healed;
    Duration delay = latency;
    Fault chosen = null;
    for (Rule rule : rules) {
      if (rule.hits(path)) {
        if (rule.fault() instanceof Fault.Delay(Duration by)) {
          delay = delay.plus(by);
        } else if (chosen == null) {
          chosen = rule.fault();
        }
      }
    }
    try {
      Thread.sleep(delay);
      return reply.send(request, whole(request, path), chosen, stall);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private WireReply.Whole whole(RecordedRequest request, String path) {
    if (path.equals("/index/config.json")) {
      return WireReply.Whole.ok(
          "application/json", Bytes.utf8("{\"dl\":\"" + artifactUrl() + "\"}"));
    }
    Matcher wanted = INDEX.matcher(path);
    if (wanted.matches()) {
      return content
          .index(wanted.group("path"))
          .map(body -> WireReply.Whole.ok("text/plain", body))
          .map(file -> gzip && acceptsGzip(request) ? file.gzipped() : file)
          .orElseGet(() -> WireReply.Whole.missing(404, "Not Found"));
    }
    return artifact(path)
        .map(body -> WireReply.Whole.ok("application/gzip", body))
        .or(() -> content.file(path).map(body -> WireReply.Whole.ok("application/xml", body)))
        .orElseGet(() -> WireReply.Whole.missing(403, "<Error><Code>AccessDenied</Code></Error>"));
  }

  private static boolean acceptsGzip(RecordedRequest request) {
    return request.header("accept-encoding").orElse("").contains("gzip");
  }

  private Optional<Bytes> artifact(String path) {
    Matcher wanted = ARTIFACT.matcher(path);
    if (!wanted.matches()) {
      return Optional.empty();
    }
    String version = wanted.group("version");
    String exact = version == null ? wanted.group("file") : version;
    return exact == null ? Optional.empty() : content.artifact(wanted.group("name"), exact);
  }
}
