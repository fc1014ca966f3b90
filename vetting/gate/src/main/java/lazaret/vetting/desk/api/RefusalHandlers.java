package lazaret.vetting.desk.api;

import java.util.Optional;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.desk.requests.RequestReason;
import lazaret.vetting.desk.requests.RequestSubmission;
import lazaret.vetting.desk.review.VersionReport;
import lazaret.vetting.deskapi.RequestOperations;
import lazaret.vetting.deskapi.requests.RefusalByIdRequest;
import lazaret.vetting.deskapi.requests.RefusalReply;
import lazaret.vetting.deskapi.requests.RefusalRequest;
import lazaret.vetting.deskapi.requests.SubmitReply;
import lazaret.vetting.deskapi.requests.SubmitRequest;
import lazaret.vetting.gate.store.Requester;
import lazaret.vetting.roles.SignInMethod;
import lazaret.vetting.text.Printable;
import org.jspecify.annotations.Nullable;

/// The operations that an open gate permits without a token: they show the data of a refusal alone.
final class RefusalHandlers {
  private final Desk desk;

  RefusalHandlers(Desk desk) {
    this.desk = desk;
  }

  void addTo(HandlerTable handlers) {
    handlers.add(RequestOperations.REFUSAL, this::ofVersion);
    handlers.add(RequestOperations.REFUSAL_BY_ID, (request, _) -> byId(request));
    handlers.add(RequestOperations.SUBMIT, this::submit);
  }

  private RefusalReply ofVersion(RefusalRequest request, Caller caller) {
    return desk.refusals()
        .why(request.name(), request.version())
        .filter(report -> mayKnow(report.id().name(), caller))
        .map(RefusalHandlers::reply)
        .orElseThrow(() -> unknown("version '%s %s'".formatted(request.name(), request.version())));
  }

  /// Returns whether a caller may know whether a crate exists. An open gate shows public ones only.
  private boolean mayKnow(CrateName name, Caller caller) {
    return caller.method() != SignInMethod.ANONYMOUS || desk.refusals().isPublic(name);
  }

  private RefusalReply byId(RefusalByIdRequest request) {
    return desk.refusals()
        .ofRequest(request.request())
        .flatMap(id -> desk.refusals().why(id.name(), id.version()))
        .map(RefusalHandlers::reply)
        .orElseThrow(() -> unknown("request '%s'".formatted(Excerpt.of(request.request()))));
  }

  private static ProblemException unknown(String object) {
    return new ProblemException(
        ErrorCode.UNKNOWN,
        "there is no refusal of the %s in the last day; a request with a token shows more"
            .formatted(object));
  }

  private static RefusalReply reply(VersionReport report) {
    boolean replaced = report.replacement() != null;
    return new RefusalReply(
        report.id().name(),
        report.id().version(),
        report.id().cksum(),
        Infos.deciding(report.verdict()),
        report.served(),
        true,
        report.snapshot() == 0 ? null : report.snapshot(),
        report.snapshot() != 0 && report.onlyByBundle(),
        report.replacement(),
        replaced && report.compatible(),
        replaced && report.movable());
  }

  /// Puts a version into the queue: the one that is named, or the one of a refusal.
  private SubmitReply submit(SubmitRequest request, Caller caller) {
    CrateSpec spec = spec(request);
    CrateName name = spec.name();
    CrateVersion version = spec.version();
    if (version == null) {
      throw new MalformedException(
          "cannot request '%s': expected one exact version, NAME@VERSION".formatted(spec));
    }
    Requester requester = caller.requester();
    boolean anonymous = requester.token().equals(Requester.ANONYMOUS);
    // The id of a refusal is known to the client that was refused alone.
    if (request.spec() != null && !mayKnow(name, caller)) {
      throw notListed(name, version);
    }
    RequestSubmission.Outcome outcome =
        desk.refusals()
            .request(
                name,
                version,
                new RequestSubmission(
                    requester,
                    anonymous ? requester.toString() : caller.owner(),
                    RequestReason.of(
                        printable(request.reason()),
                        CrateInfos.optional(request.project(), RefusalHandlers::printable),
                        CrateInfos.optional(request.lockfileName(), RefusalHandlers::printable))))
            .orElseThrow(() -> notListed(name, version));
    return new SubmitReply(
        name, version, true, outcome.recorded(), Infos.deciding(outcome.verdict()));
  }

  private static ProblemException notListed(CrateName name, CrateVersion version) {
    return new ProblemException(
        ErrorCode.UNKNOWN, "there is no '%s %s' in the index".formatted(name, version));
  }

  private CrateSpec spec(SubmitRequest request) {
    CrateSpec spec = request.spec();
    if (spec != null) {
      return spec;
    }
    String refusal = request.refusal();
    Optional<CrateId> refused =
        refusal == null ? Optional.empty() : desk.refusals().ofRequest(refusal);
    return refused
        .map(id -> new CrateSpec(id.name(), id.version(), null))
        .orElseThrow(() -> unknown("request '%s'".formatted(Excerpt.of(orEmpty(refusal)))));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  /// Returns a text without characters that control a terminal.
  private static String printable(String text) {
    return Printable.replaced(text, ' ').strip();
  }
}
