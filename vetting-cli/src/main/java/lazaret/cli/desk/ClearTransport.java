package lazaret.cli.desk;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.Secret;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.client.DeskException;
import lazaret.vetting.deskapi.client.DeskTransport;
import lazaret.vetting.deskapi.client.ReplyReader;
import org.jspecify.annotations.Nullable;

/// A transport over the Unix socket, or over TCP without TLS. Over TCP the token is only sent to a
/// server that has proved that it knows it, and a passphrase is not sent. Redirects are not
/// followed.
public final class ClearTransport implements DeskTransport {
  private static final int MAX_ANSWER = 256 << 20;
  private static final Duration KEPT = Duration.ofSeconds(5);

  private final ServerAddress gateway;
  private final Deque<ClearConnection> free = new ConcurrentLinkedDeque<>();

  /// Creates a transport without connecting.
  public ClearTransport(ServerAddress gateway) {
    this.gateway = gateway;
  }

  @Override
  public String where() {
    return "the gate at " + gateway.server();
  }

  @Override
  public <Q extends Record, R extends Record> Reply<R> call(
      Operation<Q, R> operation, Q request, Duration timeout) {
    if (operation.confidential(request) && !gateway.takesPassphrases()) {
      throw new CliException(
          ErrorCode.CONFIG_INVALID,
          "cannot send a passphrase to %s: expected the socket of this machine or https, found http; run it on the gate's machine without --server, or name an https address"
              .formatted(where()));
    }
    return new ReplyReader(where())
        .read(operation, exchange(DeskHttpRequest.of(operation, request, timeout)));
  }

  private ReplyReader.Response exchange(DeskHttpRequest request) {
    try {
      ClearConnection kept = kept();
      if (kept != null) {
        try {
          return exchange(kept, request);
        } catch (ClearConnection.StaleException e) {
          if (!request.method().equals("GET")) {
            // A decision must not be repeated, because the first request may have arrived.
            throw e;
          }
        }
      }
      return exchange(ClearConnection.open(gateway.address()), request);
    } catch (SocketTimeoutException e) {
      throw unavailable("did not answer in time", e);
    } catch (IOException e) {
      throw unavailable(NetworkFault.reason(e), e);
    }
  }

  private @Nullable ClearConnection kept() {
    for (ClearConnection each = free.poll(); each != null; each = free.poll()) {
      if (each.isReady(KEPT)) {
        return each;
      }
      each.close();
    }
    return null;
  }

  private ReplyReader.Response exchange(ClearConnection connection, DeskHttpRequest request)
      throws IOException {
    boolean kept = false;
    try {
      StringBuilder headers = new StringBuilder();
      Secret token = gateway.token();
      if (token != null) {
        Optional<ReplyReader.Response> refusal = connection.prove(token);
        if (refusal.isPresent()) {
          return refusal.get();
        }
        headers.append("Authorization: Bearer ").append(token.text()).append("\r\n");
      }
      if (request.body().length() > 0) {
        headers.append("Content-Type: ").append(request.contentType()).append("\r\n");
      }
      ClearConnection.Reply reply =
          connection.send(
              new ClearConnection.Request(
                  request.method(),
                  request.target(),
                  headers.toString(),
                  request.body(),
                  request.timeout()),
              MAX_ANSWER);
      kept = connection.isReady(KEPT);
      return new ReplyReader.Response(
          reply.head().status(),
          reply.body(),
          HttpTransport.retryAfter(reply.head().header("retry-after").orElse(null)));
    } finally {
      if (kept) {
        free.push(connection);
      } else {
        connection.close();
      }
    }
  }

  private DeskException unavailable(String what, Exception cause) {
    return new DeskException(
        ErrorCode.SERVER_UNAVAILABLE, where() + " " + what + "; " + gateway.advice(), cause);
  }

  @Override
  public void close() {
    for (ClearConnection each = free.poll(); each != null; each = free.poll()) {
      each.close();
    }
  }
}
