package lazaret.mirror.deskapi;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lazaret.vetting.gate.store.Token;
import lazaret.vetting.gate.store.Token.Scope;
import org.jspecify.annotations.Nullable;

/// The table of the desk's routes. A test compares `docs/openapi.json` with it.
public enum DeskRoute {
  /// The status of the gate.
  STATUS("GET", "/status", Scope.READ, Body.NONE),
  /// All versions of a crate with their verdicts.
  CRATE("GET", "/crates/{name}", Scope.READ, Body.NONE),
  /// All data about one version.
  VERSION("GET", "/crates/{name}/{version}", Scope.READ, Body.NONE),
  /// The review report of one version.
  REVIEW("GET", "/crates/{name}/{version}/review", Scope.REVIEW, Body.NONE),
  /// The artifact of one version, regardless of its verdict.
  ARTIFACT("GET", "/crates/{name}/{version}/artefact", Scope.REVIEW, Body.NONE),
  /// Stores the behavior of one version that was built alone in the sandbox.
  DETONATION("PUT", "/crates/{name}/{version}/detonation", Scope.REVIEW, Body.JSON),
  /// The reviews that a lockfile needs, the smallest first.
  READING_LIST("POST", "/review", Scope.REVIEW, Body.JSON),
  /// Records decisions.
  DECIDE("POST", "/decisions", Scope.REVIEW, Body.JSON),
  /// Checks a lockfile.
  VERIFY("POST", "/verify", Scope.READ, Body.JSON),
  /// Checks whether the requirements of versions are served.
  CLOSURE("POST", "/closure", Scope.READ, Body.JSON),
  /// Ensures that one version is stored.
  PREFETCH("POST", "/prefetch", Scope.PREFETCH, Body.JSON),
  /// The queued requests: those that wait for a person, end by themselves, are served or closed.
  QUEUE("GET", "/queue", Scope.REVIEW, Body.NONE),
  /// One open request with its history.
  QUEUE_REQUEST("GET", "/queue/{name}/{version}", Scope.REVIEW, Body.NONE),
  /// Closes, reopens, comments on or assigns a request.
  QUEUE_ACT("POST", "/queue/{name}/{version}", Scope.REVIEW, Body.JSON),
  /// Approvals and exemptions that expire.
  EXPIRING("GET", "/debt", Scope.REVIEW, Body.NONE),
  /// Puts a withheld version into the queue, with a reason.
  REQUEST("POST", "/requests", Scope.READ, Body.JSON),
  /// Explains a version that the gate refused.
  REFUSAL("GET", "/refusals/{name}/{version}", Scope.READ, Body.NONE),
  /// Explains the refusal of one request.
  REFUSAL_OF_REQUEST("GET", "/refusals/{request}", Scope.READ, Body.NONE),
  /// The removals upstream that are not confirmed.
  REMOVALS("GET", "/removals", Scope.READ, Body.NONE),
  /// Confirms the removals upstream.
  REMOVALS_CONFIRM("POST", "/removals", Scope.REVIEW, Body.JSON),
  /// The entries of the ledger.
  EVENTS("GET", "/events", Scope.REVIEW, Body.NONE),
  /// The feeds of advisories and their age.
  FEEDS("GET", "/feeds", Scope.READ, Body.NONE),
  /// Refreshes the configured feeds.
  FEEDS_REFRESH("POST", "/feeds", Scope.ADMIN, Body.JSON),
  /// Imports the file of a feed.
  FEED_PUT("PUT", "/feeds/{feed}", Scope.ADMIN, Body.BYTES),
  /// Fetches a feed from an address.
  FEED_FETCH("POST", "/feeds/{feed}", Scope.ADMIN, Body.JSON),
  /// Removes a feed.
  FEED_DROP("DELETE", "/feeds/{feed}", Scope.ADMIN, Body.NONE),
  /// The advisories that feeds have under one id.
  ADVISORY("GET", "/advisories/{id}", Scope.READ, Body.NONE),
  /// The clients that received a version.
  WHO("GET", "/who/{name}/{version}", Scope.REVIEW, Body.NONE),
  /// The imported audits of peers.
  AUDITS("GET", "/audits", Scope.READ, Body.NONE),
  /// The local decisions as an `audits.toml`.
  AUDITS_EXPORT("GET", "/audits/export", Scope.READ, Body.NONE),
  /// Imports a peer's audits.
  AUDITS_IMPORT("POST", "/audits", Scope.ADMIN, Body.JSON),
  /// Refreshes the audits that came from an address.
  AUDITS_REFRESH("POST", "/audits/refresh", Scope.ADMIN, Body.JSON),
  /// The audits of a crate.
  AUDITS_OF_CRATE("GET", "/audits/crates/{name}", Scope.READ, Body.NONE),
  /// The audits of a version and their effect.
  AUDITS_OF_VERSION("GET", "/audits/crates/{name}/{version}", Scope.READ, Body.NONE),
  /// Removes a peer's audits.
  AUDITS_REMOVE("DELETE", "/audits/{peer}", Scope.ADMIN, Body.NONE),
  /// The policy in force.
  POLICY("GET", "/policy", Scope.READ, Body.NONE),
  /// The changes that another policy would make.
  POLICY_CHECK("POST", "/policy/check", Scope.REVIEW, Body.JSON),
  /// All tokens, without secrets.
  TOKENS("GET", "/tokens", Scope.ADMIN, Body.NONE),
  /// Creates a token.
  TOKEN_CREATE("POST", "/tokens", Scope.ADMIN, Body.JSON),
  /// Revokes a token.
  TOKEN_REVOKE("DELETE", "/tokens/{token}", Scope.ADMIN, Body.NONE),
  /// Imports an index file of another mirror.
  IMPORT_INDEX("PUT", "/import/index/{name}", Scope.ADMIN, Body.BYTES),
  /// Imports an artifact of another mirror.
  IMPORT_CRATE("PUT", "/import/crates/{name}/{version}", Scope.ADMIN, Body.BYTES),
  /// Records in the ledger that a folder was imported.
  IMPORTED("POST", "/import", Scope.ADMIN, Body.JSON),
  /// The stored snapshots.
  SNAPSHOTS("GET", "/snapshots", Scope.READ, Body.NONE),
  /// The root with which bundles are checked.
  TRUST("GET", "/trust", Scope.READ, Body.NONE),
  /// Exports, imports or rolls back snapshots.
  BUNDLES("POST", "/bundles/{verb}", Scope.ADMIN, Body.JSON),
  /// The long operations that run, and how much of each is done.
  OPERATIONS("GET", "/operations", Scope.ADMIN, Body.NONE),
  /// Checks the whole store.
  FSCK("POST", "/fsck", Scope.ADMIN, Body.JSON),
  /// Copies the store into a folder.
  BACKUP("POST", "/backup", Scope.ADMIN, Body.JSON);

