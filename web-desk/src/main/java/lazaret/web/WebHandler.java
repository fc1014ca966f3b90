package lazaret.web;

/// The code of one page or form. Thread-safe; blocks.
@FunctionalInterface
public interface WebHandler {
  /// Answers a request.
  ///
  /// @throws PageProblem if the page cannot be shown
  WebResponse respond(PageRequest request);
}
