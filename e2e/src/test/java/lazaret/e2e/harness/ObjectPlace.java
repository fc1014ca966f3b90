package lazaret.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import lazaret.storage.objects.ObjectKey;
import lazaret.storage.objects.ObjectStore;
import lazaret.storage.objects.ObjectStoreException;
import lazaret.storage.objects.ObjectStoreSettings;
import lazaret.storage.s3.CephGateway;
import lazaret.storage.s3.ObjectServer;
import lazaret.storage.s3.S3ProxyServer;
import lazaret.testkit.objects.MemoryBucket;

/// A store of objects on loopback, with one bucket.
///
/// @param port the port of the store
/// @param bucket the name of the bucket
/// @param credentials a file with the credentials of its user
/// @param end ends the store
public record ObjectPlace(int port, String bucket, Path credentials, Runnable end)
    implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /// The programs that can be a store of objects.
  public enum Kind {
    /// A bucket in the heap of the tests.
    MEMORY,
    /// The gateway of Ceph, if it is installed.
    CEPH,
    /// S3Proxy, if Maven can fetch it.
    S3PROXY;

    /// Returns the kind that a system property names: `memory`, which is the default, `ceph` or
    /// `s3proxy`.
    public static Kind ofProperty() {
      return valueOf(System.getProperty("lazaret.objects", "memory").toUpperCase(Locale.ROOT));
    }
  }

  /// Starts a store with an empty bucket. The test is skipped if the program is absent.
  ///
  /// @param folder an empty folder
  public static ObjectPlace start(Kind kind, Path folder) {
    return switch (kind) {
      case MEMORY -> memory(folder);
      case CEPH -> of(CephGateway.start(folder));
      case S3PROXY -> of(S3ProxyServer.start(folder));
    };
  }

  private static ObjectPlace memory(Path folder) {
    MemoryBucket bucket = MemoryBucket.start();
    return new ObjectPlace(
        bucket.port(),
        MemoryBucket.NAME,
        anyCredentials(folder.resolve("credentials")),
        bucket::close);
  }

  /// Writes the credentials for a bucket that checks none.
  public static Path anyCredentials(Path file) {
    try {
      return Files.writeString(
          file, "[default]\naws_access_key_id = lazaret\naws_secret_access_key = secret\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectPlace of(ObjectServer server) {
    Path credentials = Objects.requireNonNull(server.settings(server.port(), "").credentialsFile());
    return new ObjectPlace(server.port(), ObjectServer.BUCKET, credentials, server::close);
  }

  /// Opens the bucket as the server does.
  ///
  /// @param at the port of the store, or of a proxy before it
  public ObjectStore open(int at) {
    return ObjectStore.find().orElseThrow().open(settings(at));
  }

  /// Returns the settings of the bucket, without a prefix.
  ///
  /// @param at the port of the store, or of a proxy before it
  public ObjectStoreSettings settings(int at) {
    return new ObjectStoreSettings(
        URI.create("http://127.0.0.1:" + at), "us-east-1", bucket, "", true, credentials, TIMEOUT);
  }

  /// Returns the keys of all artifacts in the bucket.
  public List<ObjectKey> artifacts() {
    List<ObjectKey> all = new ArrayList<>();
    try (ObjectStore store = open(port)) {
      List<ObjectKey> page = store.list(ObjectKey.ARTIFACTS, "");
      while (!page.isEmpty()) {
        all.addAll(page);
        page = store.list(ObjectKey.ARTIFACTS, page.getLast().name());
      }
    } catch (ObjectStoreException e) {
      throw new IllegalStateException("cannot list the bucket", e);
    }
    return all;
  }

  @Override
  public void close() {
    end.run();
  }
}
