package lazaret.vetting.desk.api;

import java.util.ArrayList;
import java.util.List;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.crates.VersionReq;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.desk.decisions.Decider;
import lazaret.vetting.desk.decisions.DecisionOrder;
import lazaret.vetting.desk.decisions.DecisionReport;
import lazaret.vetting.desk.decisions.ExpiringDecisionsReport;
import lazaret.vetting.desk.lockfiles.LockfileReport;
import lazaret.vetting.deskapi.DecisionOperations;
import lazaret.vetting.deskapi.Problem;
import lazaret.vetting.deskapi.decisions.DecideReply;
import lazaret.vetting.deskapi.decisions.DecideRequest;
import lazaret.vetting.deskapi.decisions.ExpiringDecisionInfo;
import lazaret.vetting.deskapi.decisions.ExpiringReply;
import lazaret.vetting.deskapi.decisions.WithheldVersionInfo;
import lazaret.vetting.gate.serving.WantedVersion;
import lazaret.vetting.gate.store.SharedState;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.lockfile.Lockfile;
import lazaret.vetting.trace.CurrentSpan;
import org.jspecify.annotations.Nullable;

/// The operations on decisions.
final class DecisionHandlers {
  private static final int MAX_VERSIONS = 50_000;

  private final Desk desk;

  DecisionHandlers(Desk desk) {
    this.desk = desk;
  }

  void addTo(HandlerTable handlers) {
    handlers.add(DecisionOperations.DECIDE, this::decide);
    handlers.add(DecisionOperations.EXPIRING, (_, _) -> expiring());
  }

  private DecideReply decide(DecideRequest request, Caller caller) {
    // Checked before anything is requested of upstream.
    String reason = reason(request.reason());
    List<Problem> problems = new ArrayList<>();
    List<WantedVersion> wanted = new ArrayList<>();
    boolean bulk = request.bulk();
    for (CrateSpec spec : request.specs()) {
      bulk |= spec.version() == null;
      wanted.addAll(select(spec, problems));
    }
    wanted.addAll(listed(request.versions(), request.lockfileName()));
    String lockfile = request.lockfile();
    if (lockfile != null) {
      String name = request.lockfileName();
      wanted.addAll(locked(request, SubmittedLockfile.read(desk, caller, lockfile, name)));
    }
    List<WantedVersion> bound = bound(wanted, request.cksum());
    if (!problems.isEmpty()) {
      throw new ProblemException(problems, null);
    }
    refuseOthers(bound, caller);
    requireOne("delta", request.delta(), bound);
    requireOne("seen_decisions", request.seenDecisions(), bound);
    if (bound.isEmpty() && lockfile == null) {
      throw new MalformedException(
          "cannot decide: expected a version in `specs`, `versions` or `lockfile`, found none");
    }
    if (bound.size() > MAX_VERSIONS) {
      throw new MalformedException(
          "cannot decide: expected at most %d versions, found %d"
              .formatted(MAX_VERSIONS, bound.size()));
    }
    DecisionOrder order =
        new DecisionOrder(
            Infos.kind(request.kind()),
            bound,
            new Decider(caller.owner(), caller.name(), caller.method()),
            reason,
            request.expires(),
            request.criteria(),
            request.evidence(),
            request.delta(),
            request.waives(),
            bulk || lockfile != null || request.lockfileName() != null,
            request.seenDecisions());
    return reply(
        CurrentSpan.child(
            "decision",
            span -> {
              span.with("lazaret.decision.kind", order.kind().code())
                  .with("lazaret.decision.versions", bound.size());
              return desk.decide(order);
            }));
  }

  /// Refuses an order with versions of crates on which the caller may not decide.
  private static void refuseOthers(List<WantedVersion> wanted, Caller caller) {
    List<Problem> problems =
        wanted.stream()
            .filter(each -> !caller.reviews(each.name()))
            .map(each -> caller.lacksReview(each.name(), each.version()))
            .toList();
    if (!problems.isEmpty()) {
      throw new ProblemException(problems, null);
    }
  }

  private static String reason(String text) {
    if (text.isBlank() || text.length() > Decision.MAX_REASON) {
      throw new MalformedException(
          "cannot decide: expected a reason of 1 to %d characters, found %d"
              .formatted(Decision.MAX_REASON, text.strip().length()));
    }
    return text;
  }

