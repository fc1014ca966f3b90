package lazaret.storage.s3;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import lazaret.storage.objects.ObjectKey;
import lazaret.storage.objects.ObjectStore;
import lazaret.storage.objects.ObjectStoreException;
import lazaret.storage.objects.ObjectStoreSettings;
import lazaret.vetting.Bytes;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/// A store of objects in a bucket. It uses PUT, GET and DELETE of whole objects and version 2 of
/// the list, and no conditional request: three stores answered those in three ways. Thread-safe.
///
/// Source: Amazon Simple Storage Service, *API Reference*.
public final class S3ObjectStore implements ObjectStore {
  /// The least speed of a body before a request is ended, in bytes a second.
  private static final int LEAST_SPEED = 1 << 20;

  private static final String TYPE = "application/octet-stream";

  private final S3Client client;
  private final ObjectStoreSettings settings;
  private final S3Attempts attempts;

  private S3ObjectStore(S3Client client, ObjectStoreSettings settings) {
    this.client = client;
    this.settings = settings;
    this.attempts = new S3Attempts(settings.place());
  }

  /// The factory that the server finds by the JDK's service loader.
  public static final class Opener implements ObjectStore.Factory {
    /// Creates the factory.
    public Opener() {}

    @Override
    public ObjectStore open(ObjectStoreSettings settings) {
      return new S3ObjectStore(S3Connection.open(settings), settings);
    }
  }

  @Override
  public void put(ObjectKey key, Bytes bytes) throws ObjectStoreException {
    if (bytes.length() > MOST_BYTES) {
      throw new IllegalArgumentException("an object has " + bytes.length() + " bytes");
    }
    PutObjectRequest request =
        PutObjectRequest.builder()
            .bucket(settings.bucket())
            .key(fullName(key))
            .contentType(TYPE)
            .contentLength((long) bytes.length())
            .overrideConfiguration(limits -> limits.apiCallTimeout(limit(bytes.length())))
            .build();
    RequestBody body = RequestBody.fromContentProvider(bytes::inputStream, bytes.length(), TYPE);
    attempts.run("write", key.name(), () -> client.putObject(request, body));
  }

  @Override
  public Optional<Bytes> get(ObjectKey key, int length) throws ObjectStoreException {
    GetObjectRequest request =
        GetObjectRequest.builder()
            .bucket(settings.bucket())
            .key(fullName(key))
            .overrideConfiguration(limits -> limits.apiCallTimeout(limit(length)))
            .build();
    return attempts.run(
        "read",
        key.name(),
        () -> {
          try {
            return Optional.of(
                client.getObject(
                    request, (response, in) -> read(in, length, response.contentLength())));
          } catch (S3Exception e) {
            if (S3Attempts.isMissing(e)) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }

  /// Reads a body. The rest of one that is longer is not received.
  ///
  /// @param stated the length that the response states; null if it states none
  /// @throws IOException if the body ended before the stated length
  private static Bytes read(InputStream in, int length, @Nullable Long stated) throws IOException {
    byte[] bytes = new byte[length];
    int count = in.readNBytes(bytes, 0, length);
    int more = count == length ? in.read() : -1;
    if (more >= 0) {
      byte[] longer = Arrays.copyOf(bytes, length + 1);
      longer[length] = (byte) more;
      return Bytes.of(longer);
    }
    if (stated != null && count < stated) {
      throw new IOException("the body ended after %d of %d bytes".formatted(count, stated));
    }
    return count == length ? Bytes.of(bytes) : Bytes.copyOf(bytes, 0, count);
  }

  @Override
  public void delete(ObjectKey key) throws ObjectStoreException {
    DeleteObjectRequest request =
        DeleteObjectRequest.builder()
            .bucket(settings.bucket())
            .key(fullName(key))
            .overrideConfiguration(limits -> limits.apiCallTimeout(settings.timeout()))
            .build();
    attempts.run(
        "delete",
        key.name(),
        () -> {
          try {
            client.deleteObject(request);
          } catch (S3Exception e) {
            if (!S3Attempts.isMissing(e)) {
              throw e;
            }
          }
          return true;
        });
  }

  @Override
  public List<ObjectKey> list(String beginning, String after) throws ObjectStoreException {
    List<ObjectKey> keys = new ArrayList<>();
    String token = null;
    do {
      ListObjectsV2Request request = page(beginning, after, token);
      ListObjectsV2Response page =
          attempts.run("list", beginning, () -> client.listObjectsV2(request));
      page.contents().stream()
          .map(S3Object::key)
          .filter(name -> name.startsWith(settings.prefix()))
          .map(name -> name.substring(settings.prefix().length()))
          .filter(ObjectKey::isValid)
          // A store that ignores where the page begins would be listed without an end.
          .filter(name -> name.compareTo(after) > 0)
          .map(ObjectKey::new)
          .forEach(keys::add);
      token = Boolean.TRUE.equals(page.isTruncated()) ? page.nextContinuationToken() : null;
      // A page of foreign names alone is not the end.
    } while (keys.isEmpty() && token != null);
    return List.copyOf(keys);
  }

  private ListObjectsV2Request page(String beginning, String after, @Nullable String token) {
    ListObjectsV2Request.Builder request =
        ListObjectsV2Request.builder()
            .bucket(settings.bucket())
            .prefix(settings.prefix() + beginning)
            .maxKeys(PAGE)
            .overrideConfiguration(limits -> limits.apiCallTimeout(settings.timeout()));
    if (token != null) {
      request.continuationToken(token);
    } else if (!after.isEmpty()) {
      request.startAfter(settings.prefix() + after);
    }
    return request.build();
  }

  @Override
  public void close() {
    client.close();
  }

  private String fullName(ObjectKey key) {
    return settings.prefix() + key.name();
  }

  /// Returns the limit of a request with a body.
  private Duration limit(int length) {
    return settings.timeout().plusSeconds(length / LEAST_SPEED);
  }
}
