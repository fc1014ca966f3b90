package lazaret.vetting.desk.api;

/// A group of handlers that another module adds to the desk API.
public interface HandlerSource {
  /// Adds the handlers.
  ///
  /// @throws IllegalStateException if an operation has a handler
  void addTo(HandlerTable handlers);
}
