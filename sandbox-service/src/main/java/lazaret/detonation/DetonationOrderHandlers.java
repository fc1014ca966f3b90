package lazaret.detonation;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.desk.api.Caller;
import lazaret.vetting.desk.api.DeskApi;
import lazaret.vetting.desk.api.HandlerSource;
import lazaret.vetting.desk.api.HandlerTable;
import lazaret.vetting.desk.api.ProblemException;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.Problem;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.ReviewOperations;
import lazaret.vetting.deskapi.crates.DetonationInfo;
import lazaret.vetting.deskapi.review.ArtifactReply;
import lazaret.vetting.deskapi.review.ArtifactRequest;
import lazaret.vetting.deskapi.review.DetonationOrderRequest;
import lazaret.vetting.deskapi.review.DetonationRequest;
import lazaret.vetting.gate.store.RunningOperation;
import org.jspecify.annotations.Nullable;

/// The operation by which a reviewer lets the gate order a detonation. The evidence is recorded by
/// the same operation that records builds on other machines. Thread-safe.
public final class DetonationOrderHandlers implements HandlerSource {
  /// The orders at once: one runs and one waits. Each has its artifact in memory.
  private static final int ORDERS = 2;

  private static final Duration RETRY = Duration.ofMinutes(1);

  private final @Nullable DetonationClient service;
  private final Supplier<DeskApi> desk;
  private final Semaphore open = new Semaphore(ORDERS);

  /// Creates the handlers.
  ///
  /// @param socket the socket of the sandbox service; null if the gate has none
  /// @param desk the API that has the artifact and records the evidence
  public DetonationOrderHandlers(@Nullable Path socket, Supplier<DeskApi> desk) {
    this.service =
        socket == null ? null : new DetonationClient(socket, DetonationClient.Patience.USUAL);
    this.desk = desk;
  }

  @Override
  public void addTo(HandlerTable handlers) {
    handlers.add(ReviewOperations.ORDER_DETONATION, this::order);
  }

  private DetonationInfo order(DetonationOrderRequest request, Caller caller) {
    if (!caller.reviews(request.name())) {
      throw new ProblemException(
          List.of(caller.lacksReview(request.name(), request.version())), null);
    }
    DetonationClient client = service;
    if (client == null) {
      throw refused(
          ErrorCode.CONFIG_INVALID,
          "cannot build at the gate: expected a sandbox service, found none; set"
              + " 'detonation.socket', or run 'vetting-cli detonate' without --at-gate",
          null);
    }
    if (!open.tryAcquire()) {
      throw refused(
          ErrorCode.SERVER_UNAVAILABLE,
          "cannot build at the gate: expected at most %d orders at once".formatted(ORDERS),
          RETRY);
    }
    try {
      return desk.get().running().run("detonation", () -> run(client, request, caller));
    } finally {
      open.release();
    }
  }

  private DetonationInfo run(
      DetonationClient client, DetonationOrderRequest request, Caller caller) {
    RunningOperation operation = RunningOperation.current();
    operation.begin("artifact", 0);
    ArtifactReply artifact =
        call(
            ReviewOperations.ARTIFACT,
            new ArtifactRequest(request.name(), request.version()),
            caller);
    operation.begin("build", 0);
    return switch (client.run(
        new DetonationOrder(artifact.name(), artifact.version(), artifact.crate()))) {
      case DetonationOutcome.Observed(DetonationRequest evidence) ->
          call(ReviewOperations.DETONATION, evidence, caller);
      case DetonationOutcome.Refused(ErrorCode code, String detail) ->
          throw refused(code, detail, null);
    };
  }

  private <Q extends Record, R extends Record> R call(
      Operation<Q, R> operation, Q request, Caller caller) {
    return switch (desk.get().call(operation, request, caller)) {
      case Reply.Done<R> done -> done.value();
      case Reply.Refused<R> refused ->
          throw new ProblemException(refused.problems(), refused.retryAfter());
    };
  }

  private static ProblemException refused(
      ErrorCode code, String detail, @Nullable Duration retryAfter) {
    return new ProblemException(List.of(new Problem(code, detail)), retryAfter);
  }
}
