package lazaret.storage.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import lazaret.storage.objects.ObjectStore;
import lazaret.storage.objects.ObjectStoreSettings;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/// A real store of objects in its own process on loopback, with one bucket. Thread-safe after the
/// start.
public final class ObjectServer implements AutoCloseable {
  /// The name of the bucket.
  public static final String BUCKET = "lazaret";

  static final String KEY_ID = "the-key-id";
  static final String SECRET = "the-secret-of-the-key";

  private static final Duration START = Duration.ofMinutes(1);
  private static final Duration STOP = Duration.ofSeconds(10);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final Process process;
  private final int port;
  private final Path credentials;

  private ObjectServer(Process process, int port, Path credentials) {
    this.process = process;
    this.port = port;
    this.credentials = credentials;
  }

  /// Starts a program, and waits until it has the bucket.
  ///
  /// @param folder the folder of its data and its log
  /// @throws AssertionError if it does not start
  static ObjectServer start(Path folder, int port, List<String> command) {
    try {
      Path log = folder.resolve("log");
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
      ObjectServer server =
          new ObjectServer(builder.start(), port, credentials(folder, KEY_ID, SECRET));
      server.awaitBucket(log);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start a store of objects", e);
    }
  }

  /// Writes a file with credentials.
  static Path credentials(Path folder, String id, String secret) {
    try {
      return Files.writeString(
          folder.resolve("credentials-" + id),
          "[default]\naws_access_key_id = %s\naws_secret_access_key = %s\n".formatted(id, secret));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitBucket(Path log) throws IOException {
    long end = System.nanoTime() + START.toNanos();
    try (S3Client client = S3Connection.open(settings(port, ""))) {
      while (true) {
        try {
          client.createBucket(request -> request.bucket(BUCKET));
          return;
        } catch (SdkException e) {
          if (!process.isAlive() || System.nanoTime() > end) {
            close();
            throw new AssertionError("the store did not start:\n" + Files.readString(log), e);
          }
          pause();
        }
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(Duration.ofMillis(100));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /// Returns a port of the loopback interface that was free a moment ago.
  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot find a free port", e);
    }
  }

  /// Finds a program in the search path.
  static Optional<Path> program(String name) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /// Returns the port of the store.
  public int port() {
    return port;
  }

  /// Returns the settings for a prefix of the bucket.
  ///
  /// @param at the port of the store, or of a proxy before it
  public ObjectStoreSettings settings(int at, String prefix) {
    return settings(at, BUCKET, prefix, credentials);
  }

  static ObjectStoreSettings settings(int port, String bucket, String prefix, Path credentials) {
    return new ObjectStoreSettings(
        URI.create("http://127.0.0.1:" + port),
        "us-east-1",
        bucket,
        prefix,
        true,
        credentials,
        TIMEOUT);
  }

  /// Opens a prefix of the bucket as the server does.
  public ObjectStore open(String prefix) {
    return ObjectStore.find().orElseThrow().open(settings(port, prefix));
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
