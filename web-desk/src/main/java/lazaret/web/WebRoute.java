package lazaret.web;

import lazaret.vetting.roles.DeskRole;
import org.jspecify.annotations.Nullable;

/// One page or form of the desk.
///
/// @param method `GET` or `POST`; GET also answers HEAD
/// @param pattern the paths
/// @param role the role that the person needs; null if no sign-in is needed
/// @param handler the code
public record WebRoute(
    String method, PathPattern pattern, @Nullable DeskRole role, WebHandler handler) {
  /// Creates the route of a page for persons who signed in.
  public static WebRoute page(String path, WebHandler handler) {
    return new WebRoute("GET", PathPattern.of(path), DeskRole.READER, handler);
  }

  /// Creates the route of a form for persons who signed in.
  public static WebRoute form(String path, WebHandler handler) {
    return new WebRoute("POST", PathPattern.of(path), DeskRole.READER, handler);
  }

  /// Returns this route without the need for a sign-in.
  public WebRoute open() {
    return new WebRoute(method, pattern, null, handler);
  }
}