  /// The beginning of every path.
  public static final String PREFIX = "/desk/v1";

  private static final Set<DeskRoute> OPEN = EnumSet.of(REQUEST, REFUSAL, REFUSAL_OF_REQUEST);

  private final String method;
  private final String template;
  private final Scope scope;
  private final Body body;

  DeskRoute(String method, String template, Scope scope, Body body) {
    this.method = method;
    this.template = template;
    this.scope = scope;
    this.body = body;
  }

  /// The kinds of request bodies.
  public enum Body {
    /// No body.
    NONE(0),
    /// A JSON document; the largest holds a lockfile.
    JSON(40 << 20),
    /// Raw bytes: an index file or an artifact.
    BYTES(256 << 20);

    private final int maxBytes;

    Body(int maxBytes) {
      this.maxBytes = maxBytes;
    }

    /// Returns the maximum size of a body in bytes.
    public int maxBytes() {
      return maxBytes;
    }
  }

  /// A route with the values of the names in braces.
  ///
  /// @param values in the order of the template, percent signs not decoded
  public record Match(DeskRoute route, List<String> values) {}

  /// Returns the HTTP method.
  public String method() {
    return method;
  }

  /// Returns the path with names in braces, for example `/desk/v1/crates/{name}`.
  public String template() {
    return PREFIX + template;
  }

  /// Returns the least scope that the route needs.
  public Token.Scope scope() {
    return scope;
  }

  /// Returns whether an open gate answers the route without a token.
  public boolean open() {
    return OPEN.contains(this);
  }

  /// Returns the kind of body that the route accepts.
  public Body body() {
    return body;
  }

  /// Finds the route of a request; empty if no route has this path and method.
  ///
  /// @param path as sent, not decoded
  public static Optional<Match> match(String method, String path) {
    if (!path.startsWith(PREFIX + "/")) {
      return Optional.empty();
    }
    List<String> asked = segments(path.substring(PREFIX.length()));
    for (DeskRoute route : values()) {
      if (route.method.equals(method)) {
        List<String> values = route.values(asked);
        if (values != null) {
          return Optional.of(new Match(route, values));
        }
      }
    }
    return Optional.empty();
  }

  /// Returns the methods that a path supports; empty if no route has the path.
  public static List<String> methods(String path) {
    return List.of("DELETE", "GET", "POST", "PUT").stream()
        .filter(method -> match(method, path).isPresent())
        .toList();
  }

  private @Nullable List<String> values(List<String> asked) {
    List<String> parts = segments(template);
    if (asked.size() != parts.size()) {
      return null;
    }
    List<String> values = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      if (parts.get(i).startsWith("{")) {
        values.add(asked.get(i));
      } else if (!parts.get(i).equals(asked.get(i))) {
        return null;
      }
    }
    return values;
  }

  private static List<String> segments(String path) {
    return List.of(path.substring(1).split("/", -1));
  }
}
