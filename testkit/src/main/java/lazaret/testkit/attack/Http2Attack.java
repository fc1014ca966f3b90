package lazaret.testkit.attack;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import lazaret.testkit.http2.Http2Client;
import lazaret.testkit.http2.Http2Target;
import org.jspecify.annotations.Nullable;

/// An attack over one HTTP/2 connection.
///
/// @param name name, as in the names of tests
/// @param outcome state in which a safe server leaves the connection
/// @param send sends the attack on an open connection
public record Http2Attack(String name, Outcome outcome, Consumer<Http2Client> send) {
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  /// The state of the connection after the attack on a safe server.
  public enum Outcome {
    /// All frames were legal: the connection stays open.
    OPEN,
    /// The server ends the connection.
    ENDED
  }

  /// Returns all attacks.
  public static List<Http2Attack> all() {
    return Stream.of(HpackAttacks.all(), FloodAttacks.all(), FrameAttacks.all())
        .flatMap(List::stream)
        .toList();
  }

  static Http2Attack open(String name, Consumer<Http2Client> send) {
    return new Http2Attack(name, Outcome.OPEN, send);
  }

  static Http2Attack ended(String name, Consumer<Http2Client> send) {
    return new Http2Attack(name, Outcome.ENDED, send);
  }

  /// Runs an attack with the outcome [Outcome#ENDED], and waits until the server ends the
  /// connection.
  ///
  /// @return the end of the connection, or empty if it is still open after eight seconds
  public Optional<Http2Client.Ending> ending(Http2Target target) {
    try (Http2Client client = target.open()) {
      CompletableFuture<Optional<Http2Client.Ending>> ending = new CompletableFuture<>();
      // The server must never wait for a reader, or a flood would not reach it.
      Thread.ofVirtual().start(() -> ending.complete(client.ending(PATIENCE)));
      try {
        send.accept(client);
      } catch (UncheckedIOException _) {
        // The server closed the connection meanwhile.
      }
      return ending.join();
    }
  }

  /// Runs an attack with the outcome [Outcome#OPEN], and sends an honest request on the same
  /// connection.
  public Http2Client.Response response(Http2Target target) {
    try (Http2Client client = target.open()) {
      send.accept(client);
      return client.get();
    }
  }

  /// Runs one attack on one connection after another for a time.
  public static void run(String name, Http2Target target, Duration time) {
    Http2Attack attack = all().stream().filter(a -> a.name.equals(name)).findFirst().orElseThrow();
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      try (Http2Client client = target.open()) {
        attack.send.accept(client);
        client.ending(Duration.ofMillis(200));
      } catch (UncheckedIOException _) {
        // Closed meanwhile, or refused: the next one follows.
      }
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Http2Attack attack && attack.name.equals(name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public String toString() {
    return name;
  }
}
