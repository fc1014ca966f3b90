package lazaret.web;

import java.util.Map;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.Reply;

/// A request that belongs to a page.
///
/// @param web the request
/// @param path the values of the path, decoded
/// @param query the fields of the query
/// @param form the fields of the form; none for GET
public record PageRequest(
    WebRequest web, Map<String, String> path, FormFields query, FormFields form) {
  /// Returns a value of the path.
  public String path(String name) {
    String value = path.get(name);
    if (value == null) {
      throw new IllegalStateException("the path has no " + name);
    }
    return value;
  }

  /// Returns whether the module of script sent the request and expects data in place of a page.
  public boolean isFromScript() {
    return web.header("accept").filter(type -> type.startsWith("application/json")).isPresent();
  }

  /// Returns the person.
  public WebVisitor visitor() {
    return web.visitor();
  }

  /// Calls an operation of the desk.
  ///
  /// @throws PageProblem if it is refused
  public <Q extends Record, R extends Record> R call(Operation<Q, R> operation, Q request) {
    return PageProblem.value(web.desk().call(operation, request));
  }

  /// Calls an operation of the desk, for pages that go on after a refusal.
  public <Q extends Record, R extends Record> Reply<R> reply(Operation<Q, R> operation, Q request) {
    return web.desk().call(operation, request);
  }
}
