package lazaret.vetting.inventory;

import java.util.function.Supplier;
import lazaret.vetting.MalformedException;
import lazaret.vetting.desk.api.Caller;
import lazaret.vetting.desk.api.DeskApi;
import lazaret.vetting.desk.api.HandlerSource;
import lazaret.vetting.desk.api.HandlerTable;
import lazaret.vetting.deskapi.RetentionOperations;
import lazaret.vetting.deskapi.retention.ArtifactsReply;
import lazaret.vetting.deskapi.retention.ArtifactsRequest;
import lazaret.vetting.deskapi.retention.RetentionReply;
import lazaret.vetting.deskapi.retention.RetentionResumeRequest;
import lazaret.vetting.deskapi.retention.RetentionTrialReply;

/// The handlers of the operations on stored artifacts.
final class RetentionHandlers implements HandlerSource {
  /// The name of the trial among the long operations.
  static final String OPERATION = "retention";

  private static final int MAX_REASON = 2_000;

  private final RetentionService retention;
  private final ArtifactLookup lookup;
  private final Supplier<DeskApi> api;

  RetentionHandlers(RetentionService retention, ArtifactLookup lookup, Supplier<DeskApi> api) {
    this.retention = retention;
    this.lookup = lookup;
    this.api = api;
  }

  @Override
  public void addTo(HandlerTable handlers) {
    handlers.add(RetentionOperations.ARTIFACTS, (request, _) -> artifacts(request));
    handlers.add(RetentionOperations.RETENTION, (_, _) -> retention.state());
    handlers.add(RetentionOperations.TRY_RETENTION, (_, caller) -> trial(caller));
    handlers.add(RetentionOperations.RESUME_RETENTION, this::resume);
  }

  private ArtifactsReply artifacts(ArtifactsRequest request) {
    int limit = request.limit() == null ? ArtifactLookup.MAX_PART : request.limit();
    if (limit < 1 || limit > ArtifactLookup.MAX_PART) {
      throw new MalformedException(
          "cannot read the request: expected 1 to %d as `limit`, found %d"
              .formatted(ArtifactLookup.MAX_PART, limit));
    }
    RetentionService.Current current = retention.current();
    return lookup.find(request.crate(), request.after(), limit, current.rules());
  }

  private RetentionTrialReply trial(Caller caller) {
    return api.get().running().run(OPERATION, () -> retention.trial(caller.owner()));
  }

  private RetentionReply resume(RetentionResumeRequest request, Caller caller) {
    String reason = request.reason();
    if (reason.isBlank() || reason.length() > MAX_REASON) {
      throw new MalformedException(
          "cannot resume the rules: expected 1 to %d characters as `reason`, found %d"
              .formatted(MAX_REASON, reason.strip().length()));
    }
    retention.resume(request.rules(), reason, caller.owner());
    return retention.state();
  }
}
