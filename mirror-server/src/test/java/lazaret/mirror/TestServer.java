package lazaret.mirror;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import lazaret.mirror.server.HttpServer;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.roles.DeskRole;
import lazaret.vetting.roles.RoleGrants;

/// A [TestGate] that listens on a free loopback port, and a client for it.
public final class TestServer implements AutoCloseable {
  /// The gate behind it.
  public final TestGate gate;

  private final HttpServer listener;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /// Starts a server with more configuration, given as environment variables.
  public TestServer(Path folder, Map<String, String> variables) {
    this(new TestGate(folder, variables));
  }

  /// Starts a server over a store of the test's own.
  public TestServer(Path folder, Map<String, String> variables, Store store) {
    this(new TestGate(folder, variables, store));
  }

  private TestServer(TestGate gate) {
    this.gate = gate;
    this.listener = gate.wiring.listen();
  }

  /// Returns the port.
  public int port() {
    return listener.listening().port();
  }

  /// Returns scheme, host and port.
  public String url() {
    return listener.url();
  }

  /// Returns the download path of an artifact.
  public static String dl(CrateId id) {
    return "/dl/" + id.name() + "/" + id.version() + "/" + id.cksum();
  }

  /// Makes the server look for a new certificate now.
  public void lookAtCertificate() {
    listener.certificate().orElseThrow().look();
  }

  /// Creates a token.
  public String token(String name, DeskRole role) {
    return gate.wiring.desk().tokens().create(name, RoleGrants.of(role), null, "test").secret();
  }

  /// Sends a GET request.
  public HttpResponse<String> get(String path, String... headers) {
    return send(path, headers, HttpRequest.Builder::GET);
  }

  /// Sends a request with another method and a body.
  public HttpResponse<String> send(String method, String path, String body, String... headers) {
    return send(path, headers, b -> b.method(method, HttpRequest.BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> send(
      String path, String[] headers, UnaryOperator<HttpRequest.Builder> method) {
    return send(client, path, headers, method, HttpResponse.BodyHandlers.ofString());
  }

  /// Sends a request with a client of the test's own.
  public <T> HttpResponse<T> send(
      HttpClient with,
      String path,
      String[] headers,
      UnaryOperator<HttpRequest.Builder> method,
      HttpResponse.BodyHandler<T> handler) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url() + path)).timeout(Duration.ofSeconds(30));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return with.send(method.apply(request).build(), handler);
    } catch (java.io.IOException e) {
      throw new AssertionError("no answer to " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /// Stops listening; the gate stays open.
  public void stop() {
    listener.close();
  }

  @Override
  public void close() {
    listener.close();
    client.close();
    gate.close();
  }
}
