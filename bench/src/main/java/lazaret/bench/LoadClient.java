package lazaret.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import lazaret.bench.mix.MixRun;
import lazaret.vetting.Bytes;

/// A simple HTTP client for load that wrk does not support: every path exactly once, over several
/// connections.
final class LoadClient {
  private static final int TIMEOUT_MILLIS = 60_000;

  private final int port;

  LoadClient(Server server) {
    this.port = URI.create(server.url()).getPort();
  }

  /// A response.
  ///
  /// @param status status code; 0 if the connection broke
  /// @param etag entity tag as sent; empty if there was none
  /// @param body body of the response
  record Response(int status, String etag, Bytes body) {
    /// Returns the body of a response that must have status 200.
    ///
    /// @throws IllegalStateException if the status differs
    Bytes good(String path) {
      if (status != 200) {
        throw new IllegalStateException(path + " answered " + status + ": " + body.text());
      }
      return body;
    }
  }

  /// Sends one request over a separate connection.
  ///
  /// @param header `Name: value`, or empty
  Response get(String path, String header) {
    try (Socket socket = open()) {
      return exchange(socket, new BufferedInputStream(socket.getInputStream()), path, header);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot get " + path, e);
    }
  }

  private Socket open() throws IOException {
    return configured(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  private static Socket configured(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    return socket;
  }

  private Response exchange(Socket socket, InputStream in, String path, String header)
      throws IOException {
    String more = header.isEmpty() ? "" : header + "\r\n";
    String request =
        "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n" + more + "\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    String status = line(in);
    int length = 0;
    String etag = "";
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      String lower = line.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(line.substring("content-length:".length()).strip());
      } else if (lower.startsWith("etag:")) {
        etag = line.substring("etag:".length()).strip();
      } else if (lower.startsWith("transfer-encoding:")) {
        throw new IOException("an answer in chunks, where a length was expected");
      }
    }
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new IOException("the body of " + path + " is short");
    }
    return new Response(Integer.parseInt(status.split(" ", 3)[1]), etag, Bytes.of(body));
  }

  private static String line(InputStream in) throws IOException {
    var out = new StringBuilder(64);
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0 || out.length() > 8192) {
        throw new IOException("the connection closed in the head of an answer");
      }
      if (c != '\r') {
        out.append((char) c);
      }
    }
    return out.toString();
  }

  /// Requests every path once and returns the measurements.
  Sample each(Server server, List<String> paths, int connections) {
    var next = new AtomicInteger();
    var failures = new LongAdder();
    var latencies = new ConcurrentLinkedQueue<long[]>();
    long cpu = server.cpuMicros();
    long start = System.nanoTime();
    together(connections, () -> latencies.add(walk(paths, next, failures)));
    double seconds = (System.nanoTime() - start) / 1e9;
    double micros = (double) (server.cpuMicros() - cpu) / paths.size();
    long[] all = latencies.stream().flatMapToLong(Arrays::stream).sorted().toArray();
    double p99 = all.length == 0 ? 0 : all[(int) (all.length * 0.99)] / 1e6;
    return new Sample(paths.size() / seconds, p99, micros, failures.sum());
  }

  private long[] walk(List<String> paths, AtomicInteger next, LongAdder failures) {
    List<Long> nanos = new ArrayList<>();
    try (Socket socket = open()) {
      var in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
      for (int i = next.getAndIncrement(); i < paths.size(); i = next.getAndIncrement()) {
        long start = System.nanoTime();
        if (exchange(socket, in, paths.get(i), "").status() != 200) {
          failures.increment();
        }
        nanos.add(System.nanoTime() - start);
      }
    } catch (IOException _) {
      failures.increment();
    }
    return nanos.stream().mapToLong(Long::longValue).toArray();
  }

  /// Measures while connections are open that have sent one request each. Each one is from an
  /// address of its own, and must respond to a second request afterwards.
  ///
  /// @return the figure
  /// @throws IllegalStateException if a response is not 200
  double withIdle(int connections, String path, DoubleSupplier measure) {
    List<Socket> open = new ArrayList<>();
    try {
      InetAddress server = InetAddress.getLoopbackAddress();
      for (int i = 0; i < connections; i++) {
        open.add(configured(new Socket(server, port, MixRun.address(i), 0)));
        request(open.getLast(), path);
      }
      double figure = measure.getAsDouble();
      for (Socket socket : open) {
        request(socket, path);
      }
      return figure;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep %d connections".formatted(connections), e);
    } finally {
      open.forEach(LoadClient::close);
    }
  }

  private void request(Socket socket, String path) throws IOException {
    var in = new BufferedInputStream(socket.getInputStream());
    var _ = exchange(socket, in, path, "").good(path);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // The process ends anyway.
    }
  }

  /// Requests one path from several clients at the same moment, each with its own connection.
  ///
  /// @return status of each response; 0 for a connection that broke
  List<Integer> herd(String path, int clients) {
    var statuses = new ConcurrentLinkedQueue<Integer>();
    var ready = new CountDownLatch(clients);
    together(
        clients,
        () -> {
          try (Socket socket = open()) {
            ready.countDown();
            ready.await();
            statuses.add(
                exchange(socket, new BufferedInputStream(socket.getInputStream()), path, "")
                    .status());
          } catch (IOException _) {
            statuses.add(0);
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
        });
    return List.copyOf(statuses);
  }

  private static void together(int threads, Runnable work) {
    List<Thread> all = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      all.add(Thread.ofPlatform().daemon().start(work));
    }
    for (Thread thread : all) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
