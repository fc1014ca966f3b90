package lazaret.vetting.queue;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.desk.api.Infos;
import lazaret.vetting.desk.api.RequestInfos;
import lazaret.vetting.desk.requests.RequestHistories;
import lazaret.vetting.desk.requests.RequestHistory;
import lazaret.vetting.desk.requests.RequestQueue;
import lazaret.vetting.desk.requests.RequestStep;
import lazaret.vetting.desk.review.VersionReport;
import lazaret.vetting.deskapi.requests.OwnRequestInfo;
import lazaret.vetting.gate.evaluation.CrateStates;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.policy.Verdict;
import lazaret.vetting.policy.rules.Rulebook;
import org.jspecify.annotations.Nullable;

/// The requests of one person with their results, as a list and as a feed. It also has the feed of
/// all decisions and that of the decisions on one version. Thread-safe; blocks.
final class OwnRequests {
  private final OwnRequestIndex index;
  private final RequestQueue requests;
  private final CrateStates files;
  private final Clock clock;

  OwnRequests(OwnRequestIndex index, RequestQueue requests, CrateStates files, Clock clock) {
    this.index = index;
    this.requests = requests;
    this.files = files;
    this.clock = clock;
  }

  /// Returns the requests of a person, the latest changed first.
  ///
  /// @param by the person, as in the ledger
  List<OwnRequestInfo> list(String by) {
    Rulebook rulebook = files.rulebook();
    RequestHistories histories = requests.histories();
    return index.of(by).stream()
        .map(request -> closed(request, histories))
        .map(request -> info(request, rulebook))
        .toList();
  }

  /// Returns a request with the step that closed it, also if that came before the request. A closed
  /// request stays closed when a person joins it.
  private static OwnRequest closed(OwnRequest request, RequestHistories histories) {
    RequestHistory history = histories.of(request.name(), request.version().text());
    return request.closed() == null && history.closed()
        ? request.closedBy(history.last(RequestStep.Kind.CLOSE).orElse(null), request.last())
        : request;
  }

  private OwnRequestInfo info(OwnRequest request, Rulebook rulebook) {
    Verdict verdict = verdict(request, rulebook).orElse(null);
    Decision decision = request.decision();
    RequestStep closed = request.closed();
    return new OwnRequestInfo(
        request.name(),
        request.version(),
        RequestInfos.requester(request.asked()),
        state(request, verdict != null && rulebook.policy().serves(verdict)),
        verdict == null ? null : Infos.deciding(verdict),
        decision == null ? null : Infos.decision(decision),
        closed == null ? null : RequestInfos.step(closed));
  }

  private Optional<Verdict> verdict(OwnRequest request, Rulebook rulebook) {
    return files
        .find(request.name())
        .flatMap(
            file ->
                file.line(request.version())
                    .map(line -> file.evaluate(line, rulebook, clock.instant())));
  }

  private static OwnRequestInfo.State state(OwnRequest request, boolean served) {
    Decision decision = request.decision();
    if (served) {
      return OwnRequestInfo.State.SERVED;
    }
    if (request.closed() != null) {
      return OwnRequestInfo.State.CLOSED;
    }
    return decision != null && !decision.kind().serves()
        ? OwnRequestInfo.State.DENIED
        : OwnRequestInfo.State.WAITING;
  }

  /// Returns the feed of the requests of a person. Each decision on a request, and its closing, is
  /// a new entry in place of the one before.
  ///
  /// @param by the person, as in the ledger
  /// @param origin the scheme, host and port of the pages; null for a feed without addresses
  AtomFeed feed(String by, @Nullable URI origin) {
    RequestHistories histories = requests.histories();
    return new AtomFeed(
        "lazaret requests " + gate() + " " + Decision.person(by),
        "Requests of " + by,
        origin,
        "/desk/people/me/requests",
        beginning(),
        index.of(by).stream()
            .map(request -> closed(request, histories))
            .map(OwnRequests::entry)
            .toList());
  }

  /// Returns the feed of the latest decisions on all versions.
  ///
  /// @param origin the scheme, host and port of the pages; null for a feed without addresses
  AtomFeed decisions(@Nullable URI origin) {
    return new AtomFeed(
        "lazaret decisions " + gate(),
        "Decisions",
        origin,
        null,
        beginning(),
        index.decisions().stream().map(OwnRequests::entry).toList());
  }

  /// Returns the feed of one version: the decisions on it and the closings of its request. It names
  /// no requester and no reason of one, since an open gate shows it to everybody.
  ///
  /// @param version the version with its decisions
  /// @param closings the steps that closed the request
  /// @param named whether the reader may see the persons and the reasons of decisions
  /// @param origin the scheme, host and port of the pages; null for a feed without addresses
  AtomFeed version(
      VersionReport version, List<RequestStep> closings, boolean named, @Nullable URI origin) {
    CrateId id = version.id();
    VersionFeedEntries entries = new VersionFeedEntries(gate(), id, named);
    return new AtomFeed(
        "lazaret version " + gate() + " " + id.name() + " " + id.version(),
        "Decisions on " + id.name() + " " + id.version(),
        origin,
        page("/desk/request/", id.name(), id.version()),
        beginning(),
        entries.of(version.decisions(), closings));
  }

  /// Returns a text that is different on each gate.
  private String gate() {
    LedgerEntry first = index.first();
    return first == null ? "" : first.hash().hex();
  }

  /// Returns the moment of an empty feed, which stays the same so that its content does.
  private Instant beginning() {
    LedgerEntry first = index.first();
    return first == null ? Instant.EPOCH : first.event().at();
  }

  private static AtomEntry entry(OwnRequest request) {
    Decision decision = request.decision();
    RequestStep closed = request.closed();
    String version = request.name() + " " + request.version();
    String title = version + ": requested";
    String author = request.last().event().by();
    String text = request.asked().reason().words();
    if (closed != null) {
      title = version + ": closed";
      author = closed.by();
      text = closed.text();
    } else if (decision != null) {
      title = version + ": " + words(decision);
      author = decision.by();
      text = decision.reason();
    }
    return new AtomEntry(
        "lazaret request " + request.last().hash().hex(),
        title,
        author,
        request.last().event().at(),
        page("/desk/request/", request.name(), request.version()),
        text);
  }

  private static AtomEntry entry(LedgerEntry entry) {
    if (!(entry.event() instanceof Decision decision)) {
      throw new IllegalStateException("not a decision: entry " + entry.sequence());
    }
    return new AtomEntry(
        "lazaret decision " + entry.hash().hex(),
        decision.id().name() + " " + decision.id().version() + ": " + words(decision),
        decision.by(),
        decision.at(),
        page("/desk/crates/", decision.id().name(), decision.id().version()),
        decision.reason());
  }

  /// Returns the participle of a decision.
  static String words(Decision decision) {
    return switch (decision.kind()) {
      case APPROVE -> "approved";
      case EXEMPT -> "exempted";
      case DENY -> "denied";
      case REVOKE -> "revoked";
    };
  }

  /// Returns the path of a page of a version. Names and versions contain no character that has a
  /// meaning in a path.
  static String page(String folder, CrateName name, CrateVersion version) {
    return folder + name.published() + "/" + version.text();
  }
}
