package lazaret.cli.desk;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.Secret;
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
  public DeskAnswer ask(DeskQuestion question) {
    if (question.confidential() && !gateway.takesPassphrases()) {
      throw new CliException(
          ErrorCode.CONFIG_INVALID,
          "cannot send a passphrase to %s: expected the socket of this machine or https, found http; run it on the gate's machine without --server, or name an https address"
              .formatted(where()));
    }
    try {
      ClearConnection kept = kept();
      if (kept != null) {
        try {
          return ask(kept, question);
        } catch (ClearConnection.StaleException e) {
          if (!question.method().equals("GET")) {
            // A decision must not be repeated, because the first request may have arrived.
            throw e;
          }
        }
      }
      return ask(ClearConnection.open(gateway.address()), question);
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

  private DeskAnswer ask(ClearConnection connection, DeskQuestion question) throws IOException {
    boolean kept = false;
    try {
      StringBuilder headers = new StringBuilder();
      Secret token = gateway.token();
      if (token != null) {
        Optional<DeskAnswer> refusal = connection.prove(token);
        if (refusal.isPresent()) {
          return refusal.get();
        }
        headers.append("Authorization: Bearer ").append(token.text()).append("\r\n");
      }
      if (question.body().length() > 0) {
        headers.append("Content-Type: ").append(question.contentType()).append("\r\n");
      }
      ClearConnection.Reply reply =
          connection.send(
              new ClearConnection.Request(
                  question.method(),
                  "/desk/v1" + question.target(),
                  headers.toString(),
                  question.body(),
                  question.patience()),
              MAX_ANSWER);
      kept = connection.isReady(KEPT);
      return new DeskAnswer(
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

  private CliException unavailable(String what, Exception cause) {
    return new CliException(
        ErrorCode.SERVER_UNAVAILABLE, where() + " " + what + "; " + gateway.advice(), cause);
  }

  @Override
  public void close() {
    for (ClearConnection each = free.poll(); each != null; each = free.poll()) {
      each.close();
    }
  }
}
