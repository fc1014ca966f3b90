package lazaret.vetting.deskapi;

import java.time.Duration;
import java.util.stream.Stream;
import lazaret.vetting.Bytes;
import lazaret.vetting.Secret;
import lazaret.vetting.deskapi.binding.InBody;

/// One operation of the desk API. The HTTP route, the call in one process, the command and the
/// entry of `docs/openapi.json` derive from it.
///
/// @param id the unique id, in camel case
/// @param route the HTTP form
/// @param access the credential that it requires
/// @param request the record of its parameters
/// @param reply the record of its result
/// @param timeout the time for which a client waits
/// @param summary the purpose as an imperative, without a full stop
public record Operation<Q extends Record, R extends Record>(
    String id,
    Route route,
    Access access,
    Class<Q> request,
    Class<R> reply,
    Duration timeout,
    String summary) {
  /// The time for an ordinary reply: twice the time that the server waits for upstream, and more.
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(90);

  // Products of durations need decimal numbers, whose first use takes milliseconds of each start.

  /// The time for a reply that requires artifacts of a few versions.
  public static final Duration FETCH_TIMEOUT = Duration.ofSeconds(270);

  /// The time for a reply about all packages of a lockfile.
  public static final Duration BATCH_TIMEOUT = Duration.ofMinutes(15);

  /// The time for a reply that requires a build in the sandbox.
  public static final Duration BUILD_TIMEOUT = Duration.ofMinutes(185);

  /// The time for a reply that requires a pass over the whole store.
  public static final Duration STORE_TIMEOUT = Duration.ofHours(12);

  /// Creates an operation that reads.
  static <Q extends Record, R extends Record> Operation<Q, R> get(
      String id, String path, Class<Q> request, Class<R> reply) {
    return of(id, route(Method.GET, path, request), request, reply);
  }

  /// Creates an operation that performs an action.
  static <Q extends Record, R extends Record> Operation<Q, R> post(
      String id, String path, Class<Q> request, Class<R> reply) {
    return of(id, route(Method.POST, path, request), request, reply);
  }

  /// Creates an operation that stores a document or bytes.
  static <Q extends Record, R extends Record> Operation<Q, R> put(
      String id, String path, Class<Q> request, Class<R> reply) {
    return of(id, route(Method.PUT, path, request), request, reply);
  }

  /// Creates an operation that removes something.
  static <Q extends Record, R extends Record> Operation<Q, R> delete(
      String id, String path, Class<Q> request, Class<R> reply) {
    return of(id, route(Method.DELETE, path, request), request, reply);
  }

  private static <Q extends Record, R extends Record> Operation<Q, R> of(
      String id, Route route, Class<Q> request, Class<R> reply) {
    return new Operation<>(id, route, Access.ADMIN, request, reply, DEFAULT_TIMEOUT, "");
  }

  private static Route route(Method method, String path, Class<?> request) {
    return new Route(method, path, body(method, request), 200);
  }

  private static Body body(Method method, Class<?> request) {
    return switch (method) {
      case GET, DELETE -> Body.NONE;
      case POST, PUT -> hasBytes(request) ? Body.BYTES : Body.JSON;
    };
  }

  /// The type is compared first: the JDK generates a class for each annotation that it reads, and
  /// each start of the command line creates operations.
  private static boolean hasBytes(Class<?> request) {
    return Stream.of(request.getRecordComponents())
        .anyMatch(
            component ->
                component.getType() == Bytes.class && component.isAnnotationPresent(InBody.class));
  }

  /// Returns this operation with another required credential.
  Operation<Q, R> access(Access access) {
    return new Operation<>(id, route, access, request, reply, timeout, summary);
  }

  /// Returns this operation with another timeout.
  Operation<Q, R> timeout(Duration timeout) {
    return new Operation<>(id, route, access, request, reply, timeout, summary);
  }

  /// Returns this operation with the status 201 (Created).
  Operation<Q, R> created() {
    Route created = new Route(route.method(), route.path(), route.body(), 201);
    return new Operation<>(id, created, access, request, reply, timeout, summary);
  }

  /// Returns this operation with a summary.
  Operation<Q, R> summary(String summary) {
    return new Operation<>(id, route, access, request, reply, timeout, summary);
  }

  /// Returns whether a request contains a secret. Such a request is sent over a Unix socket or TLS
  /// alone.
  public boolean confidential(Q request) {
    return Stream.of(this.request.getRecordComponents())
        .filter(component -> component.getType() == Secret.class)
        .anyMatch(component -> RequestBinder.value(component, request) != null);
  }

  /// Names the operation alone.
  @Override
  public String toString() {
    return id;
  }
}
