package lazaret.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.UUID;
import lazaret.storage.objects.ObjectKey;
import lazaret.storage.objects.ObjectStore;
import lazaret.storage.objects.ObjectStoreContract;
import lazaret.storage.objects.ObjectStoreException;
import lazaret.testkit.RequestNumber;
import lazaret.testkit.objects.FaultyObjectProxy;
import lazaret.testkit.objects.ObjectFault;
import lazaret.vetting.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The requirements on the client with a real store of objects. Each test has a prefix of its own.
interface RealStoreContract extends ObjectStoreContract {
  /// Returns the running store.
  ObjectServer server();

  @Override
  default ObjectStore open() {
    return server().open("test-" + UUID.randomUUID() + "/");
  }

  private static ObjectStore opened(int port, String bucket, Path credentials) {
    return ObjectStore.find()
        .orElseThrow()
        .open(ObjectServer.settings(port, bucket, "", credentials));
  }

  @Test
  default void refusesAWrongSecret(@TempDir Path folder) {
    Path credentials = ObjectServer.credentials(folder, ObjectServer.KEY_ID, "another-secret");
    try (ObjectStore store = opened(server().port(), ObjectServer.BUCKET, credentials)) {
      assertThatThrownBy(() -> store.put(new ObjectKey("a"), Bytes.utf8("x")))
          .isInstanceOf(ObjectStoreException.class)
          .hasMessageContaining("status 403")
          .hasMessageContaining("in attempt 1 of 3")
          .hasMessageNotContaining("another-secret");
    }
  }

  @Test
  default void aMissingBucketIsAFailure(@TempDir Path folder) {
    Path credentials = ObjectServer.credentials(folder, ObjectServer.KEY_ID, ObjectServer.SECRET);
    try (ObjectStore store = opened(server().port(), "absent-bucket", credentials)) {
      assertThatThrownBy(() -> store.list("", "")).isInstanceOf(ObjectStoreException.class);
      assertThatThrownBy(() -> store.put(new ObjectKey("a"), Bytes.utf8("x")))
          .isInstanceOf(ObjectStoreException.class);
    }
  }

  /// The signatures of requests stay valid, so that other tests can use the proxy before it.
  @Test
  default void acceptsRequestsThroughAProxy() throws Exception {
    try (FaultyObjectProxy proxy = FaultyObjectProxy.before(server().port());
        ObjectStore store =
            ObjectStore.find()
                .orElseThrow()
                .open(server().settings(proxy.port(), "proxy-" + UUID.randomUUID() + "/"))) {
      ObjectKey key = new ObjectKey("objects/a");
      proxy.script("PUT", "*", RequestNumber.first(1), new ObjectFault.LoseReply());
      proxy.script("GET", "*objects/a", RequestNumber.first(1), new ObjectFault.CutReply(10));

      store.put(key, Bytes.utf8("x".repeat(50_000)));

      assertThat(store.get(key, 50_000)).contains(Bytes.utf8("x".repeat(50_000)));
      assertThat(proxy.requests("PUT", "*")).hasSize(2);
      assertThat(proxy.requests("GET", "*objects/a")).hasSize(2);
    }
  }
}
