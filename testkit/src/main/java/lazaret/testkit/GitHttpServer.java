package lazaret.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/// A server of Git repositories on loopback: `git http-backend` behind the server of the JDK.
public final class GitHttpServer implements AutoCloseable {
  private static final Path BACKEND = Path.of("/usr/lib/git-core/git-http-backend");

  /// The methods and addresses of all requests.
  public final List<String> requests = new CopyOnWriteArrayList<>();

  /// Whether the server speaks the first protocol alone, which sends named commits only.
  public volatile boolean old;

  /// Runs when a request has come, before its answer.
  public volatile Runnable asked = () -> {};

  private boolean closed;
  private final HttpServer server;
  private final Path root;

  /// Starts a server of the bare repositories in a folder.
  public GitHttpServer(Path root) throws IOException {
    this.root = root;
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  /// Returns whether this machine has what the server needs.
  public static boolean isPossible() {
    return Files.isExecutable(BareRepository.PROGRAM) && Files.isExecutable(BACKEND);
  }

  /// Returns host and port.
  public String host() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /// Returns the address of a repository.
  public String url(String repository) {
    return "http://" + host() + "/" + repository;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
      asked.run();
      ProcessBuilder builder = new ProcessBuilder(BACKEND.toString());
      Map<String, String> environment = builder.environment();
      environment.put("GIT_PROJECT_ROOT", root.toString());
      environment.put("GIT_HTTP_EXPORT_ALL", "1");
      environment.put("GIT_CONFIG_NOSYSTEM", "1");
      environment.put("HOME", root.toString());
      environment.put("REQUEST_METHOD", exchange.getRequestMethod());
      environment.put("PATH_INFO", exchange.getRequestURI().getPath());
      String query = exchange.getRequestURI().getRawQuery();
      environment.put("QUERY_STRING", query == null ? "" : query);
      header(exchange, "Content-Type", "CONTENT_TYPE", environment);
      header(exchange, "Content-Encoding", "HTTP_CONTENT_ENCODING", environment);
      if (!old) {
        header(exchange, "Git-Protocol", "GIT_PROTOCOL", environment);
      }
      byte[] body = exchange.getRequestBody().readAllBytes();
      environment.put("CONTENT_LENGTH", Integer.toString(body.length));
      Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
      Thread.ofVirtual()
          .start(
              () -> {
                try (OutputStream out = process.getOutputStream()) {
                  out.write(body);
                } catch (IOException _) {
                  // The program did not read all of it.
                }
              });
      reply(exchange, process.getInputStream());
    }
  }

  private static void header(
      HttpExchange exchange, String name, String variable, Map<String, String> environment) {
    String value = exchange.getRequestHeaders().getFirst(name);
    if (value != null) {
      environment.put(variable, value);
    }
  }

  /// Copies the answer of a CGI program: header lines, an empty line, the content.
  private static void reply(HttpExchange exchange, InputStream in) throws IOException {
    int status = 200;
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      String name = line.substring(0, colon);
      String value = line.substring(colon + 1).strip();
      if (name.equals("Status")) {
        status = Integer.parseInt(value.substring(0, 3));
      } else {
        exchange.getResponseHeaders().add(name, value);
      }
    }
    byte[] content = in.readAllBytes();
    exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
    if (content.length > 0) {
      exchange.getResponseBody().write(content);
    }
  }

  private static String line(InputStream in) throws IOException {
    List<Byte> bytes = new ArrayList<>();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      bytes.add((byte) c);
    }
    byte[] line = new byte[bytes.size()];
    for (int i = 0; i < line.length; i++) {
      line[i] = bytes.get(i);
    }
    return new String(line, StandardCharsets.US_ASCII).strip();
  }

  @Override
  public void close() {
    stop();
  }

  /// Stops the server. A second call has no effect.
  public void stop() {
    if (!closed) {
      closed = true;
      server.stop(0);
    }
  }
}
