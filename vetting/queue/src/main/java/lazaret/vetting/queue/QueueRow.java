package lazaret.vetting.queue;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.desk.requests.RequestHistory;
import lazaret.vetting.desk.requests.RequestState;
import lazaret.vetting.gate.store.QueuedRequest;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.Verdict;
import org.jspecify.annotations.Nullable;

/// A queued request in heap, with the last evaluation of its version.
///
/// @param key the key, as [#key(CrateName, CrateVersion)] returns it
/// @param request the request as stored
/// @param evaluation the last evaluation; null before the first one
record QueueRow(String key, QueuedRequest request, @Nullable QueueEvaluation evaluation) {
  /// Creates the row of a request.
  QueueRow(QueuedRequest request, @Nullable QueueEvaluation evaluation) {
    this(key(request.id().name(), request.id().version()), request, evaluation);
  }

  /// Returns the key of a row: the collision key of the crate, a space, the exact version text. It
  /// is the form in which records of lockfiles name a package.
  static String key(CrateName name, CrateVersion version) {
    return name.collisionKey() + ' ' + version.text();
  }

  /// Returns this row with another evaluation.
  QueueRow with(QueueEvaluation next) {
    return new QueueRow(key, request, next);
  }

  CrateName name() {
    return request.id().name();
  }

  CrateVersion version() {
    return request.id().version();
  }

  @Nullable Verdict verdict() {
    return evaluation == null ? null : evaluation.verdict();
  }

  /// Returns the state of the request. Before the first evaluation it follows from the reason of
  /// the last request.
  RequestState state(RequestHistory history) {
    if (evaluation != null) {
      return RequestState.of(history, evaluation.verdict());
    }
    if (history.closed()) {
      return RequestState.CLOSED;
    }
    return request.reason().equals(Reason.Code.COOLDOWN.code()) && !history.asked()
        ? RequestState.HOLD
        : RequestState.WAITING;
  }

  /// Returns whether the version has the code of a reason, as the deciding one or another.
  boolean has(Reason.Code code) {
    Verdict verdict = verdict();
    return verdict == null ? request.reason().equals(code.code()) : verdict.has(code);
  }

  boolean needsSecondPerson() {
    return has(Reason.Code.SECOND_PERSON_NEEDED);
  }
}
