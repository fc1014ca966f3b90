package lazaret.vetting.desk.api;

/// The implementation of one operation. Thread-safe; blocks.
public interface Handler<Q extends Record, R extends Record> {
  /// Performs the operation.
  ///
  /// @throws lazaret.vetting.LazaretException if it is refused or fails; a [ProblemException] for
  ///   several causes, or for one that concerns a version
  /// @throws IllegalArgumentException if a parameter is not permitted
  R handle(Q request, Caller caller);
}