  /// Binds the only version of an order to the digest that the reviewer saw.
  private static List<WantedVersion> bound(List<WantedVersion> wanted, @Nullable Sha256 cksum) {
    if (cksum == null) {
      return wanted;
    }
    requireOne("cksum", cksum, wanted);
    WantedVersion one = wanted.getFirst();
    return List.of(new WantedVersion(one.name(), one.version(), cksum, one.lockfile()));
  }

  /// Refuses a field about one version in an order about another number of versions.
  private static void requireOne(String field, @Nullable Object value, List<WantedVersion> wanted) {
    if (value != null && wanted.size() != 1) {
      throw new MalformedException(
          "cannot decide: expected one version with '%s', found %d"
              .formatted(field, wanted.size()));
    }
  }

  private List<WantedVersion> select(CrateSpec spec, List<Problem> problems) {
    CrateVersion version = spec.version();
    if (version != null) {
      return List.of(new WantedVersion(spec.name(), version, null, null));
    }
    VersionReq req = spec.req();
    if (req == null) {
      throw new MalformedException(
          "cannot decide: expected a version or a requirement, found '%s'; '%s@*' names all versions"
              .formatted(spec, spec));
    }
    List<CrateVersion> versions = desk.versions().select(spec.name(), req);
    if (versions.isEmpty()) {
      problems.add(
          new Problem(
              ErrorCode.UNKNOWN,
              "there is no version that matches '" + spec + "'",
              spec.name().published(),
              null,
              null));
    }
    return versions.stream().map(each -> new WantedVersion(spec.name(), each, null, null)).toList();
  }

  private static List<WantedVersion> listed(List<CrateId> versions, @Nullable String lockfileName) {
    return versions.stream()
        .map(id -> new WantedVersion(id.name(), id.version(), id.cksum(), lockfileName))
        .toList();
  }

  private List<WantedVersion> locked(DecideRequest request, Lockfile lockfile) {
    String name = request.lockfileName();
    if (!request.onlyWithheld()) {
      return lockfile.throughGate().stream()
          .flatMap(each -> each.crateId().stream())
          .map(id -> new WantedVersion(id.name(), id.version(), id.cksum(), name))
          .toList();
    }
    // Unknown and tampered packages remain, so that the whole order is refused because of them.
    return desk.verify(lockfile).lines().stream()
        .filter(
            line ->
                line.status() != LockfileReport.Status.SERVED
                    && line.status() != LockfileReport.Status.FOREIGN_SOURCE)
        .flatMap(line -> line.locked().crateId().stream())
        .map(id -> new WantedVersion(id.name(), id.version(), id.cksum(), name))
        .toList();
  }

  private DecideReply reply(DecisionReport report) {
    if (!report.refused().isEmpty()) {
      throw new ProblemException(
          report.refused().stream()
              .sorted((a, b) -> Integer.compare(weight(b.code()), weight(a.code())))
              .map(
                  each ->
                      new Problem(
                          each.code(),
                          each.detail(),
                          each.wanted().name().published(),
                          each.wanted().version().text(),
                          null))
              .toList(),
          null);
    }
    return new DecideReply(
        report.recorded().stream().map(Infos::decision).toList(),
        report.unchanged().stream().map(Infos::decision).toList(),
        report.withheld().stream().map(DecisionHandlers::withheld).toList(),
        Infos.feedWarnings(desk),
        desk.snapshots().store().shared().map(SharedState::inForceBy).orElse(null));
  }

  private static WithheldVersionInfo withheld(DecisionReport.Withheld withheld) {
    CrateId id = withheld.id();
    return new WithheldVersionInfo(
        id.name(), id.version(), id.cksum(), Infos.verdict(withheld.verdict()));
  }

  /// Returns the weight of a code: the gravest problem gives the reply its status.
  private static int weight(ErrorCode code) {
    return switch (code) {
      case CKSUM_MISMATCH, STALE, FORBIDDEN -> 3;
      case UPSTREAM_UNAVAILABLE -> 2;
      case REFUSED_BY_POLICY, UNKNOWN, BYTES_MISSING -> 1;
      default -> 0;
    };
  }

  private ExpiringReply expiring() {
    return new ExpiringReply(
        desk.expiring().lines().stream().map(DecisionHandlers::expiring).toList());
  }

  private static ExpiringDecisionInfo expiring(ExpiringDecisionsReport.Line line) {
    return new ExpiringDecisionInfo(
        Infos.decision(line.decision()),
        line.expired(),
        line.needed(),
        line.without().isEmpty() ? null : line.without());
  }
}
