package lazaret.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import lazaret.storage.objects.ObjectKey;
import lazaret.storage.objects.ObjectStore;
import lazaret.storage.objects.ObjectStoreContract;
import lazaret.testkit.objects.MemoryBucket;
import lazaret.vetting.Bytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The client without a real store.
class S3ObjectStoreTest implements ObjectStoreContract {
  private final MemoryBucket bucket = MemoryBucket.start();

  @TempDir Path folder;

  @AfterEach
  void stop() {
    bucket.close();
  }

  @Override
  public ObjectStore open() {
    return open("");
  }

  private ObjectStore open(String prefix) {
    Path credentials = ObjectServer.credentials(folder, "id", "secret");
    return ObjectStore.find()
        .orElseThrow()
        .open(ObjectServer.settings(bucket.port(), MemoryBucket.NAME, prefix, credentials));
  }

  @Test
  void keepsToItsPrefix() throws Exception {
    bucket.objects().put("other/a", Bytes.utf8("foreign"));
    try (ObjectStore store = open("site/one/")) {
      store.put(new ObjectKey("a"), Bytes.utf8("own"));
      store.put(new ObjectKey("b"), Bytes.utf8("own"));

      assertThat(bucket.objects().keySet()).containsExactly("other/a", "site/one/a", "site/one/b");
      assertThat(store.list("", "")).extracting(ObjectKey::name).containsExactly("a", "b");
      assertThat(store.list("", "a")).extracting(ObjectKey::name).containsExactly("b");
      assertThat(store.get(new ObjectKey("a"), 3)).contains(Bytes.utf8("own"));

      store.delete(new ObjectKey("a"));
      assertThat(bucket.objects().keySet()).containsExactly("other/a", "site/one/b");
    }
  }

  /// Callers ask for page after page until one is empty.
  @Test
  void endsAListOfAStoreThatIgnoresWhereAPageBegins() throws Exception {
    byte[] all =
        """
        <ListBucketResult><IsTruncated>false</IsTruncated>
        <Contents><Key>a</Key></Contents><Contents><Key>b</Key></Contents></ListBucketResult>
        """
            .getBytes(StandardCharsets.UTF_8);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(200, all.length);
            exchange.getResponseBody().write(all);
          }
        });
    server.start();
    Path credentials = ObjectServer.credentials(folder, "id", "secret");
    try (ObjectStore store =
        ObjectStore.find()
            .orElseThrow()
            .open(
                ObjectServer.settings(
                    server.getAddress().getPort(), MemoryBucket.NAME, "", credentials))) {
      assertThat(store.list("", "")).isEqualTo(List.of(new ObjectKey("a"), new ObjectKey("b")));
      assertThat(store.list("", "a")).containsExactly(new ObjectKey("b"));
      assertThat(store.list("", "b")).isEmpty();
    } finally {
      server.stop(0);
    }
  }

  /// Names that other programs made are left alone, and a page of them is not the end.
  @Test
  void passesForeignNames() throws Exception {
    for (int i = 0; i < ObjectStore.PAGE + 10; i++) {
      bucket.objects().put("a/%05d +".formatted(i), Bytes.EMPTY);
    }
    bucket.objects().put("b", Bytes.EMPTY);
    try (ObjectStore store = open()) {
      assertThat(store.list("", "")).containsExactly(new ObjectKey("b"));
      assertThat(store.list("", "b")).isEmpty();
    }
  }
}
