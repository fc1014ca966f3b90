package lazaret.vetting.detonation;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.desk.api.Caller;
import lazaret.vetting.desk.api.DetonationLookup;
import lazaret.vetting.desk.api.HandlerSource;
import lazaret.vetting.desk.api.HandlerTable;
import lazaret.vetting.desk.api.LenientNames;
import lazaret.vetting.desk.api.ProblemException;
import lazaret.vetting.deskapi.ReviewOperations;
import lazaret.vetting.deskapi.behavior.BehaviorReply;
import lazaret.vetting.deskapi.behavior.BehaviorRequest;
import lazaret.vetting.deskapi.crates.DetonationInfo;
import lazaret.vetting.deskapi.crates.TraceInfo;
import lazaret.vetting.deskapi.review.ArtifactReply;
import lazaret.vetting.deskapi.review.ArtifactRequest;
import lazaret.vetting.deskapi.review.DetonationRequest;
import lazaret.vetting.detonation.Detonation.Trace;
import lazaret.vetting.gate.Gate;
import lazaret.vetting.gate.context.GateContext;
import org.jspecify.annotations.Nullable;

/// The handlers of the operations on builds of single versions in the sandbox, with the evidence
/// for replies about versions. Thread-safe.
public final class DetonationHandlerSource implements HandlerSource, DetonationLookup {
  private final DetonationService detonations;
  private final BehaviorService behavior;
  private final LenientNames names;

  /// Creates the handlers.
  ///
  /// @param desk the desk of the same gate
  public DetonationHandlerSource(GateContext parts, Gate gate, Desk desk) {
    this.detonations = new DetonationService(parts, gate);
    this.behavior = new BehaviorService(parts, gate, desk.reviews().capabilities());
    this.names = new LenientNames(desk);
  }

  @Override
  public void addTo(HandlerTable handlers) {
    handlers.add(ReviewOperations.ARTIFACT, (request, _) -> artifact(request));
    handlers.add(ReviewOperations.DETONATION, this::record);
    handlers.add(ReviewOperations.BEHAVIOR, (request, _) -> behavior(request));
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

  private BehaviorReply behavior(BehaviorRequest request) {
    CrateName name = request.name();
    return BehaviorInfos.behavior(
        names.listed(
            name, request.version(), version -> behavior.report(name, version, request.base())));
  }

  private static <T> T given(DetonationService.Result<T> answer) {
    return switch (answer) {
      case DetonationService.Result.Refused<T> refused ->
          throw new ProblemException(refused.code(), refused.detail());
      case DetonationService.Result.Done<T> given -> given.value();
    };
  }

  @Override
  public @Nullable DetonationInfo evidence(CrateId id) {
    return detonations
        .report(id.name(), id.version())
        .map(DetonationHandlerSource::info)
        .orElse(null);
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
    return traces.stream().map(DetonationHandlerSource::trace).toList();
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
