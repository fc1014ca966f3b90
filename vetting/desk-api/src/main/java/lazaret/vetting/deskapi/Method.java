package lazaret.vetting.deskapi;

/// The HTTP methods of the desk API.
public enum Method {
  /// Reads.
  GET,
  /// Performs an action.
  POST,
  /// Stores a document or bytes under the path.
  PUT,
  /// Removes the resource of the path.
  DELETE
}
