package lazaret.vetting.desk.api;

import java.util.Optional;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.desk.review.VersionReport;
import lazaret.vetting.deskapi.Access;
import lazaret.vetting.deskapi.CrateOperations;
import lazaret.vetting.deskapi.Problem;
import lazaret.vetting.deskapi.crates.BlastRadiusInfo;
import lazaret.vetting.deskapi.crates.BlastRadiusRequest;
import lazaret.vetting.deskapi.crates.CrateReply;
import lazaret.vetting.deskapi.crates.CrateRequest;
import lazaret.vetting.deskapi.crates.PastVerdictReply;
import lazaret.vetting.deskapi.crates.PastVerdictRequest;
import lazaret.vetting.deskapi.crates.RemovalInfo;
import lazaret.vetting.deskapi.crates.RemovalsConfirmReply;
import lazaret.vetting.deskapi.crates.RemovalsReply;
import lazaret.vetting.deskapi.crates.VersionReply;
import lazaret.vetting.deskapi.crates.VersionRequest;
import lazaret.vetting.gate.feeds.BlastRadius;
import lazaret.vetting.gate.removal.RemovalReport;
import lazaret.vetting.gate.serving.UpstreamUnavailableException;

/// The operations on crates and versions.
final class CrateHandlers {
  private static final int MOST_RECORDS = 1_000_000;

  private final Desk desk;
  private final LenientNames names;
  private final DetonationLookup detonations;

  CrateHandlers(Desk desk, DetonationLookup detonations) {
    this.desk = desk;
    this.names = new LenientNames(desk);
    this.detonations = detonations;
  }

  void addTo(HandlerTable handlers) {
    handlers.add(CrateOperations.CRATE, (request, _) -> crate(request));
    handlers.add(CrateOperations.VERSION, this::version);
    handlers.add(CrateOperations.PAST_VERDICT, (request, _) -> past(request));
    handlers.add(CrateOperations.BLAST_RADIUS, (request, _) -> blastRadius(request));
    handlers.add(CrateOperations.REMOVALS, (_, _) -> removals());
    handlers.add(CrateOperations.CONFIRM_REMOVALS, (_, caller) -> confirmRemovals(caller));
  }

  private CrateReply crate(CrateRequest request) {
    return desk.show(request.name())
        .map(report -> CrateInfos.crate(report, Infos.feedWarnings(desk)))
        .orElseThrow(
            () ->
                new ProblemException(
                    ErrorCode.UNKNOWN, "there is no crate '" + request.name() + "'"));
  }

  private RemovalsConfirmReply confirmRemovals(Caller caller) {
    if (!caller.roles().reviewsAll()) {
      throw new ProblemException(
          ErrorCode.FORBIDDEN,
          "%s lacks the role reviewer for all crates; the roles are: %s"
              .formatted(caller.owner(), caller.roles()));
    }
    return new RemovalsConfirmReply(desk.confirmRemovals(caller.owner()));
  }

  private VersionReply version(VersionRequest request, Caller caller) {
    CrateName name = request.name();
    CrateVersion version = request.version();
    Optional<VersionReport> found;
    try {
      found = desk.why(name, version).or(() -> desk.why(name, names.version(name, version)));
    } catch (UpstreamUnavailableException e) {
      // An advisory against the version is known while upstream does not respond, too.
      throw UnlistedReply.of(
          desk, name, version, new Problem(e.code(), String.valueOf(e.getMessage())));
    }
    VersionReport report = found.orElseThrow(() -> unknown(name, version));
    return CrateInfos.version(
        report,
        caller.may(Access.INSPECT),
        detonations.evidence(report.id()),
        Infos.feedWarnings(desk));
  }

  private PastVerdictReply past(PastVerdictRequest request) {
    CrateName name = request.name();
    CrateVersion version = request.version();
    return desk.why(name, version, request.at())
        .or(() -> desk.why(name, names.version(name, version), request.at()))
        .map(CrateInfos::past)
        .orElseThrow(() -> unknown(name, version));
  }

  private ProblemException unknown(CrateName name, CrateVersion version) {
    long snapshot = desk.snapshots().head();
    String place =
        snapshot == 0
            ? "in the index" + names.hint(name, version)
            : "in snapshot %d: %s; outside: vetting-cli bundle export FOLDER --keys KEYS --crate %s@%s"
                .formatted(
                    snapshot,
                    desk.snapshots().store().snapshots().availability(name, version),
                    name,
                    version);
    return UnlistedReply.unknown(
        desk, name, version, "there is no '%s %s' %s".formatted(name, version, place));
  }

  private BlastRadiusInfo blastRadius(BlastRadiusRequest request) {
    Integer limit = request.limit();
    BlastRadius radius =
        limit == null
            ? desk.who(request.name(), request.version())
            : desk.searches()
                .radius()
                .of(request.name(), request.version(), Math.clamp(limit, 1, MOST_RECORDS));
    return CrateInfos.blastRadius(radius);
  }

  private RemovalsReply removals() {
    RemovalReport report = desk.removals();
    return new RemovalsReply(
        report.massSince(),
        report.open().stream()
            .map(each -> new RemovalInfo(each.name(), each.since(), each.askAt(), each.confirmed()))
            .toList());
  }
}
