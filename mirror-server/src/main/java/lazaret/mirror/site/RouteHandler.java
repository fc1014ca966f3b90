package lazaret.mirror.site;

import lazaret.mirror.clients.Client;
import lazaret.mirror.http.HttpRequest;
import lazaret.mirror.http.HttpResponse;
import lazaret.mirror.http.RequestBudget;
import lazaret.vetting.gate.store.Token;
import org.jspecify.annotations.Nullable;

/// A handler of all paths of one `RouteKind`. Thread-safe; blocks.
@FunctionalInterface
public interface RouteHandler {
  /// Answers a request.
  ///
  /// @param question the request, with its whole path
  /// @param sender who sent it
  /// @param room the memory that the request may use
  HttpResponse respond(HttpRequest question, Sender sender, RequestBudget room);

  /// Returns whether a host, under which the gate is not known, is for the paths of this handler.
  ///
  /// @param authority the host that a client named, with its port unless it is the usual one
  default boolean owns(String authority) {
    return false;
  }

  /// The sender of a request.
  ///
  /// @param token the valid token; null if none was sent, or an invalid one
  /// @param tried whether a token was sent
  /// @param client the identity by which limits count
  record Sender(@Nullable Token token, boolean tried, Client client) {}

  /// Returns a handler that has nothing.
  ///
  /// @param what what is missing, for a person: `private registry`
  static RouteHandler none(String what) {
    return (_, _, _) -> HttpResponse.text(404, "nothing is here: this server has no " + what);
  }
}
