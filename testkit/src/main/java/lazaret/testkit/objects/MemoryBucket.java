package lazaret.testkit.objects;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import lazaret.vetting.Bytes;

/// One bucket on loopback in memory, for tests of a client where no real store is installed. It
/// checks no signature, and shows nothing about real stores. Thread-safe.
///
/// Source: Amazon Simple Storage Service, *API Reference*.
public final class MemoryBucket implements AutoCloseable {
  /// The name of the bucket.
  public static final String NAME = "bucket";

  private static final String PATH = "/" + NAME;

  private final HttpServer server;
  private final NavigableMap<String, Bytes> objects = new ConcurrentSkipListMap<>();

  private MemoryBucket(HttpServer server) {
    this.server = server;
  }

  /// Starts an empty bucket on a free port.
  public static MemoryBucket start() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 1_024);
      MemoryBucket bucket = new MemoryBucket(server);
      server.createContext("/", bucket::handle);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.start();
      return bucket;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start a bucket", e);
    }
  }

  /// Returns the port.
  public int port() {
    return server.getAddress().getPort();
  }

  /// Returns the objects by name, which a test may change.
  public NavigableMap<String, Bytes> objects() {
    return objects;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      Bytes body = Bytes.of(exchange.getRequestBody().readAllBytes());
      if (path.equals(PATH) || path.equals(PATH + '/')) {
        list(exchange, query(exchange.getRequestURI().getRawQuery()));
      } else if (path.startsWith(PATH + '/')) {
        object(exchange, path.substring(PATH.length() + 1), body);
      } else {
        refuse(exchange, "NoSuchBucket");
      }
    }
  }

  private void object(HttpExchange exchange, String name, Bytes body) throws IOException {
    switch (exchange.getRequestMethod()) {
      case "PUT" -> {
        objects.put(name, body);
        exchange.getResponseHeaders().set("ETag", "\"0\"");
        exchange.sendResponseHeaders(200, -1);
      }
      case "GET" -> {
        Bytes found = objects.get(name);
        if (found == null) {
          refuse(exchange, "NoSuchKey");
        } else {
          exchange.getResponseHeaders().set("ETag", "\"0\"");
          send(exchange, 200, found);
        }
      }
      case "DELETE" -> {
        objects.remove(name);
        exchange.sendResponseHeaders(204, -1);
      }
      default -> exchange.sendResponseHeaders(405, -1);
    }
  }

  private void list(HttpExchange exchange, Map<String, String> query) throws IOException {
    String prefix = query.getOrDefault("prefix", "");
    String after = query.getOrDefault("continuation-token", query.getOrDefault("start-after", ""));
    int most = Integer.parseInt(query.getOrDefault("max-keys", "1000"));
    List<String> names =
        objects.tailMap(after, false).keySet().stream()
            .filter(name -> name.startsWith(prefix))
            .limit(most + 1L)
            .toList();
    boolean truncated = names.size() > most;
    List<String> page = truncated ? names.subList(0, most) : names;
    var xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    xml.append("<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">");
    xml.append("<Name>").append(NAME).append("</Name>");
    xml.append("<KeyCount>").append(page.size()).append("</KeyCount>");
    xml.append("<IsTruncated>").append(truncated).append("</IsTruncated>");
    if (truncated) {
      xml.append("<NextContinuationToken>")
          .append(page.getLast())
          .append("</NextContinuationToken>");
    }
    for (String name : page) {
      xml.append("<Contents><Key>").append(name).append("</Key></Contents>");
    }
    send(exchange, 200, Bytes.utf8(xml.append("</ListBucketResult>").toString()));
  }

  private static Map<String, String> query(String raw) {
    Map<String, String> query = new HashMap<>();
    for (String pair : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        query.put(pair.substring(0, equals), decoded(pair.substring(equals + 1)));
      }
    }
    return query;
  }

  private static String decoded(String value) {
    return URLDecoder.decode(value, StandardCharsets.UTF_8);
  }

  private static void refuse(HttpExchange exchange, String code) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/xml");
    send(exchange, 404, Bytes.utf8("<Error><Code>" + code + "</Code></Error>"));
  }

  private static void send(HttpExchange exchange, int status, Bytes body) throws IOException {
    exchange.sendResponseHeaders(status, body.length() == 0 ? -1 : body.length());
    if (body.length() > 0) {
      body.writeTo(exchange.getResponseBody());
    }
  }
}
