package lazaret.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPOutputStream;
import lazaret.vetting.Bytes;
import org.jspecify.annotations.Nullable;

/// A writer of one HTTP response, whole or with a fault.
final class WireReply {
  /// The response without a fault.
  ///
  /// @param status status code
  /// @param headers headers without `Content-Length` and `ETag`
  /// @param body body of the response
  /// @param etag entity tag; null if the response has none
  record Whole(int status, Map<String, String> headers, Bytes body, @Nullable String etag) {
    static Whole ok(String type, Bytes body) {
      Map<String, String> headers =
          Map.of("Content-Type", type, "Last-Modified", "Tue, 24 Nov 2026 12:00:00 GMT");
      String etag = "\"%08x-%x\"".formatted(Arrays.hashCode(body.array()), body.length());
      return new Whole(200, headers, body, etag);
    }

    static Whole missing(int status, String text) {
      return new Whole(status, Map.of("Content-Type", "application/xml"), Bytes.utf8(text), null);
    }

    Whole gzipped() {
      Map<String, String> coded = new LinkedHashMap<>(headers);
      coded.put("Content-Encoding", "gzip");
      return new Whole(status, coded, gzip(body), etag);
    }

    Whole tagged(String other) {
      return new Whole(status, headers, body, other);
    }

    Whole with(Bytes other) {
      return new Whole(status, headers, other, etag);
    }

    private Map<String, String> head() {
      Map<String, String> all = new LinkedHashMap<>(headers);
      if (etag != null) {
        all.put("ETag", etag);
      }
      return all;
    }
  }

  private final OutputStream out;

  WireReply(OutputStream out) {
    this.out = out;
  }

  /// Sends a response.
  ///
  /// @param stall latch that a stalling response waits for
  /// @return whether the connection can carry another request
  boolean send(RecordedRequest request, Whole whole, @Nullable Fault fault, CountDownLatch stall)
      throws IOException, InterruptedException {
    return switch (fault) {
      case null -> honest(request, whole);
      case Fault.Delay _ -> honest(request, whole);
      case Fault.Etag(String value) -> honest(request, whole.tagged(value));
      case Fault.HalfBody _ -> honest(request, whole.with(first(whole, whole.body().length() / 2)));
      case Fault.FlipByte _ -> honest(request, whole.with(flipped(whole.body())));
      case Fault.Respond(int status, Map<String, String> headers, Bytes body) ->
          fixed(request, new Whole(status, headers, body, null));
      case Fault.Drop _ -> false;
      case Fault.StallBeforeHeaders _ -> {
        stall.await();
        yield false;
      }
      case Fault.StallAfter(int bytes) -> {
        part(whole, bytes);
        stall.await();
        yield false;
      }
      case Fault.Truncate(int bytes) -> part(whole, bytes);
      case Fault.CutChunks(int bytes) -> cutChunks(whole, bytes);
      case Fault.Drip(int bytes, Duration every) -> drip(whole, bytes, every);
    };
  }

  private boolean honest(RecordedRequest request, Whole whole) throws IOException {
    String etag = whole.etag();
    if (etag != null && request.header("if-none-match").filter(etag::equals).isPresent()) {
      out.write(WireServer.head(304, Map.of("ETag", etag)));
      return true;
    }
    return fixed(request, whole);
  }

  private boolean fixed(RecordedRequest request, Whole whole) throws IOException {
    Map<String, String> headers = whole.head();
    headers.put("Content-Length", Integer.toString(whole.body().length()));
    var message = new ByteArrayOutputStream();
    message.write(WireServer.head(whole.status(), headers));
    if (!request.method().equals("HEAD") && whole.status() != 304) {
      whole.body().writeTo(message);
    }
    // A single write, because two would be delayed by Nagle's algorithm and the client's delayed
    // acknowledgement.
    message.writeTo(out);
    return true;
  }

  private boolean part(Whole whole, int bytes) throws IOException {
    Map<String, String> headers = whole.head();
    headers.put("Content-Length", Integer.toString(whole.body().length()));
    out.write(WireServer.head(whole.status(), headers));
    first(whole, bytes).writeTo(out);
    out.flush();
    return false;
  }

  private boolean cutChunks(Whole whole, int bytes) throws IOException {
    Map<String, String> headers = whole.head();
    headers.put("Transfer-Encoding", "chunked");
    out.write(WireServer.head(whole.status(), headers));
    Bytes part = first(whole, bytes);
    out.write((Integer.toHexString(part.length()) + "\r\n").getBytes(StandardCharsets.US_ASCII));
    part.writeTo(out);
    out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
    out.flush();
    return false;
  }

  private boolean drip(Whole whole, int bytes, Duration every)
      throws IOException, InterruptedException {
    part(whole, 0);
    byte[] body = whole.body().array();
    for (int at = 0; at < body.length; at += bytes) {
      out.write(body, at, Math.min(bytes, body.length - at));
      out.flush();
      Thread.sleep(every);
    }
    return true;
  }

  private static Bytes first(Whole whole, int bytes) {
    Bytes body = whole.body();
    return Bytes.copyOf(body.array(), 0, Math.min(bytes, body.length()));
  }

  private static Bytes flipped(Bytes body) {
    byte[] copy = body.array().clone();
    copy[copy.length / 2] ^= 1;
    return Bytes.of(copy);
  }

  private static Bytes gzip(Bytes body) {
    var out = new ByteArrayOutputStream();
    try (var coder = new GZIPOutputStream(out)) {
      body.writeTo(coder);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return Bytes.of(out.toByteArray());
  }
}
