package lazaret.vetting.desk.api;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.desk.review.Detonation;
import lazaret.vetting.desk.review.Detonation.Trace;
import lazaret.vetting.desk.review.DetonationService;
import lazaret.vetting.deskapi.ReviewOperations;
import lazaret.vetting.deskapi.crates.DetonationInfo;
import lazaret.vetting.deskapi.crates.TraceInfo;
import lazaret.vetting.deskapi.review.ArtifactReply;
import lazaret.vetting.deskapi.review.ArtifactRequest;
import lazaret.vetting.deskapi.review.DetonationRequest;
import org.jspecify.annotations.Nullable;

/// The operations on builds of single versions in the sandbox.
final class DetonationHandlers {
  private final DetonationService detonations;

  DetonationHandlers(Desk desk) {
    this.detonations = desk.reviews().detonations();
  }

  void addTo(HandlerTable handlers) {
    handlers.add(ReviewOperations.ARTIFACT, (request, _) -> artifact(request));
    handlers.add(ReviewOperations.DETONATION, this::record);
  }

  private ArtifactReply artifact(ArtifactRequest request) {
    DetonationService.Artifact found =
        given(detonations.artifact(request.name(), request.version()));
    CrateId id = found.id();
    return new ArtifactReply(id.name(), id.version(), id.cksum(), found.bytes());
  }

  private DetonationInfo record(DetonationRequest request, Caller caller) {
    if (!caller.reviews(request.name())) {
      throw new ProblemException(
          List.of(caller.lacksReview(request.name(), request.version())), null);
    }
    SortedSet<Trace> traces = new TreeSet<>();
    request.traces().forEach(each -> traces.add(new Trace(kind(each.kind()), each.what())));
    return info(
        given(
            detonations.file(
                request.name(),
                request.version(),
                request.cksum(),
                new DetonationService.Observation(request.ending(), traces),
                caller.name())));
  }

  private static <T> T given(DetonationService.Result<T> answer) {
    return switch (answer) {
      case DetonationService.Result.Refused<T> refused ->
          throw new ProblemException(refused.code(), refused.detail());
      case DetonationService.Result.Done<T> given -> given.value();
    };
  }

  /// Returns the evidence of a version, or null if there is none.
  @Nullable DetonationInfo evidence(CrateId id) {
    return detonations.report(id.name(), id.version()).map(DetonationHandlers::info).orElse(null);
  }

  private static DetonationInfo info(DetonationService.Report report) {
    Detonation evidence = report.evidence();
    return new DetonationInfo(
        evidence.at(),
        evidence.by(),
        evidence.ending(),
        traces(List.copyOf(evidence.traces())),
        report.base(),
        traces(report.added()),
        traces(report.gone()));
  }

  private static List<TraceInfo> traces(List<Trace> traces) {
    return traces.stream().map(DetonationHandlers::trace).toList();
  }

  static TraceInfo trace(Trace trace) {
    return new TraceInfo(kind(trace.kind()), trace.what());
  }

  private static TraceInfo.Kind kind(Detonation.Kind kind) {
    return switch (kind) {
      case DENIED -> TraceInfo.Kind.DENIED;
      case RAN -> TraceInfo.Kind.RAN;
      case SAID -> TraceInfo.Kind.SAID;
      case READ -> TraceInfo.Kind.READ;
      case WROTE -> TraceInfo.Kind.WROTE;
    };
  }

  private static Detonation.Kind kind(TraceInfo.Kind kind) {
    return switch (kind) {
      case DENIED -> Detonation.Kind.DENIED;
      case RAN -> Detonation.Kind.RAN;
      case SAID -> Detonation.Kind.SAID;
      case READ -> Detonation.Kind.READ;
      case WROTE -> Detonation.Kind.WROTE;
    };
  }
}
